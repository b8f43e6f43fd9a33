package dev.berth.session;

import dev.berth.transport.ActivePort;
import dev.berth.transport.LocalPorts;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How data connections are made.
 *
 * @param ports on which passive mode listens
 * @param shownAddress what the reply to PASV shows a client that comes to a given address of ours:
 *     another one where a NAT stands between
 * @param foreign which addresses may have the other end of a data connection although the control
 *     connection comes from elsewhere; by default none, or this server could be made to attack
 *     others (RFC 2577)
 * @param activePort from which we connect in active mode
 * @param sessionReuse whether a data connection in TLS has to resume the session of its control
 *     connection, which proves that both belong to one client
 * @param closeNotify whether an upload in TLS counts as whole only if the client ended it with
 *     close_notify: anybody on the way can end a TCP connection
 */
public record DataSettings(
    LocalPorts ports,
    Function<InetAddress, Optional<InetAddress>> shownAddress,
    Predicate<InetAddress> foreign,
    ActivePort activePort,
    boolean sessionReuse,
    boolean closeNotify) {
  /** With active mode from any port. */
  public DataSettings(
      LocalPorts ports,
      Function<InetAddress, Optional<InetAddress>> shownAddress,
      Predicate<InetAddress> foreign,
      boolean sessionReuse,
      boolean closeNotify) {
    this(ports, shownAddress, foreign, ActivePort.any(), sessionReuse, closeNotify);
  }

  /** As they are unless set. */
  public static DataSettings usual() {
    return new DataSettings(
        LocalPorts.any(), address -> Optional.empty(), address -> false, true, true);
  }

  /** The same with active mode from another port. */
  public DataSettings with(ActivePort other) {
    return new DataSettings(ports, shownAddress, foreign, other, sessionReuse, closeNotify);
  }
}
