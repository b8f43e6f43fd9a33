package dev.berth.testkit;

import static dev.berth.testkit.PeerSettings.NewestTls;
import static dev.berth.testkit.PeerSettings.Tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A real server that runs on loopback for one test. Made by {@link Peers#start}; {@link #close}
 * ends all its processes and removes its files. Its methods may be called from any thread.
 */
public final class Peer implements AutoCloseable {
  private final Launcher launcher;
  private final Place place;
  private final PeerProcess process;
  private final Thread atExit;

  private Peer(Launcher launcher, Place place, PeerProcess process) {
    this.launcher = launcher;
    this.place = place;
    this.process = process;
    this.atExit = Thread.ofPlatform().name("end-" + launcher.kind()).unstarted(this::endAtExit);
  }

  static Peer start(Launcher launcher, PeerSettings settings) throws IOException {
    Place place = Place.make(launcher.kind(), settings.root());
    try {
      List<String> command = launcher.prepare(place, settings);
      PeerProcess process =
          PeerProcess.start(
              launcher.kind().toString(), command, place.folder(), environment(place, settings));
      Peer peer = new Peer(launcher, place, process);
      Runtime.getRuntime().addShutdownHook(peer.atExit);
      peer.awaitReady(settings.tls() == Tls.IMPLICIT);
      return peer;
    } catch (IOException | RuntimeException | Error e) {
      try {
        place.close();
      } catch (IOException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
  }

  /**
   * What links to OpenSSL takes its newest version from here, whether or not it has a setting for
   * it (config(5ssl)).
   */
  private static Map<String, String> environment(Place place, PeerSettings settings)
      throws IOException {
    if (settings.newestTls() == NewestTls.V1_3) {
      return Map.of();
    }
    Path file = place.folder().resolve("openssl.cnf");
    Files.writeString(
        file,
        """
        openssl_conf = start
        [start]
        ssl_conf = modules
        [modules]
        system_default = tls
        [tls]
        MaxProtocol = TLSv1.2
        """);
    return Map.of("OPENSSL_CONF", file.toString());
  }

  private void awaitReady(boolean implicitTls) throws IOException {
    try {
      new Greeting(address(), implicitTls, process).await();
      if (launcher.forks()) {
        Await.until(
            Greeting.BOUND, () -> "first session over: " + process.story(), process::isAlone);
      }
    } catch (IOException | RuntimeException | Error e) {
      String log = Files.exists(logFile()) ? String.join("\n", log()) : "(none)";
      process.close();
      Runtime.getRuntime().removeShutdownHook(atExit);
      throw new IOException(
          launcher.kind()
              + " did not start: "
              + e.getMessage()
              + "\n"
              + process.story()
              + "\nlog:\n"
              + log,
          e);
    }
  }

  /** Which server this is. */
  public PeerKind kind() {
    return launcher.kind();
  }

  /** Where it takes control connections. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), place.ports().control());
  }

  /** The host, as digits. */
  public String host() {
    return address().getAddress().getHostAddress();
  }

  /** The port of control connections. */
  public int port() {
    return place.ports().control();
  }

  /** The name of its first user. */
  public String user() {
    return Account.USER;
  }

  /** The password of its first user. */
  public String password() {
    return Account.PASSWORD;
  }

  /**
   * The folder that is its user's {@code /}. What is put there by hand must be given away: {@link
   * #own}.
   */
  public Path root() {
    return place.root();
  }

  /**
   * The folder that is the second user's {@code /} ({@link Account#SECOND_USER}). vsftpd and Apache
   * FtpServer have no second user.
   */
  public Path secondRoot() {
    return place.secondRoot();
  }

  /**
   * Writes a tree under {@link #root}, writable for the server's user.
   *
   * @throws IOException when that fails
   */
  public void fill(FileTree tree) throws IOException {
    tree.writeTo(place.root());
    own();
  }

  /**
   * Makes files that were put under {@link #root} or {@link #secondRoot} writable for the server's
   * users.
   *
   * @throws IOException when the owner cannot be changed
   */
  public void own() throws IOException {
    Account.own(place.root());
    Account.own(place.secondRoot());
  }

  /** What it shows in TLS. */
  public PeerCertificate certificate() {
    return place.certificate();
  }

  /** The process that accepts connections. */
  public long pid() {
    return process.pid();
  }

  /**
   * The ids of all its living processes. While nobody is connected a forking server has one.
   *
   * @throws IOException when /proc cannot be read
   */
  public List<Long> processes() throws IOException {
    return process.living();
  }

  /**
   * Whether the server has no process left but the one that accepts, thus counts no session any
   * more. Says nothing of pyftpdlib and Apache FtpServer, which have one process always.
   *
   * @throws IOException when /proc cannot be read
   */
  public boolean isAtRest() throws IOException {
    return process.isAlone();
  }

  /**
   * The lines of its log so far (of ProFTPD the SystemLog, of Pure-FTPd what it tells syslog).
   *
   * @throws IOException when it cannot be read
   */
  public List<String> log() throws IOException {
    Path file = logFile();
    return Files.exists(file)
        ? Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()
        : List.of();
  }

  private Path logFile() {
    return place.folder().resolve(launcher.logName());
  }

  /**
   * How many refusals over a limit its log tells of. A line may come a moment after the refusal:
   * wait for it with {@link Await}. Pure-FTPd logs refusals per address only, none of its other
   * limits: count those at a {@link WireTap}.
   *
   * @throws IOException when the log cannot be read
   */
  public int refusals() throws IOException {
    return (int) log().stream().filter(launcher.refusalLine().asPredicate()).count();
  }

  /**
   * Ends all its processes and waits until they and the port are gone; removes its folder.
   *
   * @throws IOException when something is left
   */
  @Override
  public void close() throws IOException {
    if (Files.exists(place.folder())) {
      Closing.all(List.of(process, place));
      Runtime.getRuntime().removeShutdownHook(atExit);
    }
  }

  private void endAtExit() {
    try {
      Closing.all(List.of(process, place));
    } catch (IOException e) {
      System.err.println("left of " + launcher.kind() + ": " + e);
    }
  }

  @Override
  public String toString() {
    return launcher.kind() + " at " + host() + ":" + port();
  }
}
