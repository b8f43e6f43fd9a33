package dev.berth.bench;

import dev.berth.testkit.Peer;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.Peers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server that is measured. */
sealed interface Contender {
  /** In the tables. */
  String name();

  /**
   * Starts it.
   *
   * @param root what it serves
   * @param limit connections of one address
   */
  Running start(Path root, int limit) throws IOException;

  /** How many idle sessions it is asked to hold at the most. */
  int mostIdle();

  /** A server that runs. */
  interface Running extends AutoCloseable {
    int port();

    /** What was stored from outside becomes the server's user's. */
    void own() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** One of the servers that people have. */
  record Other(PeerKind kind) implements Contender {
    @Override
    public String name() {
      return kind.toString();
    }

    @Override
    public int mostIdle() {
      return switch (kind) {
        case VSFTPD, PROFTPD -> 1000; // One or two processes a session.
        case PURE_FTPD -> 100; // Two passive ports a session, or it counts fewer sessions.
        case PYFTPDLIB, APACHE -> 10_000;
      };
    }

    @Override
    public Running start(Path root, int limit) throws IOException {
      PeerSettings settings =
          PeerSettings.plain()
              .root(root)
              .perAddress(limit)
              .tls(PeerSettings.Tls.EXPLICIT)
              .tlsReuse(PeerSettings.TlsReuse.FREE);
      if (kind == PeerKind.PYFTPDLIB) {
        settings = settings.limit(PeerSettings.Limit.SERVER, 20_000);
      }
      if (kind == PeerKind.APACHE) { // As Java runs it unless told; the kit saves memory.
        settings = settings.line("-XX:TieredStopAtLevel=4").line("-Xmx2g");
      }
      Peer peer = Peers.start(kind, settings);
      return new Running() {
        @Override
        public int port() {
          return peer.port();
        }

        @Override
        public void own() throws IOException {
          peer.own();
        }

        @Override
        public void close() throws IOException {
          peer.close();
        }
      };
    }
  }

  /**
   * Ours, as it is shipped: {@code berth serve}.
   *
   * @param launcher {@code ./berth} of the checkout
   * @param javaOptions further options of its JVM
   */
  record Ours(String name, Path launcher, List<String> javaOptions) implements Contender {
    private static final String WHO = "berthtest";

    @Override
    public int mostIdle() {
      return 10_000;
    }

    @Override
    public Running start(Path root, int limit) throws IOException {
      Path password = Files.writeString(root.resolveSibling("password"), WHO + "\n");
      ProcessBuilder builder =
          new ProcessBuilder(
              launcher.toString(),
              "serve",
              "--root=" + root,
              "--user=" + WHO,
              "--password-file=" + password,
              "--listen=127.0.0.1:0",
              "--tls=self-signed",
              "--limit=" + limit);
      if (!javaOptions.isEmpty()) {
        builder.environment().put("JDK_JAVA_OPTIONS", String.join(" ", javaOptions));
      }
      Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader said =
          new BufferedReader(
              new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
      Optional<Integer> port = Optional.empty();
      String line = said.readLine();
      while (line != null && port.isEmpty()) {
        if (line.contains("listening on ")) {
          port = Optional.of(Integer.valueOf(line.substring(line.lastIndexOf(':') + 1)));
        } else {
          line = said.readLine();
        }
      }
      Thread.ofPlatform().daemon().start(() -> drop(said)); // Or it would wait with its log.
      int found = port.orElseThrow(() -> new IOException(name + " does not listen"));
      return new Running() {
        @Override
        public int port() {
          return found;
        }

        @Override
        public void own() {
          // It runs as we do.
        }

        @Override
        public void close() {
          process.destroy();
          try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
              process.destroyForcibly();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
      };
    }

    private static boolean drop(BufferedReader said) {
      try {
        return said.transferTo(Writer.nullWriter()) > 0;
      } catch (IOException e) {
        return false; // The server has ended.
      }
    }
  }
}
