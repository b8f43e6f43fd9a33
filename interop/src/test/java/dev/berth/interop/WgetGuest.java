package dev.berth.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** wget. */
record WgetGuest(Programs programs) implements Guest {
  @Override
  public String name() {
    return "wget";
  }

  @Override
  public String version() throws IOException {
    return programs.version(program(), "--version");
  }

  @Override
  public String note() {
    return "";
  }

  @Override
  public boolean canStore() {
    return false;
  }

  private static String program() {
    return Programs.unpacked("wget", "usr/bin/wget").toString();
  }

  @Override
  public String act(Site site, Deed deed) throws IOException, CannotDo {
    List<String> command = new ArrayList<>(List.of(program(), "-nv", "--tries=1", "--timeout=20"));
    if (site.isEncrypted()) {
      command.add("--no-check-certificate");
    }
    if (site.isActive()) {
      command.add("--no-passive-ftp");
    }
    String scheme = site.isEncrypted() ? "ftps" : "ftp";
    switch (deed) {
      case Deed.Show show -> command.addAll(List.of("-O", "-", site.urlWithPassword(scheme, "")));
      case Deed.Get(var remote, var local) ->
          command.addAll(List.of("-O", "" + local, site.urlWithPassword(scheme, remote)));
      case Deed.GoOnGet(var remote, var local) ->
          command.addAll(List.of("-c", "-O", "" + local, site.urlWithPassword(scheme, remote)));
      case Deed.Put put -> throw new CannotDo("upload");
      case Deed.GoOnPut put -> throw new CannotDo("upload");
      case Deed.Rename rename -> throw new CannotDo("rename");
      case Deed.Delete delete -> throw new CannotDo("delete");
    }
    return programs.run(command);
  }
}
