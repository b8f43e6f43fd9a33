package dev.berth.server;

/** By what the user of an account is known. */
public sealed interface Credential {
  /**
   * By a password.
   *
   * @param text what {@link PasswordCheck} judges it by; shown nowhere
   */
  record Hash(String text) implements Credential {
    @Override
    public String toString() {
      return "***";
    }
  }

  /** By nothing: the names {@code anonymous} and {@code ftp}, with any password. */
  record Anonymous() implements Credential {}
}
