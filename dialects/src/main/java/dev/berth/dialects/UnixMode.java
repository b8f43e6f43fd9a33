package dev.berth.dialects;

import java.util.Optional;
import java.util.regex.Pattern;

/** Unix permissions, as digits and as the nine letters of {@code ls}. */
final class UnixMode {
  private static final Pattern OCTAL = Pattern.compile("[0-7]{1,7}");

  private UnixMode() {}

  /**
   * The letters of an octal mode: {@code 0644} gives {@code rw-r--r--}. Bits above the twelve
   * permissions (the file's type, as in {@code 100644}) are left out.
   */
  static Optional<String> letters(String octal) {
    if (!OCTAL.matcher(octal).matches()) {
      return Optional.empty();
    }
    int mode = Integer.parseInt(octal, 8);
    char[] letters = new char[9];
    for (int i = 0; i < 9; i++) {
      boolean granted = (mode >> (8 - i) & 1) == 1;
      letters[i] = granted ? "rwx".charAt(i % 3) : '-';
    }
    special(letters, 2, (mode & 04000) != 0);
    special(letters, 5, (mode & 02000) != 0);
    special(letters, 8, (mode & 01000) != 0);
    return Optional.of(new String(letters));
  }

  /** Set-user-ID, set-group-ID and sticky stand in the place of x; in capitals where x is not. */
  private static void special(char[] letters, int at, boolean set) {
    if (set) {
      char letter = at == 8 ? 't' : 's';
      letters[at] = letters[at] == 'x' ? letter : Character.toUpperCase(letter);
    }
  }
}
