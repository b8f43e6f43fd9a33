package dev.berth.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** The options of one command line, read. Immutable. */
final class Options {
  private final ParseResult parsed;
  private final Choices choices;

  private Options(ParseResult parsed, Choices choices) {
    this.parsed = parsed;
    this.choices = choices;
  }

  /**
   * Reads the options of a command.
   *
   * @throws UsageException when a value is none
   */
  static Options of(ParseResult parsed) {
    Choices choices = Choices.NONE;
    for (Setting<?> setting : Setting.GENERAL) {
      String option = "--" + setting.name();
      if (parsed.hasMatchedOption(option)) {
        choices = with(choices, setting, parsed.matchedOptionValue(option, ""));
      }
    }
    return new Options(parsed, choices);
  }

  private static Choices with(Choices choices, Setting<?> setting, String text) {
    try {
      return choices.with(setting, text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + setting.name() + "=" + text + ": " + Failures.reason(e));
    }
  }

  /** The command that they belong to, as it is called: {@code mirror}. */
  String command() {
    return parsed.commandSpec().name();
  }

  /** The command line as it may be kept and run again: see {@link RecordedWords}. */
  List<String> words() {
    return RecordedWords.of(parsed);
  }

  /** What was chosen of the settings. */
  Choices choices() {
    return choices;
  }

  /** {@code --json}. */
  boolean isJson() {
    return parsed.hasMatchedOption(OptionTable.JSON);
  }

  /** {@code --quiet}. */
  boolean isQuiet() {
    return parsed.hasMatchedOption(OptionTable.QUIET);
  }

  /** {@code --verbose}. */
  boolean isVerbose() {
    return parsed.hasMatchedOption(OptionTable.VERBOSE);
  }

  /** {@code --dry-run}. */
  boolean isDryRun() {
    return parsed.hasMatchedOption(OptionTable.DRY_RUN);
  }

  /** {@code --recursive}. */
  boolean isRecursive() {
    return parsed.hasMatchedOption(OptionTable.RECURSIVE);
  }

  /** {@code --force}. */
  boolean isForced() {
    return parsed.hasMatchedOption(OptionTable.FORCE);
  }

  /** {@code --parents}. */
  boolean isWithParents() {
    return parsed.hasMatchedOption(OptionTable.PARENTS);
  }

  /** {@code --all}. */
  boolean isAll() {
    return parsed.hasMatchedOption(OptionTable.ALL);
  }

  /** {@code --keep}. */
  boolean isKeeping() {
    return parsed.hasMatchedOption(OptionTable.KEEP);
  }

  /** {@code --interval}. */
  Optional<String> interval() {
    return Optional.ofNullable(parsed.matchedOptionValue(OptionTable.INTERVAL, null));
  }

  /** {@code --permissions}. */
  boolean isKeepingPermissions() {
    return parsed.hasMatchedOption(OptionTable.PERMISSIONS);
  }

  /** {@code --password-file}: a pathname, or a hyphen for standard input. */
  Optional<String> passwordFile() {
    return Optional.ofNullable(parsed.matchedOptionValue(OptionTable.PASSWORD_FILE, null));
  }

  /** {@code --state-dir}, else where the surroundings say. */
  Path stateFolder(Surroundings surroundings) {
    Optional<String> chosen =
        Optional.ofNullable(parsed.matchedOptionValue(OptionTable.STATE_DIR, null));
    return chosen.map(Path::of).orElseGet(surroundings::stateFolder);
  }
}
