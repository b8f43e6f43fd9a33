package dev.berth.session;

/**
 * The names that a client asks for with {@code *} and {@code ?}, as in {@code NLST *.txt}. Pure. It
 * takes time in proportion to both lengths, whatever the stars.
 */
final class NamePattern {
  private final String pattern;

  private NamePattern(String pattern) {
    this.pattern = pattern;
  }

  /** Whether a name has to be taken for a pattern. */
  static boolean isPattern(String name) {
    return name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
  }

  static NamePattern of(String pattern) {
    return new NamePattern(pattern);
  }

  /** Whether a name is one of those; as in a shell, a dot in front is not matched by a star. */
  boolean matches(String name) {
    if (name.startsWith(".") && !pattern.startsWith(".")) {
      return false;
    }
    int at = 0;
    int in = 0;
    int star = -1;
    int taken = 0; // what the last star has taken ends here
    while (at < name.length()) {
      if (in < pattern.length() && pattern.charAt(in) == '*') {
        star = in++;
        taken = at;
      } else if (in < pattern.length() && isSame(pattern.charAt(in), name.charAt(at))) {
        in++;
        at++;
      } else if (star >= 0) {
        in = star + 1;
        at = ++taken;
      } else {
        return false;
      }
    }
    while (in < pattern.length() && pattern.charAt(in) == '*') {
      in++;
    }
    return in == pattern.length();
  }

  private static boolean isSame(char wanted, char there) {
    return wanted == '?' || wanted == there;
  }
}
