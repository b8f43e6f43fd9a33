package dev.berth.wire;

/**
 * Where something is on a server, before anybody has logged in: from the root, or from the folder
 * that login leads to (RFC 1738 section 3.2.2).
 */
public sealed interface RemoteLocation {
  /**
   * From the root.
   *
   * @param path absolute
   */
  record FromRoot(RemotePath path) implements RemoteLocation {}

  /**
   * From the login folder.
   *
   * @param path without a leading slash; empty for the login folder itself
   */
  record FromLogin(String path) implements RemoteLocation {
    public FromLogin {
      if (path.startsWith("/")) {
        throw new IllegalArgumentException("not relative: " + Octets.printable(path));
      }
      if (path.chars().anyMatch(c -> c == '\r' || c == '\n' || c == '\0')) {
        throw new IllegalArgumentException(
            "CR, LF or NUL in a pathname: " + Octets.printable(path));
      }
    }
  }

  /**
   * The absolute pathname.
   *
   * @param loginFolder what PWD said after login
   */
  default RemotePath in(RemotePath loginFolder) {
    return switch (this) {
      case FromRoot fromRoot -> fromRoot.path();
      case FromLogin fromLogin -> loginFolder.resolve(fromLogin.path());
    };
  }
}
