package dev.berth.session;

import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Watchdog;
import dev.berth.transport.ControlConnection;
import dev.berth.transport.DataConnection;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import dev.berth.wire.Command;
import dev.berth.wire.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;

/** A client that resumes its TLS session on data connections, as JSSE can be made to. */
final class TlsClient implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final Watchdog watchdog = Watchdog.start();
  private final Tls tls;
  private final InetSocketAddress server;
  private final ControlConnection control;

  private TlsClient(InetSocketAddress server, Tls.Version version) throws IOException {
    this.server = server;
    tls = new Tls(Trust.any(), "localhost", Set.of(version));
    control = connect();
  }

  private ControlConnection connect() throws IOException {
    return ControlConnection.connect(server, Source.any(), watchdog, soon());
  }

  /** Behind AUTH TLS. */
  static TlsClient explicit(InetSocketAddress server, Tls.Version version) throws IOException {
    TlsClient client = new TlsClient(server, version);
    client.control.readReply(soon());
    client.ask("AUTH TLS");
    client.control.startTls(client.tls, soon());
    return client;
  }

  /** In TLS from the first byte on; the greeting is still to be read. */
  static TlsClient implicit(InetSocketAddress server, Tls.Version version) throws IOException {
    TlsClient client = new TlsClient(server, version);
    client.control.startTls(client.tls, soon());
    return client;
  }

  /** Logged in, in type I, with data in TLS. */
  TlsClient alice() throws IOException {
    for (String command :
        new String[] {"USER alice", "PASS secret", "PBSZ 0", "PROT P", "TYPE I"}) {
      Reply reply = ask(command);
      if (reply.isNegative()) {
        throw new IOException(command + ": " + reply);
      }
    }
    return this;
  }

  Reply ask(String command) throws IOException {
    control.send(soon(), new Command(command));
    return hear();
  }

  Reply hear() throws IOException {
    return control.readReply(soon());
  }

  /** EPSV, and the data connection. */
  DataConnection passive() throws IOException {
    String reply = ask("EPSV").lines().getFirst();
    int port = Integer.parseInt(reply.substring(reply.indexOf("|||") + 3, reply.lastIndexOf('|')));
    return control.connectData(new InetSocketAddress(server.getAddress(), port), BOUND, soon());
  }

  /** Makes the data connection forget the session of the control connection. */
  TlsClient forget() {
    control.forgetTls();
    return this;
  }

  static byte[] readAll(DataConnection data) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    while (data.read(buffer.clear()) >= 0) {
      all.write(buffer.array(), 0, buffer.position());
    }
    return all.toByteArray();
  }

  static Deadline soon() {
    return Deadline.after(BOUND);
  }

  @Override
  public void close() throws IOException {
    control.close();
    watchdog.close();
  }
}
