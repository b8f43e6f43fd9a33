package dev.berth.transfer;

import java.util.ArrayList;
import java.util.List;

/**
 * One pattern for pathnames, as a line of a {@code .gitignore} file has it (gitignore(5)), without
 * the sign of negation. Immutable; it matches in a time bounded by the lengths of pattern and
 * pathname multiplied.
 */
final class PathPattern {
  /** Longer ones are no patterns, and each costs its length for each character of each pathname. */
  static final int LONGEST = 1000;

  private sealed interface Token {}

  /** This character. */
  private record Literal(char value) implements Token {}

  /** {@code ?}: any character but the slash. */
  private record AnyOne() implements Token {}

  /** {@code [...]}: one of a set, never the slash. */
  private record OneOf(CharacterSet set) implements Token {}

  /** {@code *}: any number of characters but the slash. */
  private record AnyName() implements Token {}

  /** A leading or inner {@code **} and its slash: any number of whole folders. */
  private record AnyFolders() implements Token {}

  /** A trailing {@code **}: everything within. */
  private record Everything() implements Token {}

  private final List<Token> tokens;
  private final boolean isAnchored;
  private final boolean isForFolders;

  private PathPattern(List<Token> tokens, boolean isAnchored, boolean isForFolders) {
    this.tokens = List.copyOf(tokens);
    this.isAnchored = isAnchored;
    this.isForFolders = isForFolders;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it could never match, saying why
   */
  static PathPattern of(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("a pattern has at most " + LONGEST + " characters");
    }
    boolean isForFolders = text.endsWith("/");
    String names = isForFolders ? text.substring(0, text.length() - 1) : text;
    boolean isAnchored = names.indexOf('/') >= 0;
    if (names.startsWith("/")) {
      names = names.substring(1);
    }
    if (names.isEmpty() || names.startsWith("/") || names.endsWith("/")) {
      throw new IllegalArgumentException("a pattern without a name matches nothing");
    }
    return new PathPattern(tokens(names), isAnchored, isForFolders);
  }

  private static List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case '*' -> at = stars(text, at, tokens);
        case '?' -> {
          tokens.add(new AnyOne());
          at++;
        }
        case '[' -> {
          CharacterSet set = CharacterSet.at(text, at);
          tokens.add(new OneOf(set));
          at = set.end();
        }
        case '\\' -> {
          if (at + 1 == text.length()) {
            throw new IllegalArgumentException("a backslash at the end escapes nothing");
          }
          tokens.add(new Literal(text.charAt(at + 1)));
          at += 2;
        }
        default -> {
          tokens.add(new Literal(c));
          at++;
        }
      }
    }
    return tokens;
  }

  /** Two stars or more mean folders only where they stand alone between slashes. */
  private static int stars(String text, int start, List<Token> tokens) {
    int end = start;
    while (end < text.length() && text.charAt(end) == '*') {
      end++;
    }
    boolean begins = start == 0 || text.charAt(start - 1) == '/';
    if (end - start > 1 && begins && end == text.length()) {
      tokens.add(new Everything());
      return end;
    }
    if (end - start > 1 && begins && text.charAt(end) == '/') {
      tokens.add(new AnyFolders());
      return end + 1;
    }
    tokens.add(new AnyName());
    return end;
  }

  /**
   * Whether it matches what stands at a pathname itself; what is within is not its business.
   *
   * @param path relative to the top, {@code /} between names
   */
  boolean matches(String path, boolean isFolder) {
    if (isForFolders && !isFolder) {
      return false;
    }
    // Without a slash, a pattern is for the name wherever it stands.
    return run(isAnchored ? path : path.substring(path.lastIndexOf('/') + 1));
  }

  /** Which beginnings of the text the tokens so far can match, token after token. */
  private boolean run(String text) {
    boolean[] reached = new boolean[text.length() + 1];
    reached[0] = true;
    for (Token token : tokens) {
      reached = next(token, text, reached);
    }
    return reached[text.length()];
  }

  private static boolean[] next(Token token, String text, boolean[] before) {
    boolean[] after = new boolean[before.length];
    boolean isAny = before[0];
    after[0] = isAny && !isOne(token);
    for (int i = 1; i < before.length; i++) {
      char c = text.charAt(i - 1);
      after[i] =
          switch (token) {
            case Literal literal -> before[i - 1] && c == literal.value();
            case AnyOne any -> before[i - 1] && c != '/';
            case OneOf one -> before[i - 1] && c != '/' && one.set().has(c);
            case AnyName name -> before[i] || (after[i - 1] && c != '/');
            case AnyFolders folders -> before[i] || (isAny && c == '/');
            case Everything everything -> before[i] || isAny;
          };
      isAny |= before[i];
    }
    return after;
  }

  private static boolean isOne(Token token) {
    return switch (token) {
      case Literal literal -> true;
      case AnyOne any -> true;
      case OneOf one -> true;
      case AnyName name -> false;
      case AnyFolders folders -> false;
      case Everything everything -> false;
    };
  }
}
