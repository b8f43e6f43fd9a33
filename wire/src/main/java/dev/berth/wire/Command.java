package dev.berth.wire;

import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.Optional;

/**
 * One command line of a control connection (RFC 959 section 5.3). It can hold no CR, LF or NUL, so
 * that no pathname, from whatever listing it came, can smuggle in a second command.
 *
 * @param line verb, and after one space the argument if there is one; no line end
 */
public record Command(String line) {
  private static final int LONGEST = 8192;

  /** How the octet 255, Telnet's IAC, stands on the wire. */
  public enum Telnet {
    /** Twice (RFC 854; RFC 959 section 4.1.3.2.1 and RFC 1123 section 4.1.2.10 ask for it). */
    DOUBLED,
    /** Once, for a server that knows nothing of Telnet and takes two for two. */
    BARE
  }

  public Command {
    if (line.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a command of " + line.length() + " characters; at most " + LONGEST);
    }
    if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0 || line.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "CR, LF or NUL in the command " + Octets.printable(verbOf(line)));
    }
    if (!isVerb(verbOf(line))) {
      throw new IllegalArgumentException("not a verb: " + Octets.printable(verbOf(line)));
    }
  }

  /** Letters, and digits behind them as in XMD5 and XSHA256. */
  static boolean isVerb(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) >= '0' && text.charAt(end - 1) <= '9') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) < 'A' || text.charAt(i) > 'Z') {
        return false;
      }
    }
    return end > 0;
  }

  /**
   * A command without argument.
   *
   * @param verb ASCII letters, in either case, and digits behind them
   */
  public static Command of(String verb) {
    return new Command(verb.toUpperCase(Locale.ROOT));
  }

  /**
   * A command with an argument.
   *
   * @param verb ASCII letters, in either case, and digits behind them
   * @param argument sent as it is: spaces within, before and after belong to it
   */
  public static Command of(String verb, String argument) {
    return new Command(verb.toUpperCase(Locale.ROOT) + " " + argument);
  }

  /** The verb, in upper case. */
  public String verb() {
    return verbOf(line);
  }

  /** What stands behind the verb and one space; empty if that is nothing. */
  public Optional<String> argument() {
    int space = line.indexOf(' ');
    return space < 0 || space == line.length() - 1
        ? Optional.empty()
        : Optional.of(line.substring(space + 1));
  }

  /**
   * The same with its names as a server writes them.
   *
   * @throws CharacterCodingException if the server's charset has not all of their characters
   */
  public Command in(NameCoding coding) throws CharacterCodingException {
    String coded = coding.write(line);
    return coded.equals(line) ? this : new Command(coded);
  }

  /** What goes over the wire by the RFC, with CR LF; Telnet's 255 is doubled. */
  public byte[] bytes() {
    return bytes(Telnet.DOUBLED);
  }

  /** What goes over the wire, with CR LF. */
  public byte[] bytes(Telnet form) {
    byte[] text = Octets.toBytes(line + "\r\n");
    return switch (form) {
      case BARE -> text;
      case DOUBLED -> doubled(text);
    };
  }

  /** With each octet 255 twice, as Telnet has it. */
  static byte[] doubled(byte[] text) {
    int doubled = 0;
    for (byte octet : text) {
      doubled += octet == (byte) 0xFF ? 1 : 0;
    }
    if (doubled == 0) {
      return text;
    }
    byte[] escaped = new byte[text.length + doubled];
    int length = 0;
    for (byte octet : text) {
      escaped[length++] = octet;
      if (octet == (byte) 0xFF) {
        escaped[length++] = octet;
      }
    }
    return escaped;
  }

  /** The line as it may be shown: without the argument of PASS and ACCT. */
  @Override
  public String toString() {
    return switch (verb()) {
      case "PASS", "ACCT" -> verb() + " ***";
      default -> Octets.printable(line);
    };
  }

  private static String verbOf(String line) {
    int space = line.indexOf(' ');
    return space < 0 ? line : line.substring(0, space);
  }
}
