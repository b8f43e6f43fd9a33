package dev.berth.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** rclone. */
record RcloneGuest(Programs programs) implements Guest {
  @Override
  public String name() {
    return "rclone";
  }

  @Override
  public String version() throws IOException {
    return programs.version(Programs.installed("rclone").toString(), "version");
  }

  @Override
  public String note() {
    return "";
  }

  @Override
  public String act(Site site, Deed deed) throws IOException, CannotDo {
    if (site.isActive()) {
      throw new CannotDo("active mode");
    }
    List<String> command =
        new ArrayList<>(
            List.of("rclone", "--config", "/dev/null", "--retries", "1", "--timeout", "20s"));
    command.addAll(List.of("--low-level-retries", "1"));
    switch (deed) {
      case Deed.Show show -> command.addAll(List.of("lsf", ":ftp:"));
      case Deed.Get(var remote, var local) ->
          command.addAll(List.of("copyto", ":ftp:" + remote, "" + local));
      case Deed.Put(var local, var remote) ->
          command.addAll(List.of("copyto", "" + local, ":ftp:" + remote));
      case Deed.GoOnGet get -> throw new CannotDo("resume");
      case Deed.GoOnPut put -> throw new CannotDo("resume");
      case Deed.Rename(var from, var to) ->
          command.addAll(List.of("moveto", ":ftp:" + from, ":ftp:" + to));
      case Deed.Delete(var remote) -> command.addAll(List.of("deletefile", ":ftp:" + remote));
    }
    return programs.run(command, "", environment(site));
  }

  private Map<String, String> environment(Site site) throws IOException {
    Map<String, String> environment = new TreeMap<>();
    environment.put("RCLONE_FTP_HOST", site.bracketed());
    environment.put("RCLONE_FTP_PORT", "" + site.port());
    environment.put("RCLONE_FTP_USER", site.account());
    environment.put(
        "RCLONE_FTP_PASS", programs.run(List.of("rclone", "obscure", OurServer.PASSWORD)).strip());
    environment.put("RCLONE_FTP_EXPLICIT_TLS", "" + site.isEncrypted());
    environment.put("RCLONE_FTP_NO_CHECK_CERTIFICATE", "true");
    return environment;
  }
}
