package dev.berth.cli;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides passwords in what a user typed, before it is said back in a message. It looks at the shape
 * alone and so works for addresses that cannot be read; it rather hides too much than too little.
 */
final class Masking {
  /** A user, a colon, anything up to the last at sign: with or without a scheme before it. */
  private static final Pattern LOGIN =
      Pattern.compile("(?is)^((?:[a-z][a-z0-9+.-]*:/+)?+[^:@/]*:)(.*)@");

  private static final Pattern LOGIN_IN_TEXT =
      Pattern.compile("(?i)(\\bftps?://[^\\s:@/]*:)[^\\s@]+@");

  private static final Pattern SECRET_OPTION =
      Pattern.compile("(?is)(-{1,2}(?:pass|pw|secret)[a-z-]*=).*");

  private Masking() {}

  /** One argument of the command line, with what may be a password replaced by {@code ***}. */
  static String argument(String argument) {
    Matcher option = SECRET_OPTION.matcher(argument);
    if (option.matches() && !argument.startsWith("--password-file=")) {
      return option.group(1) + "***";
    }
    return LOGIN.matcher(argument).replaceFirst("$1***@");
  }

  /** A message, with every argument in it that may hold a password replaced by its masked form. */
  static String message(String message, List<String> arguments) {
    String masked = message;
    for (String argument : arguments) {
      String shown = argument(argument);
      if (!shown.equals(argument)) {
        masked = masked.replace(argument, shown);
      }
    }
    return text(masked);
  }

  /** A text of any origin, with the passwords in the addresses in it replaced. */
  static String text(String text) {
    return LOGIN_IN_TEXT.matcher(text).replaceAll("$1***@");
  }
}
