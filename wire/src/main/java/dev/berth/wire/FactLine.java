package dev.berth.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One line of facts about a file, as MLSD and MLST give it: {@code type=file;size=5; name} (RFC
 * 3659 section 7.2). It tells facts from pathname and judges neither.
 */
public sealed interface FactLine {
  /** The longest line that is read, in characters: facts, a pathname and a link's target. */
  int MAX_LENGTH = 16_384;

  /**
   * Facts and the pathname behind them.
   *
   * @param values fact name in lower case to value as sent; of a fact given twice, the first
   * @param pathname as sent, its spaces included; not empty
   */
  record Facts(Map<String, String> values, String pathname) implements FactLine {
    public Facts {
      if (pathname.isEmpty()) {
        throw new IllegalArgumentException("an entry has a pathname");
      }
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * The value of a fact, if it was sent and is not empty.
     *
     * @param name the fact's name, in any case
     */
    public Optional<String> value(String name) {
      return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)))
          .filter(value -> !value.isEmpty());
    }
  }

  /**
   * Not a line of facts.
   *
   * @param why what is wrong with it, in words
   */
  record Malformed(String why) implements FactLine {}

  /**
   * Reads a line without its line end. Three habits of servers are taken beside the RFC's grammar:
   * a space before the facts, no semicolon after the last fact, and spaces in the target of a link
   * ({@code type=OS.unix=slink:/my files;}).
   *
   * @param line of any content; one that is too long is malformed
   */
  static FactLine read(String line) {
    if (line.length() > MAX_LENGTH) {
      return new Malformed("longer than " + MAX_LENGTH + " characters");
    }
    return new FactScanner(line).read();
  }
}

/** Walks through one line, fact by fact. Confined to the thread that reads the line. */
final class FactScanner {
  private final String line;
  private final Map<String, String> values = new LinkedHashMap<>();
  private int at;

  FactScanner(String line) {
    this.line = line;
  }

  FactLine read() {
    skipSpaceBeforeFacts();
    while (at < line.length() && line.charAt(at) != ' ') {
      int end = endOfFact();
      if (end < 0 || !take(end)) {
        return new FactLine.Malformed("no fact and no pathname at character " + (at + 1));
      }
    }
    if (at + 1 >= line.length()) {
      return new FactLine.Malformed("no pathname after the facts");
    }
    return new FactLine.Facts(values, line.substring(at + 1));
  }

  /** The control form of MLST has a space in front; some servers send it on MLSD too. */
  private void skipSpaceBeforeFacts() {
    int semicolon = line.indexOf(';');
    int equals = line.indexOf('=');
    boolean factsFollow =
        equals > 1 && equals < semicolon && line.lastIndexOf(' ', equals) <= 0 && semicolon > 0;
    if (line.startsWith(" ") && factsFollow) {
      at = 1;
    }
  }

  /** Where the fact at {@code at} ends: at its semicolon, or at the space before the pathname. */
  private int endOfFact() {
    int semicolon = line.indexOf(';', at);
    int space = line.indexOf(' ', at);
    if (semicolon >= 0 && (space < 0 || semicolon < space || isLinkWithTarget())) {
      return semicolon;
    }
    return space;
  }

  private boolean isLinkWithTarget() {
    return line.regionMatches(true, at, "type=OS.unix=slink:", 0, "type=OS.unix=slink:".length());
  }

  private boolean take(int end) {
    int equals = line.indexOf('=', at);
    boolean empty = end == at;
    if (!empty && (equals <= at || equals >= end)) {
      return false;
    }
    if (!empty) {
      values.putIfAbsent(
          line.substring(at, equals).toLowerCase(Locale.ROOT), line.substring(equals + 1, end));
    }
    at = line.charAt(end) == ';' ? end + 1 : end;
    return true;
  }
}
