package dev.berth.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** curl. */
record CurlGuest(Programs programs) implements Guest {
  @Override
  public String name() {
    return "curl";
  }

  @Override
  public String version() throws IOException {
    return programs.version(Programs.installed("curl").toString(), "--version");
  }

  @Override
  public String note() {
    return "";
  }

  @Override
  public String act(Site site, Deed deed) throws IOException {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "-m", "30"));
    command.addAll(List.of("-u", site.account() + ":" + OurServer.PASSWORD));
    if (site.isEncrypted()) {
      command.addAll(List.of("--ssl-reqd", "--insecure"));
    }
    if (site.isActive()) {
      command.addAll(List.of("--ftp-port", "-"));
    }
    command.addAll(
        switch (deed) {
          case Deed.Show show -> List.of(site.url(""));
          case Deed.Get(var remote, var local) -> List.of("-o", "" + local, site.url(remote));
          case Deed.Put(var local, var remote) -> List.of("-T", "" + local, site.url(remote));
          case Deed.GoOnGet(var remote, var local) ->
              List.of("-C", "-", "-o", "" + local, site.url(remote));
          case Deed.GoOnPut(var local, var remote) ->
              List.of("-C", "-", "-T", "" + local, site.url(remote));
          case Deed.Rename(var from, var to) ->
              List.of("-Q", "RNFR " + from, "-Q", "RNTO " + to, site.url(""));
          case Deed.Delete(var remote) -> List.of("-Q", "DELE " + remote, site.url(""));
        });
    return programs.run(command);
  }
}
