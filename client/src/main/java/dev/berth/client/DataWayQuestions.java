package dev.berth.client;

import dev.berth.wire.Command;
import dev.berth.wire.PassiveReply;
import dev.berth.wire.ProtocolException;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.net.InetAddress;

/** How data connections come about, each way tried with one transfer. */
final class DataWayQuestions {
  private final FtpConnection connection;
  private final Dialogue dialogue;
  private final Answers answers;
  private final Command command;

  DataWayQuestions(FtpConnection connection, Answers answers, Command command) {
    this.connection = connection;
    this.dialogue = connection.dialogue();
    this.answers = answers;
    this.command = command;
  }

  void extendedPassive() throws IOException {
    answers.note(
        Fact.EPSV, Examination.works(() -> came(trial().passive(DataTrial.EPSV, command))));
  }

  void passive() throws IOException {
    if (connection.isOverIpv6()) {
      answers.note(Fact.PASV, new Answer.Unknown("it has no form for IPv6"));
      return;
    }
    answers.note(
        Fact.PASV,
        Examination.works(() -> {
          Reply reply = dialogue.exchange(DataTrial.PASV);
          int port = trial().port(DataTrial.PASV, reply);
          answers.note(Fact.PASSIVE_ADDRESS, address(reply));
          return came(trial().connected(port, command));
        }));
  }

  void active(Fact mode) throws IOException {
    if (mode == Fact.PORT && connection.isOverIpv6()) {
      answers.note(mode, new Answer.Unknown("it has no form for IPv6"));
      return;
    }
    answers.note(mode, Examination.works(() -> came(trial().active(mode, command))));
  }

  private DataTrial trial() {
    return new DataTrial(connection);
  }

  private Answer came(DataTrial.Outcome outcome) {
    if (connection.protectsData()) {
      answers.note(
          Fact.TLS_RESUMED,
          outcome.resumed()
              ? new Answer.Yes("the data connection went on with the session of the login")
              : new Answer.No("the server began another session for the data"));
    }
    return new Answer.Yes(
        "connected in "
            + WelcomeQuestions.millis(outcome.connect())
            + ", "
            + outcome.content().length
            + " B came");
  }

  /**
   * Whom the reply to PASV names. Berth goes to the control connection's peer whatever it says;
   * other clients do not, and then this is why they hang.
   */
  private Answer address(Reply reply) throws ProtocolException {
    InetAddress told = PassiveReply.address(reply).getAddress();
    InetAddress peer = dialogue.control().remote().getAddress();
    String names = "227 names " + told.getHostAddress();
    if (told.equals(peer)) {
      return new Answer.Yes(names + ", the address that we reach it by");
    }
    String trouble =
        names
            + ", but we reach it by "
            + peer.getHostAddress()
            + ": "
            + (isPrivate(told) && !isPrivate(peer)
                ? "a private address, so the server is behind NAT and does not know it"
                : "another host")
            + ". Berth connects to "
            + peer.getHostAddress()
            + " all the same; other clients may hang. Whoever runs the server should tell it its"
            + " public address (pasv_address in vsftpd, MasqueradeAddress in ProFTPD, -P in"
            + " Pure-FTPd)";
    return new Answer.No(trouble);
  }

  /** RFC 1918, RFC 3927, RFC 6598, loopback, and 0.0.0.0. */
  private static boolean isPrivate(InetAddress address) {
    byte[] octets = address.getAddress();
    boolean carrier = octets.length == 4 && octets[0] == 100 && (octets[1] & 0xc0) == 64;
    return address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || carrier;
  }
}
