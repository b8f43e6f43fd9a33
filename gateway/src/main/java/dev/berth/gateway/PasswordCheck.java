package dev.berth.gateway;

/** Judges passwords of the gateway's own users. Many threads call it at once; it may block. */
@FunctionalInterface
public interface PasswordCheck {
  /**
   * Whether a password is the one of which a hash was made. It should take as long for a wrong one.
   *
   * @param password as the client sent it, see {@link dev.berth.wire.Octets}
   * @param hash as of {@link Logins.Hash}; one that cannot be read matches no password
   */
  boolean matches(String password, String hash);
}
