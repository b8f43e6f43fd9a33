package dev.berth.client;

import dev.berth.dialects.RefusalReader;
import dev.berth.lifetime.Watchdog;
import dev.berth.testkit.ScriptedServer;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Connections of ours to a scripted server; all are closed by {@link #close}. */
final class Clients implements AutoCloseable {
  /** No server of these tests takes so long: where it passes, something is wrong. */
  static final Duration LONG = Duration.ofSeconds(20);

  /** For servers that never answer. */
  static final Duration SHORT = Duration.ofMillis(300);

  static final Login LOGIN = new Login("alice", new Secret("wonder"));

  private static final RefusalReader REFUSALS = new RefusalReader();

  /** A full disk. */
  static final WritableByteChannel FULL =
      new WritableByteChannel() {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
          throw new IOException("No space left on device");
        }

        @Override
        public boolean isOpen() {
          return true;
        }

        @Override
        public void close() {}
      };

  private final Watchdog watchdog = Watchdog.start();
  private final Connector connector;

  private Clients(ConnectSettings settings) {
    this(settings, new ServerTraits());
  }

  private Clients(ConnectSettings settings, ServerTraits traits) {
    this.connector = new Connector(settings, watchdog, REFUSALS, traits);
  }

  /** That know the server's ways from before. */
  static Clients knowing(ServerTraits traits, ScriptedServer server, TlsUse use) {
    return new Clients(settings("127.0.0.1", server.port(), use, LONG), traits);
  }

  private Clients(int port, Duration timeout) {
    this(settings("127.0.0.1", port, TlsUse.OFF, timeout));
  }

  private static ConnectSettings settings(String host, int port, TlsUse use, Duration timeout) {
    return new ConnectSettings(host, port, use, Tls.of(Trust.any(), host), Source.any(), timeout);
  }

  /** With settings that differ from the usual ones. */
  static Clients with(ScriptedServer server, UnaryOperator<ConnectSettings> change) {
    return with(server, TlsUse.OFF, LONG, change);
  }

  /** With settings that differ from the usual ones. */
  static Clients with(
      ScriptedServer server, TlsUse use, Duration timeout, UnaryOperator<ConnectSettings> change) {
    String host = server.address().getAddress().getHostAddress();
    return new Clients(change.apply(settings(host, server.port(), use, timeout)));
  }

  static Clients of(ScriptedServer server) {
    return new Clients(server.port(), LONG);
  }

  static Clients impatient(ScriptedServer server) {
    return new Clients(server.port(), SHORT);
  }

  static Clients ofPort(int port) {
    return new Clients(port, LONG);
  }

  ServerTraits traits() {
    return connector.traits();
  }

  Opening open() throws IOException {
    return connector.open("upstream-1", LOGIN);
  }

  /** A connection that must come about. */
  FtpConnection connect() throws IOException {
    Opening opening = open();
    if (opening instanceof Opening.Opened opened) {
      return opened.connection();
    }
    throw new AssertionError("not opened: " + opening);
  }

  /** A refusal that must come about. */
  Opening.Refused refused() throws IOException {
    Opening opening = open();
    if (opening instanceof Opening.Refused refused) {
      return refused;
    }
    throw new AssertionError("not refused: " + opening);
  }

  /** What a retrieval brings, as text. */
  static String run(Retrieval retrieval) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    retrieval.run(Channels.newChannel(bytes));
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    watchdog.close();
  }
}
