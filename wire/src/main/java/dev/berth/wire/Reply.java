package dev.berth.wire;

import java.util.List;

/**
 * One whole reply on a control connection: a reply code and the text of its lines (RFC 959 section
 * 4.2).
 *
 * <p>The text of a line is UTF-8 where its bytes are, else as {@link Octets} has it: no byte is
 * lost.
 *
 * @param code the reply code, 100 to 599; a few servers send 6yz (RFC 2228 section 3, protected
 *     replies)
 * @param lines the text of each line without code, separator and line end; at least one, perhaps
 *     empty
 */
public record Reply(int code, List<String> lines) {
  public Reply {
    if (code < 100 || code > 699) {
      throw new IllegalArgumentException("not a reply code: " + code);
    }
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("a reply has at least one line");
    }
    lines = List.copyOf(lines);
  }

  /** A reply of one line. */
  public static Reply of(int code, String text) {
    return new Reply(code, List.of(text));
  }

  /** 1yz: the action has begun; another reply follows. */
  public boolean isPreliminary() {
    return code / 100 == 1;
  }

  /** 2yz: the action is done. */
  public boolean isCompletion() {
    return code / 100 == 2;
  }

  /** 3yz: accepted so far; the server waits for the next command of the sequence. */
  public boolean isIntermediate() {
    return code / 100 == 3;
  }

  /** 4yz: refused for now; the same command may succeed later. */
  public boolean isTransientNegative() {
    return code / 100 == 4;
  }

  /** 5yz: refused; the same command will be refused again. */
  public boolean isPermanentNegative() {
    return code / 100 == 5;
  }

  /** 4yz or 5yz. */
  public boolean isNegative() {
    return isTransientNegative() || isPermanentNegative();
  }

  /**
   * How a server says that it has no such command, none with such arguments, or not yet (RFC 959
   * section 4.2.1).
   */
  public boolean isUnknownCommand() {
    return switch (code) {
      case 500, 501, 502, 504 -> true;
      default -> false;
    };
  }

  /** 213: what was asked of a file (RFC 959 section 4.2.1, RFC 3659). */
  public boolean isFileStatus() {
    return code == 213;
  }

  /** The lines' text, joined by line feeds. */
  public String text() {
    return String.join("\n", lines);
  }

  /**
   * What goes over the wire, with CR LF (RFC 959 section 4.2). No text breaks out of its line: CR,
   * LF and NUL, and what is half a character, go as a question mark. A line in the middle that
   * begins like a reply code gets a space in front; Telnet's 255 is doubled.
   */
  public byte[] bytes() {
    var text = new StringBuilder();
    int last = lines.size() - 1;
    for (int n = 0; n <= last; n++) {
      String line = lines.get(n);
      if (n == last) {
        text.append(code).append(' ');
      } else if (n == 0) {
        text.append(code).append('-');
      } else if (beginsLikeACode(line)) {
        text.append(' ');
      }
      append(text, line);
      text.append("\r\n");
    }
    return Command.doubled(Octets.toBytes(text.toString()));
  }

  private static boolean beginsLikeACode(String line) {
    return line.length() >= 3 && line.chars().limit(3).allMatch(c -> c >= '0' && c <= '9');
  }

  private static void append(StringBuilder text, String line) {
    line.codePoints()
        .map(point -> isFitForALine(point) ? point : '?')
        .forEach(text::appendCodePoint);
  }

  private static boolean isFitForALine(int point) {
    boolean isHalf = Character.getType(point) == Character.SURROGATE && !Octets.isEscape(point);
    return point != '\r' && point != '\n' && point != 0 && !isHalf;
  }

  /** As a person reads it: {@code 421 Too many connections (2) from this IP}. */
  @Override
  public String toString() {
    return code + " " + Octets.printable(String.join(" / ", lines));
  }
}
