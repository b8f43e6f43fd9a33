package dev.berth.client;

import dev.berth.lifetime.Deadline;
import dev.berth.transport.ConnectionLost;
import dev.berth.transport.DataConnection;
import dev.berth.transport.DataListener;
import dev.berth.wire.ActiveCommand;
import dev.berth.wire.Command;
import dev.berth.wire.PassiveReply;
import dev.berth.wire.ProtocolException;
import dev.berth.wire.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One transfer, step by step in a way that is on trial: it takes no second way when that fails, and
 * what is known of the server's ways is left as it is. Confined to the connection's thread.
 *
 * <p>It throws {@link ReplyException} where the server refused; any other exception ends the
 * connection.
 */
final class DataTrial {
  static final Command EPSV = Command.of("EPSV");
  static final Command PASV = Command.of("PASV");
  private static final int ENTERING_PASSIVE = 227;
  private static final int ENTERING_EXTENDED_PASSIVE = 229;

  /** More than a sample ever is, and than the listing of a folder that people use. */
  private static final int MOST_BYTES = 64 << 20;

  private final FtpConnection connection;
  private final Dialogue dialogue;
  private boolean mayHaveStored;
  private @Nullable Reply completion; // that came before the data connection

  DataTrial(FtpConnection connection) {
    this.connection = connection;
    this.dialogue = connection.dialogue();
  }

  /** What came of it. Immutable. */
  static final class Outcome {
    private final byte[] content;
    private final Duration connect;
    private final boolean resumed;

    Outcome(byte[] content, Duration connect, boolean resumed) {
      this.content = content.clone();
      this.connect = connect;
      this.resumed = resumed;
    }

    /** The bytes that came. */
    byte[] content() {
      return content.clone();
    }

    /** How long the data connection took to come about. */
    Duration connect() {
      return connect;
    }

    /** Whether it resumed a TLS session; false in plain text. */
    boolean resumed() {
      return resumed;
    }
  }

  /** Retrieves or lists in passive mode; {@link #EPSV} or {@link #PASV} says how. */
  Outcome passive(Command mode, Command command) throws IOException {
    int port = port(mode, dialogue.exchange(mode));
    return connected(port, command);
  }

  /** The rest of a transfer whose port is known. */
  Outcome connected(int port, Command command) throws IOException {
    long before = System.nanoTime();
    DataConnection data = connect(port);
    Duration connect = Duration.ofNanos(System.nanoTime() - before);
    try {
      dialogue.send(List.of(command));
      return taken(command, data, connect);
    } catch (IOException e) {
      throw ended(command, data, e);
    }
  }

  /** Retrieves or lists in active mode, announced by EPRT or by PORT. */
  Outcome active(Fact mode, Command command) throws IOException {
    try (DataListener listener = listen()) {
      InetSocketAddress here = listener.address();
      Command place = mode == Fact.EPRT ? ActiveCommand.extended(here) : ActiveCommand.port(here);
      dialogue.complete(place);
      dialogue.send(List.of(command));
      long before = System.nanoTime();
      begun(command, dialogue.receive());
      DataConnection data = accept(command, listener);
      Duration connect = Duration.ofNanos(System.nanoTime() - before);
      try {
        return finished(command, content(data), connect, data);
      } catch (IOException e) {
        throw ended(command, data, e);
      }
    }
  }

  private DataListener listen() throws LocalException {
    try {
      return dialogue.control().listenData(connection.settings().data().activePorts());
    } catch (IOException e) {
      throw new LocalException(e);
    }
  }

  /** What the server says meanwhile is heard at once: mostly that it cannot connect. */
  private DataConnection accept(Command command, DataListener listener) throws IOException {
    Deadline deadline = Deadline.after(dialogue.timeout());
    try {
      Optional<DataConnection> come =
          listener.acceptUnlessTold(dialogue.control(), dialogue.timeout(), deadline);
      if (come.isPresent()) {
        return come.get();
      }
      completion = dialogue.completed(command, dialogue.receive());
      return listener.accept(dialogue.timeout(), deadline);
    } catch (ConnectionLost e) {
      dialogue.spoil();
      throw e;
    }
  }

  /**
   * Stores bytes in passive mode, behind REST where an offset is given.
   *
   * @see #mayHaveStored
   */
  void store(Command command, byte[] content, long offset) throws IOException {
    Command mode = connection.traits().data().hasExtendedPassive() ? EPSV : PASV;
    int port = port(mode, dialogue.exchange(mode));
    if (offset > 0) {
      Command rest = Command.of("REST", Long.toString(offset));
      Reply reply = dialogue.exchange(rest);
      if (!reply.isIntermediate()) {
        throw dialogue.refused(rest, reply);
      }
    }
    DataConnection data = connect(port);
    try {
      mayHaveStored = true;
      dialogue.send(List.of(command));
      Reply first = dialogue.receive();
      mayHaveStored = !first.isNegative();
      begun(command, first);
      startTls(data);
      data.write(ByteBuffer.wrap(content));
      data.finish(Deadline.after(dialogue.timeout()));
      dialogue.completed(command, dialogue.receive());
    } catch (IOException e) {
      throw ended(command, data, e);
    }
  }

  /** Whether the server may have made the file, however {@link #store} ended. */
  boolean mayHaveStored() {
    return mayHaveStored;
  }

  /** The port that the reply to EPSV or PASV names. */
  int port(Command mode, Reply reply) throws IOException {
    int expected = mode.equals(EPSV) ? ENTERING_EXTENDED_PASSIVE : ENTERING_PASSIVE;
    if (reply.code() != expected) {
      throw dialogue.refused(mode, reply);
    }
    try {
      return mode.equals(EPSV) ? PassiveReply.port(reply) : PassiveReply.address(reply).getPort();
    } catch (ProtocolException e) {
      dialogue.spoil();
      throw e;
    }
  }

  /** Connects to the control connection's peer. */
  DataConnection connect(int port) throws IOException {
    try {
      return dialogue.connectData(port);
    } catch (IOException e) {
      dialogue.spoil();
      throw e;
    }
  }

  /** Reads all replies and bytes of a command that was sent. */
  Outcome taken(Command command, DataConnection data, Duration connect) throws IOException {
    begun(command, dialogue.receive());
    return finished(command, content(data), connect, data);
  }

  private Outcome finished(Command command, byte[] content, Duration connect, DataConnection data)
      throws IOException {
    boolean resumed = data.tls().map(tls -> tls.resumed()).orElse(false);
    dialogue.completed(command, completion == null ? dialogue.receive() : completion);
    return new Outcome(content, connect, resumed);
  }

  private void begun(Command command, Reply reply) throws ReplyException {
    if (!reply.isPreliminary()) {
      throw dialogue.refused(command, reply);
    }
  }

  /** All bytes of a data connection; it is closed then. */
  byte[] content(DataConnection data) throws IOException {
    startTls(data);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
    while (data.read(buffer) >= 0) {
      content.write(buffer.array(), 0, buffer.position());
      buffer.clear();
      if (content.size() > MOST_BYTES) {
        throw new ProtocolException("more than " + MOST_BYTES + " bytes of data");
      }
    }
    data.close();
    return content.toByteArray();
  }

  private void startTls(DataConnection data) throws IOException {
    if (connection.protectsData()) {
      data.startTls(Deadline.after(dialogue.timeout()));
    }
  }

  /**
   * Ends a data connection that failed. The server often tells why, and then its reply is what is
   * thrown; but for a plain refusal of the command the dialogue ends with it.
   */
  IOException ended(Command command, DataConnection data, IOException failure) {
    IOException told = failure;
    if (!(failure instanceof ReplyException)) {
      told = inTheServersWords(command, failure);
      dialogue.spoil();
    }
    try {
      data.abort();
    } catch (IOException e) {
      told.addSuppressed(e);
    }
    return told;
  }

  private IOException inTheServersWords(Command command, IOException failure) {
    boolean ours = failure instanceof ConnectionLost lost && lost.manner().isOurs();
    if (ours || !dialogue.isIntact()) {
      return failure;
    }
    try {
      Reply reply = dialogue.receive();
      if (reply.isNegative()) {
        return DataWay.suppressing(dialogue.refused(command, reply), failure);
      }
    } catch (IOException silent) {
      failure.addSuppressed(silent);
    }
    return failure;
  }
}
