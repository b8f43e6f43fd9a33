package dev.berth.client;

/**
 * A password, or anything else that must not be shown. It prints as {@code ***}, so that it may
 * stand in records, messages and logs. Immutable.
 */
public final class Secret {
  private final String text;

  /**
   * @param text the secret as it goes over the wire, in the form of {@code dev.berth.wire.Octets};
   *     without CR, LF or NUL, which no FTP command can hold
   * @throws IllegalArgumentException with a message that does not show the text
   */
  public Secret(String text) {
    if (text.chars().anyMatch(c -> c == '\r' || c == '\n' || c == '\0')) {
      throw new IllegalArgumentException("CR, LF or NUL in a password");
    }
    this.text = text;
  }

  /** The secret itself, for the wire and nothing else. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && text.equals(secret.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Three stars, whatever the secret is. */
  @Override
  public String toString() {
    return "***";
  }
}
