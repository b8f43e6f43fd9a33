package dev.berth.simulator;

import dev.berth.wire.Reply;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the gaps in the lines of a mask. Pure. */
final class Template {
  /** The lines between the first and the last of our own reply: a line that is this alone. */
  static final String MIDDLE = "{middle}";

  private static final Pattern GAP = Pattern.compile("\\{([a-z]+)\\}");
  private static final Pattern EXTENDED = Pattern.compile("\\(\\|\\|\\|\\d+\\|\\)");
  private static final Pattern PASSIVE = Pattern.compile("\\d+(?:,\\d+){5}");
  private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"]|\"\")*\"");
  private static final Pattern BYTES = Pattern.compile("(\\d+) bytes");
  private static final Set<String> KNOWN =
      Set.of(
          "argument",
          "bytes",
          "client",
          "clock",
          "date",
          "extended",
          "file",
          "filepath",
          "first",
          "folder",
          "limit",
          "middle",
          "ours",
          "passive",
          "path",
          "plain",
          "port",
          "quoted",
          "seconds",
          "sessions",
          "type",
          "user",
          "verb");

  private Template() {}

  /** Stops at a gap that nothing fills. */
  static void check(String line) {
    Matcher gap = GAP.matcher(line);
    while (gap.find()) {
      if (!KNOWN.contains(gap.group(1))) {
        throw new IllegalArgumentException("nothing fills the gap {" + gap.group(1) + "}");
      }
    }
  }

  /**
   * A whole reply with its line ends.
   *
   * @param ours what we would say ourselves
   * @param values of the gaps that are not in our own reply
   */
  static String fill(Row row, Reply ours, Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    for (String line : row.lines()) {
      if (line.strip().equals(MIDDLE)) {
        for (int n = 1; n < ours.lines().size() - 1; n++) {
          text.append(oneLine(ours.lines().get(n))).append("\r\n");
        }
      } else {
        text.append(fill(line, ours.text(), values)).append("\r\n");
      }
    }
    return text.toString();
  }

  private static String fill(String line, String ours, Map<String, String> values) {
    return GAP.matcher(line)
        .replaceAll(gap -> Matcher.quoteReplacement(oneLine(value(gap.group(1), ours, values))));
  }

  private static String value(String gap, String ours, Map<String, String> values) {
    return switch (gap) {
      case "ours" -> ours;
      case "extended" -> found(EXTENDED, ours, 0);
      case "passive" -> found(PASSIVE, ours, 0);
      case "quoted" -> found(QUOTED, ours, 0);
      case "bytes" -> found(BYTES, ours, 1);
      default -> values.getOrDefault(gap, "");
    };
  }

  private static String found(Pattern pattern, String text, int group) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(group) : "";
  }

  /** No name breaks out of its line. */
  private static String oneLine(String text) {
    return text.replace('\r', '?').replace('\n', '?').replace('\0', '?');
  }
}
