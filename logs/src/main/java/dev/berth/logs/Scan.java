package dev.berth.logs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Goes through one line from left to right. A step that does not find what it looks for gets the
 * scan lost, and so are all that follow: whoever reads a line asks once, at the end. Used again for
 * line after line; confined to one thread.
 *
 * <pre>{@code
 * scan.expect("[pid ");
 * String pid = scan.until("] ");
 * if (scan.isLost()) { ... }
 * }</pre>
 */
final class Scan {
  private static final int NAMES = 1 << 12;
  private static final int LONGEST_NAME = 48;

  /** Texts that were met before, by a hash of their bytes: most are addresses and users. */
  private final String[] names = new String[NAMES];

  private byte[] bytes = new byte[0];
  private int start;
  private int at;
  private int end;
  private boolean isLost;

  /** Begins with a line. */
  void over(byte[] buffer, int from, int to) {
    bytes = buffer;
    start = from;
    at = from;
    end = to;
    isLost = false;
  }

  /** Begins with the same line anew. */
  void again() {
    at = start;
    isLost = false;
  }

  /** Where it stands, for {@link #back}. */
  int place() {
    return at;
  }

  /** Goes back to where it stood, and is lost no more. */
  void back(int place) {
    at = place;
    isLost = false;
  }

  /** Whether a step has failed. */
  boolean isLost() {
    return isLost;
  }

  /** What was read makes no sense. */
  void lose() {
    isLost = true;
  }

  /** Whether the line is over. */
  boolean isAtEnd() {
    return at == end;
  }

  /** The byte so many places ahead; 0 behind the end, which no line of text has. */
  byte peek(int ahead) {
    return at + ahead < end ? bytes[at + ahead] : 0;
  }

  /** Whether this is next. */
  boolean isNext(String text) {
    int length = text.length();
    if (isLost || end - at < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[at + i] != (byte) text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Goes behind this if it is next. */
  boolean skip(String text) {
    if (!isNext(text)) {
      return false;
    }
    at += text.length();
    return true;
  }

  /** Goes behind so many bytes, whatever they are. */
  void skip(int count) {
    if (end - at < count) {
      isLost = true;
    } else {
      at += count;
    }
  }

  /** Goes behind this, which has to be next. */
  void expect(String text) {
    if (!skip(text)) {
      isLost = true;
    }
  }

  /** What stands before this text, which has to come, and goes behind it. */
  String until(String text) {
    int found = find(text);
    if (found < 0) {
      isLost = true;
      return "";
    }
    String before = text(at, found);
    at = found + text.length();
    return before;
  }

  /** What stands before the last one of these on the line, which has to come; goes behind it. */
  String untilLast(String text) {
    int place = at;
    int last = -1;
    for (int found = find(text); found >= 0; found = find(text)) {
      last = found;
      at = found + 1;
    }
    at = place;
    if (last < 0) {
      isLost = true;
      return "";
    }
    String before = text(at, last);
    at = last + text.length();
    return before;
  }

  /** Whether this comes. */
  boolean has(String text) {
    return find(text) >= 0;
  }

  /** The next word: up to a blank, or the end; at least one byte. */
  String word() {
    int from = at;
    while (at < end && bytes[at] != ' ' && bytes[at] != '\t') {
      at++;
    }
    isLost |= at == from;
    return text(from, at);
  }

  /** Goes from the end of the line back over so many words, to the blank before them. */
  void backOverWords(int count) {
    int place = end;
    for (int i = 0; i < count; i++) {
      place--;
      while (place > at && bytes[place] != ' ') {
        place--;
      }
    }
    if (place <= at) {
      isLost = true;
    } else {
      at = place;
    }
  }

  /** Whether the line ends so. */
  boolean endsWith(String text) {
    int place = end - text.length();
    return place >= at && bytes[place] == (byte) text.charAt(0) && isAt(text, place);
  }

  /** What stands between two places. */
  String between(int from, int to) {
    return text(from, to);
  }

  /** A number of at most 18 digits. */
  long number() {
    long number = 0;
    int from = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      number = number * 10 + (bytes[at] - '0');
      at++;
    }
    if (at == from || at - from > 18) {
      isLost = true;
      return 0;
    }
    return number;
  }

  /** A number of exactly so many digits. */
  int digits(int count) {
    int from = at;
    long number = number();
    if (at - from != count) {
      isLost = true;
      return 0;
    }
    return (int) number;
  }

  /** All that is left. */
  String rest() {
    String rest = text(at, end);
    at = end;
    return rest;
  }

  /** The whole line, wherever the scan stands. */
  String line() {
    return text(start, end);
  }

  /** Whether the next bytes are the same as these. */
  boolean isNext(byte[] others, int length) {
    return end - at >= length && Arrays.equals(bytes, at, at + length, others, 0, length);
  }

  /** The next bytes, for {@link #isNext(byte[], int)} of later lines. */
  void copy(byte[] target, int length) {
    System.arraycopy(bytes, at, target, 0, length);
  }

  private int find(String text) {
    if (isLost) {
      return -1;
    }
    byte first = (byte) text.charAt(0);
    int last = end - text.length();
    for (int i = at; i <= last; i++) {
      if (bytes[i] == first && isAt(text, i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isAt(String text, int place) {
    for (int i = 1; i < text.length(); i++) {
      if (bytes[place + i] != (byte) text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private String text(int from, int to) {
    int length = to - from;
    if (length > LONGEST_NAME) {
      return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
    int hash = length;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + bytes[i];
    }
    int slot = (hash ^ hash >>> 15) & NAMES - 1;
    String known = names[slot];
    if (known != null && isSame(known, from, length)) {
      return known;
    }
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    names[slot] = text;
    return text;
  }

  private boolean isSame(String known, int from, int length) {
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.charAt(i) != bytes[from + i]) {
        return false; // and so is all that is not ASCII
      }
    }
    return true;
  }
}
