package dev.berth.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * The ftp of BSD, as two lines of descent have it, with its commands at standard input.
 *
 * @param tool the package and program: {@code tnftp} or {@code inetutils-ftp}
 */
record BsdGuest(Programs programs, String tool) implements Guest {
  @Override
  public String name() {
    return tool;
  }

  @Override
  public String version() throws IOException {
    String number = programs.version("zcat", changelog());
    program();
    return number;
  }

  /** tnftp does not tell its own. */
  private String changelog() {
    String folder = "usr/share/doc/" + tool;
    return Programs.unpacked(tool, folder + "/changelog.Debian.gz").toString();
  }

  @Override
  public String note() {
    return "has no TLS";
  }

  private String program() {
    return Programs.unpacked(tool, "usr/bin/" + tool).toString();
  }

  @Override
  public String act(Site site, Deed deed) throws IOException, CannotDo {
    if (site.isEncrypted()) {
      throw new CannotDo("TLS");
    }
    String lines =
        """
        open %s %d
        user %s %s
        binary
        %s
        quit
        """
            .formatted(site.host(), site.port(), site.account(), OurServer.PASSWORD, words(deed));
    String mode = site.isActive() ? "-A" : "-p";
    return programs.run(List.of(program(), "-n", "-i", "-v", mode), lines, Map.of());
  }

  private static String words(Deed deed) throws IOException {
    return switch (deed) {
      case Deed.Show show -> "dir";
      case Deed.Get(var remote, var local) -> "get \"%s\" \"%s\"".formatted(remote, local);
      case Deed.Put(var local, var remote) -> "put \"%s\" \"%s\"".formatted(local, remote);
      case Deed.GoOnGet(var remote, var local) -> "reget \"%s\" \"%s\"".formatted(remote, local);
      case Deed.GoOnPut(var local, var remote) ->
          "restart %d\nput \"%s\" \"%s\"".formatted(Files.size(local) / 2, local, remote);
      case Deed.Rename(var from, var to) -> "rename \"%s\" \"%s\"".formatted(from, to);
      case Deed.Delete(var remote) -> "delete \"%s\"".formatted(remote);
    };
  }
}
