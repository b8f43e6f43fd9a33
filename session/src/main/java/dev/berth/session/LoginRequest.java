package dev.berth.session;

import java.net.InetAddress;

/**
 * Who wants to log in.
 *
 * @param session tells the session from others, as the log does
 * @param user as the client sent it, see {@link dev.berth.wire.Octets}
 * @param password as the client sent it; of an anonymous user a mail address by custom
 * @param address from where, as told by a trusted proxy if there is one
 * @param listener the name of the listener on which it came
 * @param inTls whether the control connection is in TLS
 * @param host what HOST named (RFC 7151), or OPEN or SITE where other servers are behind, known or
 *     not; empty if nothing was named
 */
public record LoginRequest(
    long session,
    String user,
    Password password,
    InetAddress address,
    String listener,
    boolean inTls,
    String host) {
  /**
   * A secret.
   *
   * @param text the secret itself; shown nowhere
   */
  public record Password(String text) {
    @Override
    public String toString() {
      return "***";
    }
  }
}
