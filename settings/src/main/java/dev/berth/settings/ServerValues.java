package dev.berth.settings;

import dev.berth.client.DataMode;
import dev.berth.client.LoginAccount;
import dev.berth.client.Secret;
import dev.berth.client.TlsUse;
import dev.berth.client.VirtualHost;
import dev.berth.transport.LocalPorts;
import dev.berth.transport.Source;
import dev.berth.transport.Trust;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what options and settings say of a server to connect to, and of the way there. Each refuses
 * by an {@link IllegalArgumentException} that says what to write.
 */
public final class ServerValues {
  /** What {@code system} is read into; one for all, so that settings with it can be compared. */
  public static final Trust USUAL_TRUST = Trust.system();

  private static final String PIN = "sha256:";

  private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})");

  private ServerValues() {}

  /**
   * How {@code ftp://} connections are protected: {@code auto}, {@code require} or {@code off}.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  public static TlsUse tls(String text) {
    return switch (text) {
      case "auto" -> TlsUse.AUTO;
      case "require" -> TlsUse.REQUIRED;
      case "off" -> TlsUse.OFF;
      default -> throw new IllegalArgumentException("neither auto, require nor off");
    };
  }

  /**
   * Which certificates are believed: {@code system}, {@code any} or {@code sha256:} with the
   * digits, colons between them allowed as {@code openssl x509 -fingerprint} prints them.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  public static Trust trust(String text) {
    if (text.equals("system")) {
      return USUAL_TRUST;
    }
    if (text.equals("any")) {
      return Trust.any();
    }
    if (!text.regionMatches(true, 0, PIN, 0, PIN.length())) {
      throw new IllegalArgumentException("neither system, any nor sha256:FINGERPRINT");
    }
    return Trust.pinned(text.substring(PIN.length()));
  }

  /**
   * The address to connect from, IPv4 or IPv6; names are not looked up.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Source source(String text) {
    try {
      return Source.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an address like 192.0.2.1 or 2001:db8::1", e);
    }
  }

  /**
   * Who connects for a transfer: {@code auto}, {@code passive} or {@code active}.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  public static DataMode dataMode(String text) {
    return switch (text) {
      case "auto" -> DataMode.AUTO;
      case "passive" -> DataMode.PASSIVE;
      case "active" -> DataMode.ACTIVE;
      default -> throw new IllegalArgumentException("neither auto, passive nor active");
    };
  }

  /**
   * Ports to listen on: {@code LOW-HIGH}, both among them.
   *
   * @throws IllegalArgumentException when they are none
   */
  public static LocalPorts localPorts(String text) {
    Matcher ports = PORTS.matcher(text);
    if (!ports.matches()) {
      throw new IllegalArgumentException("not ports like 50000-50100");
    }
    return new LocalPorts.Range(Integer.parseInt(ports.group(1)), Integer.parseInt(ports.group(2)));
  }

  /**
   * An account, as it goes after ACCT.
   *
   * @throws IllegalArgumentException when no command can hold it; the text is not shown
   */
  public static LoginAccount account(String text) {
    return new LoginAccount.Named(new Secret(text));
  }

  /**
   * A host, as it goes after HOST.
   *
   * @throws IllegalArgumentException when no command can hold it
   */
  public static VirtualHost virtualHost(String text) {
    return new VirtualHost.Named(text);
  }
}
