package dev.berth.transfer;

import java.util.ArrayList;
import java.util.List;

/**
 * Which pathnames of a tree are left out of a job: patterns as in {@code .gitignore} files, of
 * which the last one that matches counts. Immutable; any thread may call it.
 *
 * <p>What no pattern matches is as its folder is: within a folder that an include names, all is
 * included. At the top, it is included; but if the first rule is an {@link #include}, files that
 * match nothing are left out, for then the rules say what is wanted. What stands below an excluded
 * folder is excluded, and cannot be included again.
 */
public final class PathRules {
  private record Rule(PathPattern pattern, boolean isInclude) {}

  private static final PathRules ALL = new PathRules(List.of(), false);

  private final List<Rule> rules;
  private final boolean isWishList; // files that match nothing are left out

  private PathRules(List<Rule> rules, boolean isWishList) {
    this.rules = rules;
    this.isWishList = isWishList;
  }

  /** Nothing is left out. */
  public static PathRules all() {
    return ALL;
  }

  /**
   * These and an exclude after them.
   *
   * @param pattern as a line of {@code .gitignore}; with {@code !} before it, an include
   * @throws IllegalArgumentException if it is none, saying why
   */
  public PathRules exclude(String pattern) {
    boolean isInclude = pattern.startsWith("!");
    return with(new Rule(PathPattern.of(pattern.substring(isInclude ? 1 : 0)), isInclude), false);
  }

  /**
   * These and an include after them.
   *
   * @throws IllegalArgumentException if the pattern is none, saying why
   */
  public PathRules include(String pattern) {
    if (pattern.startsWith("!")) {
      throw new IllegalArgumentException("write \\! for a name that begins with !");
    }
    return with(new Rule(PathPattern.of(pattern), true), rules.isEmpty());
  }

  private PathRules with(Rule rule, boolean isFirstWish) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(rule);
    return new PathRules(List.copyOf(more), isWishList || isFirstWish);
  }

  /**
   * These and the lines of a file of excludes after them. Empty lines and those that begin with
   * {@code #} tell nothing; spaces at the end of a line count only behind a backslash.
   *
   * @throws IllegalArgumentException if a line is no pattern, with its number
   */
  public PathRules excludeLines(List<String> lines) {
    PathRules all = this;
    for (int i = 0; i < lines.size(); i++) {
      String line = trimmed(lines.get(i));
      try {
        all = line.isEmpty() || line.startsWith("#") ? all : all.exclude(line);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return all;
  }

  private static String trimmed(String line) {
    int end = line.endsWith("\r") ? line.length() - 1 : line.length();
    while (end > 0 && line.charAt(end - 1) == ' ' && !isEscaped(line, end - 1)) {
      end--;
    }
    return line.substring(0, end);
  }

  private static boolean isEscaped(String line, int at) {
    int backslashes = 0;
    while (at - backslashes > 0 && line.charAt(at - backslashes - 1) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  /**
   * Whether something is left out.
   *
   * @param path relative to the top of the tree, {@code /} between names, not empty
   * @param isFolder as listed; a link to a folder is none
   */
  public boolean excludes(String path, boolean isFolder) {
    if (rules.isEmpty()) {
      return false;
    }
    boolean isOut = !isFolder && isWishList;
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      switch (verdict(path.substring(0, slash), true)) {
        case EXCLUDED -> {
          return true;
        }
        case INCLUDED -> isOut = false;
        case UNSAID -> {}
      }
    }
    return switch (verdict(path, isFolder)) {
      case EXCLUDED -> true;
      case INCLUDED -> false;
      case UNSAID -> isOut;
    };
  }

  private enum Verdict {
    INCLUDED,
    EXCLUDED,
    UNSAID
  }

  private Verdict verdict(String path, boolean isFolder) {
    for (int i = rules.size() - 1; i >= 0; i--) {
      Rule rule = rules.get(i);
      if (rule.pattern().matches(path, isFolder)) {
        return rule.isInclude() ? Verdict.INCLUDED : Verdict.EXCLUDED;
      }
    }
    return Verdict.UNSAID;
  }
}
