package dev.berth.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The set of characters that a bracket expression of a {@link PathPattern} stands for: {@code
 * [abc]}, {@code [a-z]}, {@code [!a]} and {@code [^a]}, {@code [[:digit:]]}.
 *
 * @param members what it holds, or does not hold if it is negated
 * @param end the place behind its closing bracket
 */
record CharacterSet(List<IntPredicate> members, boolean isNegated, int end) {
  CharacterSet {
    members = List.copyOf(members);
  }

  boolean has(char c) {
    return members.stream().anyMatch(member -> member.test(c)) != isNegated;
  }

  /**
   * Reads an expression.
   *
   * @param start the place of its opening bracket
   * @throws IllegalArgumentException if it does not end, or names a class that is none
   */
  static CharacterSet at(String text, int start) {
    return new Reader(text, start).read();
  }

  /** Reads one expression, once. */
  private static final class Reader {
    private final String text;
    private final List<IntPredicate> members = new ArrayList<>();
    private int at;

    Reader(String text, int start) {
      this.text = text;
      this.at = start + 1;
    }

    CharacterSet read() {
      boolean isNegated = peek() == '!' || peek() == '^';
      if (isNegated) {
        at++;
      }
      do { // A closing bracket that comes first is a member.
        member();
      } while (peek() != ']');
      return new CharacterSet(members, isNegated, at + 1);
    }

    private void member() {
      if (text.startsWith("[:", at) && isClass()) {
        return;
      }
      char first = character();
      boolean isRange = peek() == '-' && at + 1 < text.length() && text.charAt(at + 1) != ']';
      if (isRange) {
        at++;
        char last = character();
        members.add(c -> c >= first && c <= last);
      } else {
        members.add(c -> c == first);
      }
    }

    private char character() {
      if (peek() == '\\') {
        at++;
      }
      char c = peek();
      at++;
      return c;
    }

    /** Reads {@code [:name:]}; false if it is none, and its bracket an ordinary character. */
    private boolean isClass() {
      int close = text.indexOf(']', at + 2);
      if (close < at + 3 || text.charAt(close - 1) != ':') {
        return false;
      }
      members.add(named(text.substring(at + 2, close - 1)));
      at = close + 1;
      return true;
    }

    private char peek() {
      if (at >= text.length()) {
        throw new IllegalArgumentException("[ without ]");
      }
      return text.charAt(at);
    }
  }

  private static IntPredicate named(String name) {
    return switch (name) {
      case "alpha" -> CharacterSet::isAlpha;
      case "digit" -> CharacterSet::isDigit;
      case "alnum" -> c -> isAlpha(c) || isDigit(c);
      case "upper" -> c -> c >= 'A' && c <= 'Z';
      case "lower" -> c -> c >= 'a' && c <= 'z';
      case "space" -> c -> c == ' ' || (c >= '\t' && c <= '\r');
      case "blank" -> c -> c == ' ' || c == '\t';
      case "punct" -> c -> c > ' ' && c < 0x7F && !isAlpha(c) && !isDigit(c);
      case "xdigit" -> c -> isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      case "cntrl" -> c -> c < ' ' || c == 0x7F;
      case "graph" -> c -> c > ' ' && c < 0x7F;
      case "print" -> c -> c >= ' ' && c < 0x7F;
      default -> throw new IllegalArgumentException("no class of characters: [:" + name + ":]");
    };
  }

  private static boolean isAlpha(int c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
