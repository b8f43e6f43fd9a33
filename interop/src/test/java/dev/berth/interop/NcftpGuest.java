package dev.berth.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** ncftp: its programs for scripts, and its shell for what these cannot do. */
record NcftpGuest(Programs programs) implements Guest {
  @Override
  public String name() {
    return "ncftp";
  }

  @Override
  public String version() throws IOException {
    return programs.version("sh", "-c", "\"$0\" --version || true", program("ncftpls"));
  }

  @Override
  public String note() {
    return "has neither TLS nor IPv6; goes on with an upload at the right place, but with the whole"
        + " file";
  }

  private static String program(String name) {
    return Programs.unpacked("ncftp", "usr/bin/" + name).toString();
  }

  @Override
  public String act(Site site, Deed deed) throws IOException, CannotDo {
    if (site.isEncrypted()) {
      throw new CannotDo("TLS");
    }
    if (site.host().contains(":")) {
      throw new CannotDo("IPv6");
    }
    return switch (deed) {
      case Deed.Show show -> run(site, "ncftpls", "-l", site.url(""));
      case Deed.Get(var remote, var local) ->
          run(site, "ncftpget", "-Z", "-C", site.host(), remote, "" + local);
      case Deed.GoOnGet(var remote, var local) ->
          run(site, "ncftpget", "-z", "-C", site.host(), remote, "" + local);
      case Deed.Put(var local, var remote) ->
          run(site, "ncftpput", "-C", site.host(), "" + local, remote);
      case Deed.GoOnPut(var local, var remote) ->
          run(site, "ncftpput", "-z", "-C", site.host(), "" + local, remote);
      case Deed.Rename(var from, var to) -> shell(site, "rename " + from + " " + to);
      case Deed.Delete(var remote) -> shell(site, "rm " + remote);
    };
  }

  private String run(Site site, String program, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(program(program), "-r", "1", "-t", "20"));
    command.addAll(List.of("-u", site.account(), "-p", OurServer.PASSWORD));
    command.addAll(List.of("-P", "" + site.port(), site.isActive() ? "-E" : "-F"));
    command.addAll(List.of(words));
    return programs.run(command);
  }

  private String shell(Site site, String line) throws IOException {
    String open =
        "open -u %s -p %s -P %d %s"
            .formatted(site.account(), OurServer.PASSWORD, site.port(), site.host());
    return programs.run(
        List.of(program("ncftp3")), open + "\n" + line + "\nclose\nquit\n", Map.of());
  }
}
