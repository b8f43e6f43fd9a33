package dev.berth.cli;

import dev.berth.transfer.MirrorSettings;
import dev.berth.transfer.MirrorSettings.Choice;
import dev.berth.transfer.MirrorSettings.Deletion;
import dev.berth.transfer.MirrorSettings.Links;
import dev.berth.transfer.PathRules;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Reads the options that {@code mirror} alone has. */
final class MirrorOptions {
  private MirrorOptions() {}

  /**
   * What they come to.
   *
   * @throws UsageException when one of them cannot be used
   */
  static MirrorSettings of(ParseResult parsed) {
    return new MirrorSettings(
        rules(parsed),
        links(parsed.matchedOptionValue(OptionTable.LINKS, "skip")),
        parsed.hasMatchedOption(OptionTable.NEWER) ? Choice.NEWER : Choice.DIFFERENT,
        deletion(parsed));
  }

  /** Includes and excludes in the order in which they stand on the command line. */
  private static PathRules rules(ParseResult parsed) {
    PathRules rules = PathRules.all();
    Map<String, Integer> seen = new HashMap<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      String name = option.longestName();
      int index = seen.merge(name, 1, Integer::sum) - 1;
      if (index < option.stringValues().size()) {
        rules = with(rules, name, option.stringValues().get(index));
      }
    }
    return rules;
  }

  private static PathRules with(PathRules rules, String option, String value) {
    try {
      return switch (option) {
        case OptionTable.INCLUDE -> rules.include(value);
        case OptionTable.EXCLUDE -> rules.exclude(value);
        case OptionTable.EXCLUDE_FROM -> rules.excludeLines(lines(value));
        default -> rules;
      };
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + "=" + value + ": " + Failures.reason(e));
    }
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Arguments.path(file));
    } catch (MalformedInputException e) {
      throw new UsageException(OptionTable.EXCLUDE_FROM + "=" + file + ": is not in UTF-8");
    } catch (IOException e) {
      throw new UsageException(OptionTable.EXCLUDE_FROM + "=" + file + ": " + Failures.describe(e));
    }
  }

  private static Links links(String word) {
    return switch (word) {
      case "skip" -> Links.SKIP;
      case "follow" -> Links.FOLLOW;
      case "copy" -> Links.COPY;
      default -> throw new UsageException("--links=" + word + ": neither skip, follow nor copy");
    };
  }

  private static Deletion deletion(ParseResult parsed) {
    String most = parsed.matchedOptionValue(OptionTable.MAX_DELETE, "");
    boolean deletes = parsed.hasMatchedOption(OptionTable.DELETE);
    if (most.isEmpty() && !parsed.hasMatchedOption(OptionTable.MAX_DELETE)) {
      return deletes ? new Deletion.Everything() : new Deletion.Nothing();
    }
    if (!deletes) {
      throw new UsageException("--max-delete bounds what --delete removes: give both");
    }
    boolean isNumber =
        !most.isEmpty() && most.length() <= 9 && most.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!isNumber) {
      throw new UsageException("--max-delete=" + most + ": not a whole number");
    }
    return new Deletion.AtMost(Integer.parseInt(most));
  }
}
