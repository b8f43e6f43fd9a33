package dev.berth.interop;

import java.io.IOException;
import java.util.List;

/** lftp. */
record LftpGuest(Programs programs) implements Guest {
  @Override
  public String name() {
    return "lftp";
  }

  @Override
  public String version() throws IOException {
    return programs.version(Programs.installed("lftp").toString(), "--version");
  }

  @Override
  public String note() {
    return "";
  }

  @Override
  public String act(Site site, Deed deed) throws IOException {
    String settings =
        "set cmd:fail-exit yes; set net:max-retries 1; set net:timeout 20;"
            + " set ssl:verify-certificate no; set ftp:prefer-epsv yes;"
            + (site.isEncrypted()
                ? " set ftp:ssl-force yes; set ftp:ssl-protect-data yes;"
                : " set ftp:ssl-allow no;")
            + (site.isActive() ? " set ftp:passive-mode no;" : "");
    String open =
        " open -u %s,%s ftp://%s:%d;"
            .formatted(site.account(), OurServer.PASSWORD, site.bracketed(), site.port());
    return programs.run(List.of("lftp", "-c", settings + open + " " + words(deed)));
  }

  private static String words(Deed deed) {
    return switch (deed) {
      case Deed.Show show -> "cls -l";
      case Deed.Get(var remote, var local) -> "get '%s' -o '%s'".formatted(remote, local);
      case Deed.Put(var local, var remote) -> "put '%s' -o '%s'".formatted(local, remote);
      case Deed.GoOnGet(var remote, var local) -> "get -c '%s' -o '%s'".formatted(remote, local);
      case Deed.GoOnPut(var local, var remote) -> "put -c '%s' -o '%s'".formatted(local, remote);
      case Deed.Rename(var from, var to) -> "mv '%s' '%s'".formatted(from, to);
      case Deed.Delete(var remote) -> "rm '%s'".formatted(remote);
    };
  }
}
