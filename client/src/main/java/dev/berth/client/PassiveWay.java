package dev.berth.client;

import dev.berth.dialects.ServerSoftware;
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
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Passive mode: the server listens, we connect (EPSV, RFC 2428 section 3; PASV, RFC 959). */
final class PassiveWay extends DataWay {
  private static final Logger LOG = System.getLogger(PassiveWay.class.getName());
  static final Command EPSV = Command.of("EPSV");
  private static final Command PASV = Command.of("PASV");
  static final int ENTERING_EXTENDED_PASSIVE = 229;
  private static final int ENTERING_PASSIVE = 227;

  private @Nullable DataConnection data;

  PassiveWay(FtpConnection connection, Command command) {
    super(connection, command);
  }

  @Override
  void sendAhead() throws IOException {
    if (asksAhead(connection) && !connection.portAhead().isFresh()) {
      sendPair(EPSV);
    }
  }

  /** Whether EPSV may go with other commands: it works here, and needs nothing before it. */
  static boolean asksAhead(FtpConnection connection) {
    return connection.traits().data().isPassiveProven()
        && isExtended(connection)
        && !announces(connection);
  }

  @Override
  void agree() throws IOException {
    OptionalInt ahead = connection.portAhead().take();
    if (ahead.isEmpty() || isSent() || !isReached(ahead.getAsInt())) {
      data = connect(port());
    }
  }

  /** The server may have closed meanwhile what it was asked for ahead. */
  private boolean isReached(int port) throws IOException {
    try {
      data = dialogue.connectData(port);
      return true;
    } catch (ConnectionLost e) {
      if (!isClosed(e)) {
        throw unconnected(e);
      }
      LOG.log(Level.DEBUG, "event=closed-ahead connection=" + dialogue, e);
      return false;
    } catch (IOException e) {
      dialogue.spoil();
      throw e;
    }
  }

  @Override
  DataConnection take() {
    if (data == null) {
      throw new IllegalStateException("nothing agreed on for " + command);
    }
    return data;
  }

  @Override
  void worked() {
    traits.data().passiveWorked();
  }

  @Override
  void failed() {
    // What failed was the command: the data connection was there.
  }

  /** vsftpd waits for its data connection for a minute, and counts the session so long. */
  @Override
  void abandon() throws IOException {
    agree();
    abort();
  }

  @Override
  void abort() throws IOException {
    if (data != null) {
      data.abort();
    }
  }

  /** Whether a refusal means that this server has no passive mode. */
  static boolean isMissing(ReplyException refusal) {
    String verb = refusal.command().verb();
    return refusal.reply().isPermanentNegative() && (verb.equals("EPSV") || verb.equals("PASV"));
  }

  private int port() throws IOException {
    if (isSent()) {
      OptionalInt port = portOfThePair();
      if (port.isPresent()) {
        return port.getAsInt();
      }
    }
    announce();
    if (isExtended(connection)) {
      Reply reply = dialogue.exchange(EPSV);
      if (reply.code() == ENTERING_EXTENDED_PASSIVE) {
        return extendedPort(dialogue, reply);
      }
      if (!reply.isPermanentNegative() || connection.isOverIpv6()) {
        throw dialogue.refused(EPSV, reply);
      }
      traits.data().withoutExtendedPassive();
    }
    Reply reply = dialogue.exchange(PASV);
    if (reply.code() != ENTERING_PASSIVE) {
      throw dialogue.refused(PASV, reply);
    }
    return port(reply);
  }

  /** The 227 has no room for an IPv6 address (RFC 2428 section 1). */
  private static boolean isExtended(FtpConnection connection) {
    return connection.traits().data().hasExtendedPassive() || connection.isOverIpv6();
  }

  private OptionalInt portOfThePair() throws IOException {
    Reply reply = dialogue.receive();
    if (reply.code() == ENTERING_EXTENDED_PASSIVE) {
      return OptionalInt.of(extendedPort(dialogue, reply));
    }
    try {
      takeBackPair(EPSV, reply);
      return OptionalInt.empty();
    } catch (ReplyException e) {
      if (reply.isPermanentNegative() && !connection.isOverIpv6()) {
        traits.data().withoutExtendedPassive();
      }
      throw e;
    }
  }

  /** Whether the server wants to know the command first: it then chooses the host to serve it. */
  private static boolean announces(FtpConnection connection) {
    return connection.features().has("PRET")
        && connection.traits().data().takesAnnouncement()
        && !isOneHost(connection);
  }

  /**
   * Pure-FTPd 1.0.50 lists PRET, answers 200 and does nothing: for a round trip a file, and no pair
   * could be sent ahead of it.
   */
  private static boolean isOneHost(FtpConnection connection) {
    return connection
        .traits()
        .dialect()
        .map(known -> known.software() == ServerSoftware.PURE_FTPD)
        .orElse(false);
  }

  /** PRET, of distributed servers such as drftpd; no RFC has it. */
  private void announce() throws IOException {
    if (!announces(connection)) {
      return;
    }
    Command announcement = Command.of("PRET", command.line());
    Reply reply = dialogue.exchange(announcement);
    if (reply.isUnknownCommand()) {
      traits.data().withoutAnnouncement();
    } else {
      dialogue.completed(announcement, reply);
    }
  }

  /** The port that a 229 tells; one that tells none ends the dialogue. */
  static int extendedPort(Dialogue dialogue, Reply reply) throws ProtocolException {
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

  private DataConnection connect(int port) throws IOException {
    try {
      return dialogue.connectData(port);
    } catch (ConnectionLost e) {
      throw isClosed(e) && isSent() ? closedAgain(e) : unconnected(e);
    } catch (IOException e) {
      dialogue.spoil();
      throw e;
    }
  }

  private static boolean isClosed(ConnectionLost e) {
    return e.manner() == Manner.CONNECT_REFUSED || e.manner() == Manner.RESET; // in the queue still
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
    if (!failure.manner().isOurs()) {
      traits.data().passiveUnreachable(connection.isOverIpv6());
    }
    return failure;
  }
}
