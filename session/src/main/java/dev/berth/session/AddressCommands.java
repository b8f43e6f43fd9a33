package dev.berth.session;

import dev.berth.transport.DataListener;
import dev.berth.wire.ActiveAddress;
import dev.berth.wire.Command;
import dev.berth.wire.PassiveReply;
import dev.berth.wire.PassiveRequest;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Where data connections go (RFC 959 section 4.1.2, RFC 2428). */
final class AddressCommands {
  /** Below stand services of the system that nobody shall be made to reach (RFC 2577 section 3). */
  private static final int LOWEST_PORT = 1024;

  private AddressCommands() {}

  static void port(Session session, String argument) throws IOException {
    if (isBarred(session)) {
      return;
    }
    active(
        session,
        ActiveAddress.ofPort(argument),
        "PORT takes six numbers: four of the address, two of the port.");
  }

  static void extendedPort(Session session, String argument) throws IOException {
    if (isBarred(session)) {
      return;
    }
    active(session, ActiveAddress.ofEprt(argument), "EPRT takes |family|address|port|.");
  }

  private static void active(Session session, ActiveAddress asked, String syntax)
      throws IOException {
    switch (asked) {
      case ActiveAddress.Given(InetSocketAddress address) -> active(session, address);
      case ActiveAddress.OtherFamily other ->
          session.reply(522, "That network protocol is not known, use (1,2)");
      case ActiveAddress.Malformed malformed -> session.reply(501, syntax);
    }
  }

  private static void active(Session session, InetSocketAddress address) throws IOException {
    InetAddress host = address.getAddress();
    if (!session.mayConnect(host)) {
      session.log("bounce-refused", "asked", host.getHostAddress() + ":" + address.getPort());
      session.reply(504, "Data connections go to your own address only, not to another host.");
    } else if (address.getPort() < LOWEST_PORT) {
      session.reply(504, "Data connections go to ports from 1024 on only.");
    } else {
      session.door().active(address);
      session.reply(200, "The data connection will go there.");
    }
  }

  static void passive(Session session, String argument) throws IOException {
    if (isBarred(session)) {
      return;
    }
    InetAddress local = session.control().local().getAddress();
    InetAddress shown =
        session.service().settings().data().shownAddress().apply(local).orElse(local);
    if (!(shown instanceof Inet4Address)) {
      session.reply(522, "PASV knows IPv4 only, and you are connected by IPv6: use EPSV.");
      return;
    }
    DataListener listener = listen(session);
    session.reply(
        PassiveReply.entering(new InetSocketAddress(shown, listener.address().getPort())));
  }

  static void extendedPassive(Session session, String argument) throws IOException {
    boolean isIpv6 = session.control().local().getAddress() instanceof Inet6Address;
    switch (PassiveRequest.of(Command.of("EPSV", argument))) {
      case ANY_FAMILY -> enterExtended(session);
      case IPV4 -> enterIf(session, !isIpv6, 2);
      case IPV6 -> enterIf(session, isIpv6, 1);
      case OTHER_FAMILY -> enterIf(session, false, isIpv6 ? 2 : 1);
      case ALL -> {
        session.state().extendedPassiveOnly = true;
        session.reply(200, "From now on EPSV only.");
      }
      case MALFORMED -> session.reply(501, "EPSV takes 1, 2 or ALL, or nothing.");
    }
  }

  private static void enterIf(Session session, boolean isOurs, int ours) throws IOException {
    if (isOurs) {
      enterExtended(session);
    } else {
      session.reply(522, "You are connected by another network protocol, use (" + ours + ")");
    }
  }

  private static void enterExtended(Session session) throws IOException {
    session.reply(PassiveReply.enteringExtended(listen(session).address().getPort()));
  }

  private static DataListener listen(Session session) throws IOException {
    session.door().close(); // Or two ports would be needed for one moment.
    DataListener listener =
        session
            .control()
            .listenData(session.service().settings().data().ports(), session::mayConnect);
    session.door().passive(listener);
    return listener;
  }

  /** RFC 2428 section 4: after EPSV ALL, a NAT may rely on it that no address is sent. */
  private static boolean isBarred(Session session) throws IOException {
    if (session.state().extendedPassiveOnly) {
      session.reply(501, "After EPSV ALL there is EPSV only.");
    }
    return session.state().extendedPassiveOnly;
  }
}
