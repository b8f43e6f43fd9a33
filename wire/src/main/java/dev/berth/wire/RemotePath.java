package dev.berth.wire;

/**
 * A pathname on a server, absolute and with {@code /} between its names, as TVFS has it (RFC 3659
 * section 6). It holds no CR, LF or NUL.
 *
 * @param value begins with {@code /}, ends with none but the root's own
 */
public record RemotePath(String value) implements Comparable<RemotePath> {
  /** The top of the server's tree. */
  public static final RemotePath ROOT = new RemotePath("/");

  public RemotePath {
    if (!value.startsWith("/")) {
      throw new IllegalArgumentException("not an absolute pathname: " + Octets.printable(value));
    }
    if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == '\0')) {
      throw new IllegalArgumentException("CR, LF or NUL in a pathname: " + Octets.printable(value));
    }
    int end = value.length();
    while (end > 1 && value.charAt(end - 1) == '/') {
      end--;
    }
    value = value.substring(0, end);
  }

  /**
   * The pathname of something below this one.
   *
   * @param relative one name or several with {@code /} between them; empty for this pathname itself
   */
  public RemotePath resolve(String relative) {
    if (relative.isEmpty()) {
      return this;
    }
    return new RemotePath(value.endsWith("/") ? value + relative : value + "/" + relative);
  }

  /** The folder that holds this; the root holds itself. */
  public RemotePath parent() {
    int slash = value.lastIndexOf('/');
    return slash <= 0 ? ROOT : new RemotePath(value.substring(0, slash));
  }

  /** The last name; empty for the root. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  @Override
  public int compareTo(RemotePath other) {
    return value.compareTo(other.value);
  }

  /** The pathname as it may be shown. */
  @Override
  public String toString() {
    return Octets.printable(value);
  }
}
