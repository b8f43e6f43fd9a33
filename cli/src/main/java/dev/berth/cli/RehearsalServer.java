package dev.berth.cli;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An FTP server of a few lines for {@link Rehearsal}, on loopback: it takes every login, has one
 * folder of equal small files, and drops what is stored. Its threads are daemons, and no wait of
 * theirs is longer than ten seconds: a rehearsal that fails does not hold up the build.
 */
final class RehearsalServer implements Closeable {
  private static final Logger LOG = System.getLogger(RehearsalServer.class.getName());
  private static final int BOUND_MILLIS = 10_000;
  private static final int FILES = 400;
  private static final int FILE_BYTES = 1024;

  /** As whom it answers: Berth speaks to them in different ways. */
  enum Kind {
    /** LIST only; commands may be sent ahead. */
    VSFTPD("(vsFTPd 3.0.3)", "211-Features:\r\n EPSV\r\n MDTM\r\n SIZE\r\n UTF8\r\n211 End"),
    /** MLSD; no more than EPSV is sent ahead. */
    PURE_FTPD(
        "Welcome to Pure-FTPd",
        "211-Extensions supported:\r\n UTF8\r\n EPSV\r\n SIZE\r\n MFMT\r\n"
            + " MLST type*;size*;modify*;\r\n MLSD\r\n211 End.");

    private final String greeting;
    private final String features;

    Kind(String greeting, String features) {
      this.greeting = greeting;
      this.features = features;
    }
  }

  private final Kind kind;
  private final ServerSocket control;

  private RehearsalServer(Kind kind, ServerSocket control) {
    this.kind = kind;
    this.control = control;
  }

  /** One that listens. */
  static RehearsalServer start(Kind kind) throws IOException {
    RehearsalServer server = new RehearsalServer(kind, listening());
    Thread.ofPlatform().daemon().start(server::accept);
    return server;
  }

  private static ServerSocket listening() throws IOException {
    ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(BOUND_MILLIS);
    return socket;
  }

  int port() {
    return control.getLocalPort();
  }

  private void accept() {
    while (!control.isClosed()) {
      try {
        Socket socket = control.accept();
        Thread.ofPlatform().daemon().start(() -> new Session(socket).run());
      } catch (IOException e) {
        return; // Closed, or nobody came: the rehearsal is over.
      }
    }
  }

  @Override
  public void close() throws IOException {
    control.close();
  }

  /** One login, from the greeting to QUIT. Confined to its thread. */
  private final class Session {
    private final Socket socket;
    private ServerSocket passive = listeningOrFail();

    Session(Socket socket) {
      this.socket = socket;
    }

    private static ServerSocket listeningOrFail() {
      try {
        return listening();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void run() {
      try (socket;
          ServerSocket _ = passive) {
        socket.setSoTimeout(BOUND_MILLIS);
        socket.setTcpNoDelay(true);
        OutputStream out = socket.getOutputStream();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        say(out, "220 " + kind.greeting);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          answer(out, line.split(" ", 2)[0].toUpperCase(Locale.ROOT));
        }
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "event=rehearsal-session-ended", e);
      }
    }

    private void answer(OutputStream out, String verb) throws IOException {
      switch (verb) {
        case "USER" -> say(out, "331 Please specify the password.");
        case "PASS" -> say(out, "230 Login successful.");
        case "FEAT" -> say(out, kind.features);
        case "PWD" -> say(out, "257 \"/\" is the current directory");
        case "TYPE", "OPTS", "NOOP" -> say(out, "200 Done.");
        case "EPSV" -> say(out, "229 Extended passive mode (|||" + passive.getLocalPort() + "|)");
        case "LIST" -> send(out, unixListing());
        case "MLSD" -> send(out, machineListing());
        case "MLST" -> say(out, "250-Begin\r\n type=dir;modify=20260102030405; /\r\n250 End.");
        case "RETR" -> send(out, new byte[FILE_BYTES]);
        case "STOR" -> take(out);
        case "SIZE" -> say(out, "213 " + FILE_BYTES);
        case "MDTM" -> say(out, "213 20260102030405");
        case "MFMT" -> say(out, "213 Modify=20260102030405;");
        case "RNFR" -> say(out, "350 Ready for RNTO.");
        case "RNTO", "CWD", "DELE", "RMD" -> say(out, "250 Done.");
        case "MKD" -> say(out, "257 Created.");
        case "QUIT" -> {
          say(out, "221 Goodbye.");
          socket.shutdownOutput();
        }
        default -> say(out, "502 Command not implemented.");
      }
    }

    private void send(OutputStream out, byte[] bytes) throws IOException {
      say(out, "150 Here it comes.");
      try (Socket data = passive.accept()) {
        data.getOutputStream().write(bytes);
      }
      say(out, "226 Transfer complete.");
    }

    private void take(OutputStream out) throws IOException {
      say(out, "150 Ok to send data.");
      try (Socket data = passive.accept();
          InputStream in = data.getInputStream()) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      say(out, "226 Transfer complete.");
    }

    private static void say(OutputStream out, String reply) throws IOException {
      out.write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static byte[] unixListing() {
    StringBuilder lines = new StringBuilder();
    for (int n = 0; n < FILES; n++) {
      lines
          .append("-rw-r--r--    1 1000     1000         1024 Jan 02  2025 file-")
          .append(n)
          .append(".dat\r\n");
    }
    return lines.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] machineListing() {
    StringBuilder lines = new StringBuilder();
    for (int n = 0; n < FILES; n++) {
      lines.append("type=file;size=1024;modify=20260102030405; file-").append(n).append(".dat\r\n");
    }
    return lines.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
