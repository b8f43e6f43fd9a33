package dev.berth.client;

import dev.berth.dialects.ServerSoftware;
import dev.berth.lifetime.Deadline;
import dev.berth.transport.DataConnection;
import dev.berth.wire.Command;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One command that moves data, with what is said for its data connection and the replies that
 * belong to it, in the order in which servers give them: the place of the data connection ({@link
 * DataWay}), preliminary reply, completion (RFC 959 section 5.4).
 */
final class DataCommand {
  private static final Logger LOG = System.getLogger(DataCommand.class.getName());
  private static final Command NOOP = Command.of("NOOP");
  private static final int OK = 200;

  /** How servers say that a data connection has to resume the control connection's TLS session. */
  private static final Set<Integer> RESUMPTION_MISSED = Set.of(425, 522);

  /** Servers write out, scan or move a big upload before they answer. */
  private static final int PATIENCE_AT_THE_END = 4;

  private static final Duration AFTER_THE_CUT = Duration.ofSeconds(5);

  private final FtpConnection connection;
  private final Dialogue dialogue;
  private final ServerTraits traits;
  private final Command command;
  private final long offset;

  // Confined to the owning thread.
  private DataWay way;
  private boolean withoutTicket;
  private @Nullable Reply preliminary;
  private @Nullable Reply early;

  DataCommand(FtpConnection connection, Command command, long offset) {
    this.connection = connection;
    this.dialogue = connection.dialogue();
    this.traits = connection.traits();
    this.command = command;
    this.offset = offset;
    this.way = way();
  }

  private DataWay way() {
    return connection.usesActiveMode()
        ? new ActiveWay(connection, command)
        : new PassiveWay(connection, command);
  }

  /**
   * Sends the pair ahead of time. Not with a restart offset: that REST was accepted must be seen
   * first.
   */
  void sendAhead() throws IOException {
    if (offset == 0) {
      way.sendAhead();
    }
  }

  /** Whether the server has the command already: only then may another one follow it. */
  boolean isSent() {
    return way.isSent();
  }

  /** Whether the data goes to the server. */
  boolean isUpload() {
    return switch (command.verb()) {
      case "STOR", "APPE", "STOU" -> true;
      default -> false;
    };
  }

  /** The server's word that it begins, once it is open; nothing if its completion came at once. */
  Optional<Reply> preliminary() {
    return Optional.ofNullable(preliminary);
  }

  /** Opens the data connection and starts the command: then bytes may flow. */
  DataConnection open() throws IOException {
    connection.transfers().next(this);
    agree();
    try {
      start();
      DataConnection data = way.take();
      if (early == null) {
        early = way.completion();
      }
      if (connection.protectsData()) {
        withoutTicket = connection.lacksTicket();
        data.startTls(Deadline.after(dialogue.timeout()));
      }
      way.worked();
      return data;
    } catch (ReplyException e) {
      // What is refused for good is the file; else the data connection may be what failed.
      end(!e.reply().isPermanentNegative());
      throw e;
    } catch (IOException | RuntimeException e) {
      dialogue.spoil();
      end(true);
      throw e;
    }
  }

  private void agree() throws IOException {
    if (!way.isSent()) {
      way = way();
    }
    try {
      way.agree();
    } catch (ReplyException e) {
      agreeOtherwise(e);
    } catch (IOException | RuntimeException e) {
      end(true);
      throw e;
    }
  }

  /**
   * After a refusal, another way if there is one: what an earlier run remembers may be wrong by
   * now, and a server without passive mode may have an active one.
   */
  private void agreeOtherwise(ReplyException refusal) throws IOException {
    if (dialogue.isIntact() && !connection.transfers().hasBegun()) {
      if (traits.data().doubts()) {
        agreeOn(way(), refusal);
        return;
      }
      if (mayGoActive(refusal)) {
        agreeOn(new ActiveWay(connection, command), refusal);
        return;
      }
    }
    end(true);
    throw refusal;
  }

  /** Whether the server has no passive mode, and another one may be tried at once. */
  private boolean mayGoActive(ReplyException refusal) {
    return connection.settings().data().mode() == DataMode.AUTO
        && way instanceof PassiveWay
        && PassiveWay.isMissing(refusal)
        && traits.data().passiveRefused();
  }

  private void agreeOn(DataWay other, ReplyException refusal) throws IOException {
    end(false);
    way = other;
    try {
      way.agree();
    } catch (ReplyException e) {
      agreeOtherwise(DataWay.suppressing(e, refusal));
    } catch (IOException e) {
      end(true);
      throw DataWay.suppressing(e, refusal);
    }
  }

  /** Ends what was to become a data connection. */
  private void end(boolean hasFailed) {
    if (hasFailed) {
      way.failed();
    }
    try {
      way.abort();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "event=close-failed connection=" + dialogue + "/data", e);
    }
  }

  /**
   * Ends the sending of data and waits until the server has taken all of it: megabytes may lie in
   * the buffers of the system yet.
   */
  void finish(DataConnection data) throws IOException {
    data.finish(Deadline.after(patienceAtTheEnd()));
  }

  /**
   * When all data has come, the server has nothing to do but to say so: if it does not, the control
   * connection is dead, as one that a NAT forgot meanwhile.
   */
  private Duration patience() {
    return isUpload() ? patienceAtTheEnd() : dialogue.timeout();
  }

  private Duration patienceAtTheEnd() {
    return Duration.ofNanos(dialogue.timeout().toNanos() * PATIENCE_AT_THE_END);
  }

  /** Whether there is more to be read after the preliminary reply, or the end. */
  boolean isAnswered() {
    return early == null && !dialogue.control().isQuiet();
  }

  /** Reads the completion reply. */
  Reply complete() throws IOException {
    Reply reply = early == null ? dialogue.receive(patience()) : early;
    if (missedResumption(reply)) {
      throw fellBack(reply);
    }
    return dialogue.completed(command, reply);
  }

  /**
   * Gives up before it is opened. A server that has the command waits for a data connection (vsftpd
   * for a minute) and counts the session so long: so it gets one, and the end of it.
   */
  void abandon() {
    connection.transfers().next(this);
    if (!way.isSent()) {
      return;
    }
    try {
      way.abandon();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "event=not-abandoned connection=" + dialogue, e);
    }
    dialogue.spoil();
  }

  /** After a failure that nobody foresaw nothing can be said of the rest: both connections end. */
  void abandon(DataConnection data) {
    dialogue.spoil();
    cut(data);
  }

  /**
   * After our own side failed: cuts the data connection, and keeps the control connection if the
   * server then ends the command in order. Never fails.
   */
  void cutOff(DataConnection data) {
    cut(data);
    try {
      Reply reply = early == null ? dialogue.receive(patienceAfterTheCut()) : early;
      if (reply.isCompletion() || reply.isNegative() || mayEndSo(reply)) {
        proveOrder();
      } else {
        dialogue.spoil();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "event=not-cut-off connection=" + dialogue, e);
    }
  }

  /** Nothing holds the server up then; one that says nothing, as Pure-FTPd may, costs its place. */
  private Duration patienceAfterTheCut() {
    return dialogue.timeout().compareTo(AFTER_THE_CUT) < 0 ? dialogue.timeout() : AFTER_THE_CUT;
  }

  /**
   * Pure-FTPd 1.0.50 ends a download that was cut by how fast it was, with the code of the reply
   * before: {@code 150 0.006 seconds (measured here), 400.00 Mbytes per second}. If it had sent
   * nothing yet, it says nothing.
   */
  private boolean mayEndSo(Reply reply) {
    return reply.isPreliminary()
        && preliminary != null
        && traits
            .dialect()
            .map(known -> known.software() == ServerSoftware.PURE_FTPD)
            .orElse(false);
  }

  /** Closes the data connection at once; any thread may call it. */
  void cut(DataConnection data) {
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
    cut(data);
    if (!dialogue.isIntact()) {
      return failure;
    }
    IOException told = failure;
    try {
      Reply reply = early == null ? dialogue.receive() : early;
      if (missedResumption(reply)) {
        told = DataWay.suppressing(fellBack(reply), failure);
      } else if (reply.isNegative()) {
        told = DataWay.suppressing(dialogue.refused(command, reply), failure);
        proveOrder();
      } else {
        dialogue.spoil();
      }
    } catch (IOException silent) {
      told = DataWay.suppressing(told, silent);
    }
    return told;
  }

  /**
   * Some servers answer a broken transfer twice (RFC 959 section 4.1.3 on ABOR: 426, then 226). The
   * connection is used again only if the reply to a NOOP is what comes next, or else the reply to
   * the EPSV that is on its way. To leave that one alone would cost a place: vsftpd then waits for
   * its data connection for a minute.
   */
  void proveOrder() throws IOException {
    boolean proves = dialogue.isIntact() && !connection.transfers().hasBegun();
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

  private void start() throws IOException {
    if (!way.isSent()) {
      restart();
      dialogue.send(List.of(command));
    }
    Reply reply = dialogue.receive();
    if (reply.isPreliminary()) {
      preliminary = reply;
    } else {
      early = dialogue.completed(command, reply);
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
