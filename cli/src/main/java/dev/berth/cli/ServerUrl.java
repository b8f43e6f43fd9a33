package dev.berth.cli;

import dev.berth.client.Secret;
import dev.berth.settings.ServerPlace;
import dev.berth.wire.Octets;
import dev.berth.wire.RemoteLocation;
import dev.berth.wire.RemotePath;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as users write it: {@code ftp://user@host:port/path} (RFC 1738 section 3.2). The path
 * starts at the login folder; a second leading slash, or {@code %2F}, means the root. Prints
 * without the password.
 *
 * @param scheme says whether TLS begins with the connection
 * @param host a name in ASCII, or an address without brackets
 * @param port 1 to 65535
 * @param user who logs in, as far as the URL says
 * @param location what the path names
 * @param namesFolder whether the path is empty or ends with a slash, and so can only be a folder
 */
record ServerUrl(
    Scheme scheme, String host, int port, User user, RemoteLocation location, boolean namesFolder) {
  private static final Pattern SHAPE = Pattern.compile("(?is)(ftps?)://([^/]*)(/.*)?");
  private static final Pattern OTHER_SCHEME = Pattern.compile("(?is)([a-z][a-z0-9+.-]*)://.*");
  private static final Pattern TYPE = Pattern.compile("(?is)(.*);type=(.*)");

  /** How the connection begins. */
  enum Scheme {
    /** In the clear; TLS may be agreed on (RFC 4217). */
    FTP(21),
    /** With TLS from the first byte. */
    FTPS(990);

    private final int port;

    Scheme(int port) {
      this.port = port;
    }
  }

  /** Who logs in. */
  sealed interface User {
    /** The URL does not say. */
    record Unnamed() implements User {}

    /** A name alone. */
    record Named(String name) implements User {}

    /** A name and its password. */
    record WithPassword(String name, Secret password) implements User {}

    /** Their name, if the URL tells. */
    default Optional<String> named() {
      return switch (this) {
        case Unnamed _ -> Optional.empty();
        case Named it -> Optional.of(it.name());
        case WithPassword it -> Optional.of(it.name());
      };
    }
  }

  /** Whether a text means to be an address of a server rather than a local pathname. */
  static boolean isUrl(String text) {
    return OTHER_SCHEME.matcher(text).matches();
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException saying what is wrong with it, without its password
   */
  static ServerUrl parse(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      throw notAnFtpUrl(text);
    }
    if (text.indexOf('\uFFFD') >= 0) {
      throw fault(
          text, "holds characters that this locale cannot read; set LC_ALL=C.UTF-8 or write %XX");
    }
    Scheme scheme = Scheme.valueOf(shape.group(1).toUpperCase(Locale.ROOT));
    String authority = shape.group(2);
    int at = authority.lastIndexOf('@');
    ServerPlace place = place(text, scheme, authority.substring(at + 1));
    String path = withoutType(text, shape.group(3) == null ? "" : shape.group(3));
    return new ServerUrl(
        scheme,
        place.host(),
        place.port(),
        user(text, at < 0 ? authority.substring(0, 0) : authority.substring(0, at + 1)),
        location(text, path),
        path.isEmpty() || path.endsWith("/"));
  }

  private static IllegalArgumentException notAnFtpUrl(String text) {
    Matcher other = OTHER_SCHEME.matcher(text);
    if (!other.matches()) {
      return fault(text, "an address looks like ftp://user@host/path");
    }
    String hint =
        other.group(1).equalsIgnoreCase("sftp")
            ? "SFTP is another protocol (SSH), which Berth does not speak"
            : "the address has to begin with ftp:// or ftps://";
    return fault(text, hint);
  }

  private static ServerPlace place(String text, Scheme scheme, String place) {
    try {
      return ServerPlace.parse(place, scheme.port);
    } catch (IllegalArgumentException e) {
      // Perhaps the first half of a password: ftp://user:pass/word@host. So it is not shown.
      boolean isWithWords = place.indexOf(':') >= 0 && !place.matches("(?s).*:[0-9]*");
      String hint = isWithWords ? "; in a password, write / as %2F, @ as %40" : "";
      throw fault(text, Failures.reason(e) + hint);
    }
  }

  private static User user(String text, String userInformation) {
    if (userInformation.isEmpty()) {
      return new User.Unnamed();
    }
    String both = userInformation.substring(0, userInformation.length() - 1);
    int colon = both.indexOf(':');
    String name = decoded(text, colon < 0 ? both : both.substring(0, colon));
    if (name.isEmpty()) {
      throw fault(text, "the user before the @ is empty");
    }
    if (colon < 0) {
      return new User.Named(name);
    }
    return new User.WithPassword(name, new Secret(decoded(text, both.substring(colon + 1))));
  }

  /** RFC 1738 section 3.2.2 lets {@code ;type=} name the representation type; files are bytes. */
  private static String withoutType(String text, String path) {
    Matcher typed = TYPE.matcher(path);
    if (!typed.matches()) {
      return path;
    }
    if (!typed.group(2).equalsIgnoreCase("i")) {
      throw fault(text, ";type= other than i: Berth moves files byte for byte (TYPE I) only");
    }
    return typed.group(1);
  }

  private static RemoteLocation location(String text, String path) {
    String decoded = decoded(text, path.isEmpty() ? "" : path.substring(1)).replaceAll("/+", "/");
    if (decoded.startsWith("/")) {
      return new RemoteLocation.FromRoot(new RemotePath(decoded));
    }
    return new RemoteLocation.FromLogin(
        decoded.endsWith("/") ? decoded.substring(0, decoded.length() - 1) : decoded);
  }

  private static String decoded(String text, String part) {
    byte[] bytes;
    try {
      bytes = PercentCode.decode(part);
    } catch (IllegalArgumentException e) {
      throw fault(text, "a % is not followed by two hexadecimal digits; write % itself as %25");
    }
    for (byte octet : bytes) {
      if (octet == '\r' || octet == '\n' || octet == 0) {
        throw fault(text, "holds a CR, LF or NUL, which no FTP command can carry");
      }
    }
    return Octets.toText(bytes);
  }

  private static IllegalArgumentException fault(String text, String why) {
    return new IllegalArgumentException("'" + Masking.argument(text) + "': " + why);
  }

  /** The host and port as people write them: the port only where it is not the scheme's own. */
  String place() {
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == scheme.port ? shown : shown + ":" + port;
  }

  /** Whether both lead to the same account on the same server, as far as addresses tell. */
  boolean isSameServerAs(ServerUrl other) {
    return scheme == other.scheme
        && host.equals(other.host)
        && port == other.port
        && user.named().equals(other.user.named());
  }

  /** The address without its password. */
  @Override
  public String toString() {
    String who =
        switch (user) {
          case User.Unnamed _ -> "";
          case User.Named named -> PercentCode.encode(named.name()) + "@";
          case User.WithPassword both -> PercentCode.encode(both.name()) + ":***@";
        };
    String path =
        switch (location) {
          case RemoteLocation.FromRoot root -> "/" + root.path().value();
          case RemoteLocation.FromLogin login -> "/" + login.path();
        };
    boolean slash = namesFolder && !path.endsWith("/");
    return scheme.name().toLowerCase(Locale.ROOT)
        + "://"
        + who
        + place().replace("%", "%25") // of a zone (RFC 6874)
        + PercentCode.encode(path)
        + (slash ? "/" : "");
  }
}
