package dev.berth.daemon;

import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Watchdog;
import dev.berth.transport.ControlConnection;
import dev.berth.transport.DataConnection;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import dev.berth.wire.Command;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Somebody who is logged in, with commands and data in TLS; one download at a time. */
final class TlsUser implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final Watchdog watchdog = Watchdog.start();
  private final InetSocketAddress server;
  private final ControlConnection control;
  private @Nullable DataConnection data; // of the download under way

  private TlsUser(InetSocketAddress server) throws IOException {
    this.server = server;
    this.control = ControlConnection.connect(server, Source.any(), watchdog, soon());
  }

  static TlsUser connect(InetSocketAddress server, String user, String password)
      throws IOException {
    TlsUser client = new TlsUser(server);
    client.hear(220);
    client.ask(234, "AUTH TLS");
    client.control.startTls(new Tls(Trust.any(), "localhost", Set.of(Tls.Version.TLS_1_3)), soon());
    client.ask(331, "USER " + user);
    client.ask(230, "PASS " + password);
    client.ask(200, "PBSZ 0");
    client.ask(200, "PROT P");
    client.ask(200, "TYPE I");
    return client;
  }

  /** Up to the first byte. */
  void beginRetrieve(String name) throws IOException {
    String reply = ask(229, "EPSV");
    int port = Integer.parseInt(reply.replaceAll("(?s).*\\|\\|\\|(\\d+)\\|.*", "$1"));
    DataConnection begun =
        control.connectData(new InetSocketAddress(server.getAddress(), port), BOUND, soon());
    data = begun;
    ask(150, "RETR " + name);
    begun.startTls(soon());
  }

  void read(byte[] into, int offset, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(into, offset, count);
    while (buffer.hasRemaining()) {
      if (running().read(buffer) < 0) {
        throw new IOException("ended " + buffer.remaining() + " bytes too early");
      }
    }
  }

  /** Its end, and 226. */
  void endRetrieve() throws IOException {
    DataConnection ending = running();
    if (ending.read(ByteBuffer.allocate(1)) >= 0 || !ending.endedCleanly()) {
      throw new IOException("no end in order");
    }
    ending.finish(soon());
    data = null;
    hear(226);
  }

  byte[] retrieve(String name) throws IOException {
    beginRetrieve(name);
    ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
    int count = running().read(buffer);
    while (count >= 0) {
      count = running().read(buffer);
    }
    running().finish(soon());
    data = null;
    hear(226);
    return java.util.Arrays.copyOf(buffer.array(), buffer.position());
  }

  private DataConnection running() {
    DataConnection running = data;
    if (running == null) {
      throw new IllegalStateException("no download");
    }
    return running;
  }

  private String ask(int code, String command) throws IOException {
    control.send(soon(), new Command(command));
    return hear(code);
  }

  private String hear(int code) throws IOException {
    Reply reply = control.readReply(soon());
    if (reply.code() != code) {
      throw new IOException("expected " + code + ", got: " + reply);
    }
    return reply.toString();
  }

  private static Deadline soon() {
    return Deadline.after(BOUND);
  }

  @Override
  public void close() throws IOException {
    control.close();
    watchdog.close();
  }
}
