package dev.berth.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command line as it may be kept on disk and run again from anywhere: without passwords, and with
 * pathnames from the root.
 */
final class RecordedWords {
  private static final Set<String> OPTIONS_WITH_PATHS =
      Set.of(OptionTable.PASSWORD_FILE, OptionTable.STATE_DIR, OptionTable.EXCLUDE_FROM);

  private final ParseResult parsed;
  private final List<String> kept = new ArrayList<>();
  private int arguments;

  private RecordedWords(ParseResult parsed) {
    this.parsed = parsed;
  }

  /**
   * The words of a command that moves files.
   *
   * @return the name of the command first
   */
  static List<String> of(ParseResult parsed) {
    RecordedWords words = new RecordedWords(parsed);
    words.kept.add(parsed.commandSpec().name());
    words.keepAll();
    return List.copyOf(words.kept);
  }

  private void keepAll() {
    List<String> typed = parsed.originalArgs();
    // A job that is resumed is parsed without the name of its command.
    boolean hasName = parsed.commandSpec().parent() != null;
    int first = hasName ? typed.indexOf(parsed.commandSpec().name()) + 1 : 0;
    boolean areOptionsOver = false;
    String waiting = ""; // an option whose value is the next word
    for (String word : typed.subList(first, typed.size())) {
      if (!waiting.isEmpty()) {
        kept.add(value(waiting, word));
        waiting = "";
      } else if (!areOptionsOver && word.equals("--")) {
        areOptionsOver = true;
        kept.add(word);
      } else if (!areOptionsOver && word.length() > 1 && word.startsWith("-")) {
        waiting = keepOption(word);
      } else {
        arguments++;
        kept.add(ServerUrl.isUrl(word) ? withoutPassword(word) : absolute(word));
      }
    }
    if (arguments == 1 && parsed.commandSpec().name().equals("get")) {
      kept.add(absolute(".")); // what get does without a target
    }
  }

  /** Returns its name if its value is still to come. */
  private String keepOption(String word) {
    int equals = word.indexOf('=');
    if (equals > 0) {
      String name = word.substring(0, equals);
      kept.add(name + "=" + value(name, word.substring(equals + 1)));
      return "";
    }
    kept.add(word);
    OptionSpec option = parsed.commandSpec().findOption(word);
    return option != null && option.arity().min() > 0 ? word : "";
  }

  private static String value(String option, String value) {
    return OPTIONS_WITH_PATHS.contains(option) && !value.equals("-") ? absolute(value) : value;
  }

  /** A slash at the end can mean a folder, and stays. */
  private static String absolute(String path) {
    try {
      String whole = Path.of(path).toAbsolutePath().normalize().toString();
      return path.endsWith("/") && !whole.endsWith("/") ? whole + "/" : whole;
    } catch (InvalidPathException e) {
      return path;
    }
  }

  /** {@code ftp://ann:secret@host/} becomes {@code ftp://ann@host/}. */
  private static String withoutPassword(String url) {
    int start = url.indexOf("://") + 3;
    int slash = url.indexOf('/', start);
    int end = slash < 0 ? url.length() : slash;
    int at = url.lastIndexOf('@', end - 1);
    int colon = url.indexOf(':', start);
    return colon >= start && colon < at ? url.substring(0, colon) + url.substring(at) : url;
  }
}
