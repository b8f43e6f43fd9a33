package dev.berth.testkit;

import static dev.berth.testkit.PeerSettings.Limit;
import static dev.berth.testkit.PeerSettings.Timeout;
import static dev.berth.testkit.PeerSettings.Tls;
import static dev.berth.testkit.PeerSettings.TlsReuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** pyftpdlib as a Python program made from the settings. It runs as ourselves. */
final class PyftpdlibLauncher implements Launcher {
  /** Debian's, by its path: a python3 found by name may be another one, without the library. */
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private static final Pattern REFUSAL = Pattern.compile("\\] Too many connections");

  @Override
  public PeerKind kind() {
    return PeerKind.PYFTPDLIB;
  }

  @Override
  public void require() {
    if (!Files.isExecutable(PYTHON)) {
      throw new PeerMissing(kind(), "there is no " + PYTHON);
    }
    if (!Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/pyftpdlib"))) {
      throw new PeerMissing(kind(), "python3-pyftpdlib is not installed");
    }
  }

  @Override
  public List<String> prepare(Place place, PeerSettings settings) throws IOException {
    cannot(settings.limits().containsKey(Limit.PER_USER), "a limit per user");
    cannot(settings.tls() == Tls.IMPLICIT, "implicit TLS");
    cannot(settings.tlsReuse() == TlsReuse.DEMANDED, "TLS session reuse demanded");
    List<String> lines = new ArrayList<>();
    lines.addAll(handler(place, settings));
    lines.addAll(server(place, settings));
    lines.addAll(settings.lines());
    // Without a time it may wait for ever with a timer due: its poll takes "0 s left" for "no
    // limit"
    // (ioloop.py of 1.5.7), and a session that should end as idle stays until something stirs.
    lines.add("server.serve_forever(timeout=0.2)");
    Path program = Files.write(place.folder().resolve("server.py"), lines);
    return List.of(PYTHON.toString(), "-I", program.toString());
  }

  private static List<String> handler(Place place, PeerSettings settings) throws IOException {
    boolean isTls = settings.tls() != Tls.NONE;
    List<String> lines = new ArrayList<>();
    lines.add("import logging");
    lines.add("from pyftpdlib.authorizers import DummyAuthorizer");
    lines.add("from pyftpdlib.handlers import FTPHandler, DTPHandler");
    lines.add("from pyftpdlib.servers import FTPServer");
    if (isTls) {
      lines.add("from pyftpdlib.handlers import TLS_FTPHandler, TLS_DTPHandler");
    }
    lines.add(
        "logging.basicConfig(filename=%s, level=logging.INFO, format='[%%(levelname)1.1s %%(asctime)s] %%(message)s')"
            .formatted(quoted(place.folder().resolve("pyftpdlib.log"))));
    lines.add("authorizer = DummyAuthorizer()");
    lines.add(
        "authorizer.add_user('%s', '%s', %s, perm='elradfmwMT')"
            .formatted(Account.USER, Account.PASSWORD, quoted(place.root())));
    lines.add(
        "authorizer.add_user('%s', '%s', %s, perm='elradfmwMT')"
            .formatted(Account.SECOND_USER, Account.SECOND_PASSWORD, quoted(place.secondRoot())));
    lines.add("handler = " + (isTls ? "TLS_FTPHandler" : "FTPHandler"));
    lines.add("data_handler = " + (isTls ? "TLS_DTPHandler" : "DTPHandler"));
    lines.add("handler.dtp_handler = data_handler");
    lines.add("handler.authorizer = authorizer");
    lines.add(
        "handler.passive_ports = range(%d, %d)"
            .formatted(place.ports().lowestPassive(), place.ports().highestPassive() + 1));
    if (isTls) {
      lines.add("handler.certfile = " + quoted(place.pem()));
      String isRequired = settings.tls() == Tls.EXPLICIT_REQUIRED ? "True" : "False";
      lines.add("handler.tls_control_required = " + isRequired);
      lines.add("handler.tls_data_required = " + isRequired);
    }
    return lines;
  }

  private static List<String> server(Place place, PeerSettings settings) {
    List<String> lines = new ArrayList<>();
    Duration idle = settings.timeouts().get(Timeout.IDLE);
    if (idle != null) {
      lines.add("handler.timeout = " + idle.toSeconds());
    }
    Duration data = settings.timeouts().get(Timeout.DATA);
    if (data != null) {
      lines.add("data_handler.timeout = " + data.toSeconds());
    }
    lines.add("server = FTPServer(('127.0.0.1', %d), handler)".formatted(place.ports().control()));
    // 512 as shipped for the server, 0 (none) per address.
    lines.add("server.max_cons = " + settings.limits().getOrDefault(Limit.SERVER, 512));
    lines.add("server.max_cons_per_ip = " + settings.limits().getOrDefault(Limit.PER_ADDRESS, 0));
    return lines;
  }

  /** A Python string; paths made by us hold neither quotes nor backslashes. */
  private static String quoted(Path path) {
    if (Stream.of("'", "\\", "\n").anyMatch(path.toString()::contains)) {
      throw new IllegalArgumentException("not a path for a Python string: " + path);
    }
    return "'" + path + "'";
  }

  @Override
  public String logName() {
    return "pyftpdlib.log";
  }

  @Override
  public Pattern refusalLine() {
    return REFUSAL;
  }

  @Override
  public boolean forks() {
    return false;
  }
}
