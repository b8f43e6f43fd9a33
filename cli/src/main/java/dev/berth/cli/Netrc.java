package dev.berth.cli;

import dev.berth.client.Secret;
import dev.berth.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code ~/.netrc} of ftp(1): machines, with who logs in there. Reads what ftp, curl and
 * wget read: quoted values, comments, {@code macdef} and {@code default}. Immutable.
 */
final class Netrc {
  /** What the file says of one machine, or of all others. */
  static final class Entry {
    private final @Nullable String machine;
    private @Nullable String login;
    private @Nullable Secret password;

    private Entry(@Nullable String machine) {
      this.machine = machine;
    }

    /** Who logs in, if given. */
    Optional<String> login() {
      return Optional.ofNullable(login);
    }

    /** With what, if given. */
    Optional<Secret> password() {
      return Optional.ofNullable(password);
    }

    private boolean isFor(String host) {
      return machine == null || machine.equalsIgnoreCase(host);
    }
  }

  private final List<Entry> entries;

  private Netrc(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Reads a file's bytes. Words that nobody knows are passed over, as the other programs do.
   *
   * @throws IllegalArgumentException for a password that no FTP command can hold
   */
  static Netrc parse(byte[] bytes) {
    return new Netrc(new Reader(Octets.toText(bytes)).entries());
  }

  /** The first entry for a host, whoever logs in. {@code default} is for every host. */
  Optional<Entry> find(String host) {
    return entries.stream().filter(entry -> entry.isFor(host)).findFirst();
  }

  /** The first entry for a host and a user; one without a login is for every user. */
  Optional<Entry> find(String host, String user) {
    return entries.stream()
        .filter(entry -> entry.isFor(host) && entry.login().orElse(user).equals(user))
        .findFirst();
  }

  /** Goes through the text word by word. Confined to one thread. */
  private static final class Reader {
    private final String text;
    private final List<Entry> entries = new ArrayList<>();
    private int at;

    Reader(String text) {
      this.text = text;
    }

    List<Entry> entries() {
      while (skipToKeyword()) {
        read(word());
      }
      return entries;
    }

    private void read(String keyword) {
      switch (keyword) {
        case "machine" -> entries.add(new Entry(value()));
        case "default" -> entries.add(new Entry(null));
        case "macdef" -> skipMacro();
        case "account" -> value();
        case "login" -> {
          String login = value();
          open().ifPresent(entry -> entry.login = login);
        }
        case "password" -> {
          Secret password = new Secret(value());
          open().ifPresent(entry -> entry.password = password);
        }
        default -> {
          // A word of another program, such as port.
        }
      }
    }

    private Optional<Entry> open() {
      return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
    }

    /** A number sign begins a comment where a keyword is due; a password may begin with one. */
    private boolean skipToKeyword() {
      skipBlanks();
      while (at < text.length() && text.charAt(at) == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
        skipBlanks();
      }
      return at < text.length();
    }

    private void skipBlanks() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }

    private String value() {
      skipBlanks();
      boolean isQuoted = at < text.length() && text.charAt(at) == '"';
      return isQuoted ? quoted() : word();
    }

    private String word() {
      int start = at;
      while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    /** A backslash makes the next character an ordinary one, as in curl. */
    private String quoted() {
      StringBuilder value = new StringBuilder();
      at++;
      while (at < text.length() && text.charAt(at) != '"') {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at++));
      }
      at++;
      return value.toString();
    }

    /** A macro ends at the first empty line. */
    private void skipMacro() {
      int end = text.indexOf("\n\n", at);
      at = end < 0 ? text.length() : end;
    }
  }
}
