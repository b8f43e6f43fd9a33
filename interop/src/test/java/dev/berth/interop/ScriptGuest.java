package dev.berth.interop;

import dev.berth.testkit.PeerMissing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A library of another language, with a script of ours that is of the usual use of it. */
record ScriptGuest(Programs programs, Path folder, Library library) implements Guest {
  /** The libraries. */
  enum Library {
    FTPLIB("Python ftplib", "guest.py", "begins a TLS session of its own on each data connection"),
    NET_FTP("Perl Net::FTP", "guest.pl", "resumes the TLS session in active mode only"),
    BASIC_FTP("basic-ftp", "guest.cjs", "");

    private final String shown;
    private final String script;
    private final String note;

    Library(String shown, String script, String note) {
      this.shown = shown;
      this.script = script;
      this.note = note;
    }

    /** As in the table. */
    String shown() {
      return shown;
    }
  }

  @Override
  public String name() {
    return library.shown;
  }

  @Override
  public String note() {
    return library.note;
  }

  @Override
  public String version() throws IOException {
    return switch (library) {
      case FTPLIB -> programs.version(python(), "--version");
      case NET_FTP -> {
        perlTls();
        yield programs.version(perl(), "-MNet::FTP", "-e", "print $Net::FTP::VERSION");
      }
      case BASIC_FTP ->
          programs.version("sh", "-c", "grep '\"version\"' \"$0\"", basicFtp() + "/package.json");
    };
  }

  private static String python() {
    return Programs.installed("python3").toString();
  }

  private static String perl() {
    return Programs.installed("perl").toString();
  }

  private static Path perlTls() {
    return Programs.unpacked("perl-tls", "usr/share/perl5");
  }

  private static Path basicFtp() {
    return Programs.unpacked("basic-ftp", "node_modules/basic-ftp");
  }

  private static String node() {
    for (String place : System.getenv("PATH").split(":", -1)) {
      Path program = Path.of(place).resolve("node");
      if (Files.isExecutable(program)) {
        return program.toString();
      }
    }
    throw new PeerMissing("Node.js");
  }

  @Override
  public String act(Site site, Deed deed) throws IOException, CannotDo {
    if (site.isActive() && library == Library.BASIC_FTP) {
      throw new CannotDo("active mode");
    }
    Path script = folder.resolve(library.script);
    try (InputStream in = ScriptGuest.class.getResourceAsStream(library.script)) {
      Files.write(script, Objects.requireNonNull(in).readAllBytes());
    }
    List<String> command =
        new ArrayList<>(
            switch (library) {
              case FTPLIB -> List.of(python(), "-I", script.toString());
              case NET_FTP -> List.of(perl(), script.toString());
              case BASIC_FTP -> List.of(node(), script.toString(), basicFtp().toString());
            });
    command.addAll(List.of(site.host(), "" + site.port(), site.account(), OurServer.PASSWORD));
    command.add(site.isEncrypted() ? "tls" : "plain");
    command.add(site.isActive() ? "active" : "passive");
    command.addAll(words(deed));
    return programs.run(command, "", environment());
  }

  private Map<String, String> environment() {
    if (library != Library.NET_FTP) {
      return Map.of();
    }
    Path binary = Programs.unpacked("perl-tls", "usr/lib");
    try (var found = Files.find(binary, 5, (path, facts) -> path.endsWith("Net/SSLeay.pm"))) {
      Path arch = found.findFirst().orElseThrow(() -> new PeerMissing("Net::SSLeay"));
      return Map.of("PERL5LIB", perlTls() + ":" + arch.getParent().getParent());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> words(Deed deed) {
    return switch (deed) {
      case Deed.Show show -> List.of("list", ".", "");
      case Deed.Get(var remote, var local) -> List.of("get", remote, "" + local);
      case Deed.Put(var local, var remote) -> List.of("put", remote, "" + local);
      case Deed.GoOnGet(var remote, var local) -> List.of("go-on-get", remote, "" + local);
      case Deed.GoOnPut(var local, var remote) -> List.of("go-on-put", remote, "" + local);
      case Deed.Rename(var from, var to) -> List.of("rename", from, to);
      case Deed.Delete(var remote) -> List.of("delete", remote, "");
    };
  }
}
