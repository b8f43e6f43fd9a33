package dev.berth.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mask as it is written down. A line with {@code @} sets a value. A line at the margin begins a
 * row: its occasion, perhaps how our own reply has to begin, in quotes, perhaps {@code after 3s},
 * perhaps {@code then end}; below, indented by two, the lines of the reply. {@code #} begins a
 * comment.
 *
 * @param values by key
 * @param rows by occasion, in the order of the file
 */
record MaskFile(Map<String, String> values, Map<String, List<Row>> rows) {
  private static final Pattern HEAD =
      Pattern.compile(
          "([\\w*,-]+)(?: ([\\w*-]+))?(?: \"([^\"]*)\")?(?: after (\\w+))?( then end)?");

  /** RFC 775, which many treat as the commands of RFC 959. */
  private static final Map<String, String> SAME =
      Map.of("XPWD", "PWD", "XCWD", "CWD", "XCUP", "CDUP", "XMKD", "MKD", "XRMD", "RMD");

  /**
   * Reads a mask.
   *
   * @throws IllegalArgumentException with the line that is none
   */
  static MaskFile read(String name, String text) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, List<Row>> rows = new LinkedHashMap<>();
    List<String> lines = text.lines().toList();
    int n = 0;
    while (n < lines.size()) {
      String line = lines.get(n);
      n++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("@")) {
        int space = line.indexOf(' ');
        values.put(line.substring(1, space), line.substring(space + 1).strip());
        continue;
      }
      List<String> said = new ArrayList<>();
      while (n < lines.size() && lines.get(n).startsWith("  ")) {
        said.add(lines.get(n).substring(2));
        Template.check(lines.get(n));
        n++;
      }
      addRow(rows, line, said, name + ".mask line " + n);
    }
    return new MaskFile(values, rows);
  }

  private static void addRow(
      Map<String, List<Row>> rows, String line, List<String> said, String where) {
    Matcher head = HEAD.matcher(line);
    if (!head.matches()) {
      throw new IllegalArgumentException(where + ": this is no occasion: " + line);
    }
    Duration after = head.group(4) == null ? Duration.ZERO : StepText.time(head.group(4));
    boolean isLast = head.group(5) != null || said.isEmpty();
    for (String verb : head.group(1).split(",", -1)) {
      String key = head.group(2) == null ? verb : verb + " " + head.group(2);
      String begins = head.group(3) == null ? "" : head.group(3);
      rows.computeIfAbsent(key, it -> new ArrayList<>())
          .add(new Row(key, begins, after, isLast, said));
    }
  }

  String value(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("a mask without @" + key);
    }
    return value;
  }

  /** Whether a command that it does not know is told so even before the login. */
  boolean tellsUnknownFirst() {
    return values.containsKey("unknown-first");
  }

  String typeName(boolean isAscii) {
    return isAscii ? values.getOrDefault("ascii", "ASCII") : values.getOrDefault("image", "BINARY");
  }

  Set<String> words(String key) {
    return Set.copyOf(Arrays.asList(values.getOrDefault(key, "").split(" ")));
  }

  Duration time(String key) {
    return StepText.time(value(key));
  }

  /** What is said to a command where we would give this reply. */
  Optional<Row> served(String verb, int code, String ours) {
    return first(verb + " " + code, ours)
        .or(() -> first(SAME.getOrDefault(verb, verb) + " " + code, ours))
        .or(() -> first("* " + code, ours));
  }

  /** What is said on another occasion: {@code ends idle}, then {@code ends *}. */
  Optional<Row> on(String occasion, String which) {
    return first(occasion + " " + which, "").or(() -> first(occasion + " *", ""));
  }

  /** What is said on an occasion of which there is one. */
  Optional<Row> on(String occasion) {
    return first(occasion, "");
  }

  private Optional<Row> first(String key, String ours) {
    return rows.getOrDefault(key, List.of()).stream()
        .filter(row -> ours.startsWith(row.begins()))
        .findFirst();
  }
}
