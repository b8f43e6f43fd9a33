package dev.berth.client;

import dev.berth.lifetime.Deadline;
import dev.berth.transport.ConnectionLost;
import dev.berth.transport.ConnectionLost.Manner;
import dev.berth.transport.DataConnection;
import dev.berth.wire.Command;
import dev.berth.wire.PassiveReply;
import dev.berth.wire.ProtocolException;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One command that moves data, with the EPSV or PASV before it and the replies that belong to it,
 * in the order in which servers give them: passive reply, preliminary reply, completion (RFC 959
 * section 5.4).
 *
 * <p>Where the server is known to take it, EPSV and the command go in one packet. A server that
 * refuses the EPSV answers the command too, negatively; that reply is read, and the command is sent
 * again behind a PASV.
 */
final class DataCommand {
  private static final Logger LOG = System.getLogger(DataCommand.class.getName());
  private static final Command EPSV = Command.of("EPSV");
  private static final Command PASV = Command.of("PASV");
  private static final Command NOOP = Command.of("NOOP");
  private static final int ENTERING_EXTENDED_PASSIVE = 229;
  private static final int ENTERING_PASSIVE = 227;
  private static final int OK = 200;

  /** How servers say that a data connection has to resume the control connection's TLS session. */
  private static final Set<Integer> RESUMPTION_MISSED = Set.of(425, 522);

  /** Servers write out, scan or move a big upload before they answer. */
  private static final int PATIENCE_AT_THE_END = 4;

  private final FtpConnection connection;
  private final Dialogue dialogue;
  private final ServerTraits traits;
  private final Command command;
  private final long offset;
  private boolean sent; // confined to the owning thread
  private boolean withoutTicket; // confined to the owning thread
  private @Nullable Reply early; // confined to the owning thread

  DataCommand(FtpConnection connection, Command command, long offset) {
    this.connection = connection;
    this.dialogue = connection.dialogue();
    this.traits = connection.traits();
    this.command = command;
    this.offset = offset;
  }

  /**
   * Sends the pair ahead of time. Not with a restart offset: that REST was accepted must be seen
   * first.
   */
  void sendAhead() throws IOException {
    if (offset == 0 && traits.isPassiveProven() && traits.hasExtendedPassive()) {
      dialogue.send(List.of(EPSV, command));
      sent = true;
    }
  }

  /** Whether the server has the command already: only then may another one follow it. */
  boolean isSent() {
    return sent;
  }

  /** Opens the data connection and starts the command: then bytes may flow. */
  DataConnection open() throws IOException {
    connection.next(this);
    DataConnection data = connectData(passivePort());
    try {
      start();
      if (connection.protectsData()) {
        withoutTicket = connection.lacksTicket();
        data.startTls(Deadline.after(dialogue.timeout()));
      }
      traits.passiveWorked();
      return data;
    } catch (ReplyException e) {
      abort(data);
      throw e;
    } catch (IOException | RuntimeException e) {
      dialogue.spoil();
      abort(data);
      throw e;
    }
  }

  /**
   * Ends the sending of data and waits until the server has taken all of it: megabytes may lie in
   * the buffers of the system yet.
   */
  void finish(DataConnection data) throws IOException {
    data.finish(Deadline.after(patienceAtTheEnd()));
  }

  private Duration patienceAtTheEnd() {
    return Duration.ofNanos(dialogue.timeout().toNanos() * PATIENCE_AT_THE_END);
  }

  /** Reads the completion reply. */
  void complete() throws IOException {
    Reply reply = early == null ? dialogue.receive(patienceAtTheEnd()) : early;
    if (missedResumption(reply)) {
      throw fellBack(reply);
    }
    dialogue.completed(command, reply);
  }

  /**
   * Gives up before it is opened. A server that has the command waits for a data connection (vsftpd
   * for a minute) and counts the session so long: so it gets one, and the end of it.
   */
  void abandon() {
    connection.next(this);
    if (!sent) {
      return;
    }
    try {
      abort(connectData(passivePort()));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "event=not-abandoned connection=" + dialogue, e);
    }
    dialogue.spoil();
  }

  /** After a failure that nobody foresaw nothing can be said of the rest: both connections end. */
  void abandon(DataConnection data) {
    dialogue.spoil();
    abort(data);
  }

  /**
   * After our own side failed: cuts the data connection, and keeps the control connection if the
   * server then ends the command in order. Never fails.
   */
  void cutOff(DataConnection data) {
    abort(data);
    try {
      Reply reply = early == null ? dialogue.receive() : early;
      if (reply.isCompletion() || reply.isNegative()) {
        proveOrder();
      } else {
        dialogue.spoil();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "event=not-cut-off connection=" + dialogue, e);
    }
  }

  private void abort(DataConnection data) {
    try {
      data.abort();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "event=close-failed connection=" + dialogue + "/data", e);
    }
  }

  /**
   * After the data connection failed: says why, which the server often tells in its reply. Without
   * that reply the control connection is in doubt, and not used again.
   */
  IOException brokenOff(DataConnection data, IOException failure) {
    abort(data);
    if (!dialogue.isIntact()) {
      return failure;
    }
    IOException told = failure;
    try {
      Reply reply = early == null ? dialogue.receive() : early;
      if (missedResumption(reply)) {
        told = suppressing(fellBack(reply), failure);
      } else if (reply.isNegative()) {
        told = suppressing(dialogue.refused(command, reply), failure);
        proveOrder();
      } else {
        dialogue.spoil();
      }
    } catch (IOException silent) {
      told = suppressing(told, silent);
    }
    return told;
  }

  /**
   * Some servers answer a broken transfer twice (RFC 959 section 4.1.3 on ABOR: 426, then 226). The
   * connection is used again only if the reply to a NOOP is what comes next, or else the reply to
   * the EPSV that is on its way. To leave that one alone would cost a place: vsftpd then waits for
   * its data connection for a minute.
   */
  private void proveOrder() throws IOException {
    boolean proves = dialogue.isIntact() && !connection.hasBegun();
    if (proves && dialogue.exchange(NOOP).code() != OK) {
      dialogue.spoil();
    }
  }

  /**
   * ProFTPD with TLS 1.3 sends no new session ticket on an upload, and the JDK uses each only once:
   * after two uploads it refuses its own clients. With TLS 1.2 a session can be resumed for ever.
   */
  private boolean missedResumption(Reply reply) {
    return withoutTicket && RESUMPTION_MISSED.contains(reply.code());
  }

  private IOException fellBack(Reply reply) {
    traits.resumesOnlyInTls12();
    dialogue.spoil();
    return new IOException(
        "data connections have to resume the TLS session, and none was left to resume: "
            + reply
            + "; going on with TLS 1.2");
  }

  private static IOException suppressing(IOException failure, IOException other) {
    failure.addSuppressed(other);
    return failure;
  }

  private int passivePort() throws IOException {
    if (sent) {
      OptionalInt port = portOfThePair();
      if (port.isPresent()) {
        return port.getAsInt();
      }
      sent = false;
    }
    if (traits.hasExtendedPassive()) {
      Reply reply = dialogue.exchange(EPSV);
      if (reply.code() == ENTERING_EXTENDED_PASSIVE) {
        return extendedPort(reply);
      }
      if (!reply.isPermanentNegative() || connection.isOverIpv6()) {
        throw dialogue.refused(EPSV, reply);
      }
      traits.withoutExtendedPassive();
    }
    Reply reply = dialogue.exchange(PASV);
    if (reply.code() != ENTERING_PASSIVE) {
      throw dialogue.refused(PASV, reply);
    }
    return port(reply);
  }

  private OptionalInt portOfThePair() throws IOException {
    Reply reply = dialogue.receive();
    if (reply.code() == ENTERING_EXTENDED_PASSIVE) {
      return OptionalInt.of(extendedPort(reply));
    }
    Reply toCommand = dialogue.isIntact() ? dialogue.receive() : reply;
    // Behind a next pair on its way nothing can be put in: its replies would be taken for ours.
    boolean mayGoOn =
        dialogue.isIntact()
            && reply.isNegative()
            && toCommand.isNegative()
            && !connection.hasBegun();
    if (mayGoOn) {
      return OptionalInt.empty();
    }
    if (reply.isPermanentNegative() && !connection.isOverIpv6()) {
      traits.withoutExtendedPassive();
    }
    dialogue.spoil();
    throw dialogue.refused(EPSV, reply);
  }

  private int extendedPort(Reply reply) throws ProtocolException {
    try {
      return PassiveReply.port(reply);
    } catch (ProtocolException e) {
      dialogue.spoil();
      throw e;
    }
  }

  /**
   * Only the port counts: data goes to the control connection's peer, whatever a server or a NAT
   * says (the address is often a private one, and else it is somebody else's).
   */
  private int port(Reply reply) throws ProtocolException {
    try {
      return PassiveReply.address(reply).getPort();
    } catch (ProtocolException e) {
      dialogue.spoil();
      throw e;
    }
  }

  private DataConnection connectData(int port) throws IOException {
    try {
      return dialogue.connectData(port);
    } catch (ConnectionLost e) {
      throw e.manner() == Manner.CONNECT_REFUSED && sent ? closedAgain(e) : unconnected(e);
    } catch (IOException e) {
      dialogue.spoil();
      throw e;
    }
  }

  /**
   * A server that refuses a command may close the port that it opened for it: vsftpd does so at the
   * next EPSV, which may be on its way already. Then the reply to the command tells more.
   */
  private IOException closedAgain(ConnectionLost failure) {
    try {
      Reply reply = dialogue.receive();
      return reply.isNegative()
          ? suppressing(dialogue.refused(command, reply), failure)
          : unconnected(failure);
    } catch (IOException silent) {
      return suppressing(failure, silent);
    }
  }

  private ConnectionLost unconnected(ConnectionLost failure) {
    dialogue.spoil();
    if (!failure.manner().isOurs() && !traits.isPassiveProven() && !connection.isOverIpv6()) {
      // Some firewalls follow PASV only; the next connection tries that.
      traits.withoutExtendedPassive();
    }
    return failure;
  }

  private void start() throws IOException {
    if (!sent) {
      restart();
      dialogue.send(List.of(command));
    }
    Reply reply = dialogue.receive();
    if (reply.isCompletion()) {
      early = reply;
    } else if (!reply.isPreliminary()) {
      throw dialogue.refused(command, reply);
    }
  }

  private void restart() throws IOException {
    if (offset > 0) {
      Command rest = Command.of("REST", Long.toString(offset));
      Reply reply = dialogue.exchange(rest);
      if (!reply.isIntermediate()) {
        throw dialogue.refused(rest, reply);
      }
    }
  }
}
