package dev.berth.server;

/** Judges passwords. Many threads call it at once; it may block, and should take its time. */
@FunctionalInterface
public interface PasswordCheck {
  /**
   * Whether a password is the one of which a hash was made.
   *
   * @param password as the client sent it, see {@link dev.berth.wire.Octets}
   * @param hash as it stands in the account; a hash that cannot be read matches no password
   */
  boolean matches(String password, String hash);
}
