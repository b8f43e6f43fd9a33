package dev.berth.client;

import dev.berth.dialects.Observation;
import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;
import dev.berth.dialects.RefusalReader;
import dev.berth.lifetime.Deadline;
import dev.berth.transport.ControlConnection;
import dev.berth.transport.DataConnection;
import dev.berth.wire.Command;
import dev.berth.wire.NameCoding;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Commands and replies in order on one control connection, each wait bounded. Confined to the
 * thread that owns the connection.
 *
 * <p>Invariant: it is intact as long as every reply that is owed will be read as what it is. A
 * failed read or write, a reply that is none, or a 421 ends that for good.
 */
final class Dialogue {
  private static final Logger LOG = System.getLogger(Dialogue.class.getName());
  private static final int SERVICE_NOT_AVAILABLE = 421;

  private final String name;
  private final ControlConnection control;
  private final RefusalReader refusals;
  private final Duration timeout;
  private final long beganNanos = System.nanoTime();
  private volatile boolean intact = true;
  private @Nullable Reply greeting; // confined to the owning thread
  private @Nullable Reply farewell; // confined to the owning thread
  private long usedNanos = System.nanoTime(); // confined to the owning thread
  private Supplier<NameCoding> names = () -> NameCoding.UTF_8; // confined to the owning thread

  Dialogue(String name, ControlConnection control, RefusalReader refusals, Duration timeout) {
    this.name = name;
    this.control = control;
    this.refusals = refusals;
    this.timeout = timeout;
  }

  /** After the login, names are written as the server does. */
  void writeNamesBy(Supplier<NameCoding> coding) {
    names = coding;
  }

  ControlConnection control() {
    return control;
  }

  /** The server has greeted us with this. */
  void greeted(Reply reply) {
    greeting = reply;
  }

  /** What the server greeted us with; nothing before it has. */
  Optional<Reply> greeting() {
    return Optional.ofNullable(greeting);
  }

  /** How long ago the connection was made. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - beganNanos);
  }

  /** Opens a data connection to the control connection's peer, and to nobody else. */
  DataConnection connectData(int port) throws IOException {
    InetSocketAddress peer = new InetSocketAddress(control.remote().getAddress(), port);
    return control.connectData(peer, timeout, Deadline.after(timeout));
  }

  /**
   * Ends the connection at once, from whatever thread; what a close could still say is of no use to
   * anybody.
   */
  void abort() {
    intact = false;
    try {
      control.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "event=close-failed connection=" + name, e);
    }
  }

  Duration timeout() {
    return timeout;
  }

  /** How long ago the last reply came, but for those that are no use ({@link #unusedSince}). */
  Duration rested() {
    return Duration.ofNanos(System.nanoTime() - usedNanos);
  }

  /** When the last reply came that was a use, by {@link System#nanoTime}. */
  long usedNanos() {
    return usedNanos;
  }

  /** What was said since a {@link #usedNanos} was no use of the connection: it rests since then. */
  void unusedSince(long nanos) {
    usedNanos = nanos;
  }

  boolean isIntact() {
    return intact;
  }

  /** From now on the connection can only be closed. */
  void spoil() {
    intact = false;
  }

  /** Why the server ended the session, if it said so with a 421 (RFC 959 section 5.4). */
  Optional<Refusal> farewell() {
    return Optional.ofNullable(farewell)
        .flatMap(reply -> refusals.read(Observation.of(Phase.SESSION, reply, true)));
  }

  /**
   * Sends commands in one packet, without waiting for replies.
   *
   * @throws FileSystemException if a name cannot be written in the server's charset; nothing is
   *     sent then
   */
  void send(List<Command> commands) throws IOException {
    Command[] coded = new Command[commands.size()];
    for (int i = 0; i < coded.length; i++) {
      coded[i] = coded(commands.get(i));
      LOG.log(Level.DEBUG, "connection={0} sent={1}", name, commands.get(i));
    }
    try {
      control.send(Deadline.after(timeout), coded);
    } catch (IOException | RuntimeException e) {
      spoil();
      throw e;
    }
  }

  /**
   * A command as it goes over the wire.
   *
   * @throws FileSystemException if its name cannot be written in the server's charset
   */
  Command coded(Command command) throws FileSystemException {
    NameCoding coding = names.get();
    try {
      return command.in(coding);
    } catch (CharacterCodingException e) {
      String what = command.line().substring(command.verb().length()).strip();
      FileSystemException unwritable =
          new FileSystemException(
              what, null, "cannot be written in " + coding.charset() + ", as the server's names");
      unwritable.initCause(e);
      throw unwritable;
    }
  }

  /** The next reply, whatever it says. */
  Reply receive() throws IOException {
    return receive(timeout);
  }

  /** The next reply, if it comes within a given time. */
  Reply receive(Duration patience) throws IOException {
    try {
      Reply reply = control.readReply(Deadline.after(patience));
      usedNanos = System.nanoTime();
      LOG.log(Level.DEBUG, "connection={0} received={1}", name, reply);
      if (reply.code() == SERVICE_NOT_AVAILABLE) {
        farewell = reply;
        spoil();
      }
      return reply;
    } catch (IOException | RuntimeException e) {
      spoil();
      throw e;
    }
  }

  /** Sends one command and reads its one reply. */
  Reply exchange(Command command) throws IOException {
    return exchange(command, timeout);
  }

  /** As above, if the reply comes within a given time. */
  Reply exchange(Command command, Duration patience) throws IOException {
    send(List.of(command));
    return receive(patience);
  }

  /**
   * Sends one command that must succeed.
   *
   * @return its completion reply
   * @throws ReplyException for any other reply
   */
  Reply complete(Command command) throws IOException {
    return completed(command, exchange(command));
  }

  /** The reply itself, if it is a completion. */
  Reply completed(Command command, Reply reply) throws ReplyException {
    if (reply.isCompletion()) {
      return reply;
    }
    throw refused(command, reply);
  }

  /**
   * The failure that a reply means. A reply that is neither what was hoped for nor negative puts
   * the order of the replies in doubt, and ends the dialogue.
   */
  ReplyException refused(Command command, Reply reply) {
    if (!reply.isNegative()) {
      spoil();
    }
    Observation seen = Observation.of(Phase.SESSION, reply, !intact);
    return new ReplyException(command, reply, refusals.read(seen));
  }

  @Override
  public String toString() {
    return name;
  }
}
