package dev.berth.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * The text of a users file, in which the lines of one account can be found. Immutable. What cannot
 * be done is an {@link IllegalArgumentException} that says why.
 */
final class UsersText {
  private static final Pattern HASH =
      Pattern.compile("^(\\s*(?:hash|\"hash\")\\s*=\\s*)(?:\"[^\"]*\"|'[^']*')(.*)$");

  private final List<String> lines;
  private final TomlParseResult toml;

  /** Lines of one table: the header, and the last that says something. Counted from 0. */
  record Span(int header, int last) {}

  private UsersText(List<String> lines, TomlParseResult toml) {
    this.lines = lines;
    this.toml = toml;
  }

  static UsersText of(String text) {
    fault(text)
        .ifPresent(words -> {
          throw new IllegalArgumentException(words);
        });
    return new UsersText(List.of(text.split("\n", -1)), Toml.parse(text));
  }

  /** Why a text is no TOML, if it is none. */
  static Optional<String> fault(String text) {
    TomlParseResult toml = Toml.parse(text);
    return toml.errors().stream()
        .findFirst()
        .map(error -> "line " + error.position().line() + ": " + error.getMessage());
  }

  /** Where the table of a user stands, if there is such a user. */
  Optional<Span> table(String name) {
    List<String> path = List.of(UsersFile.USER, name);
    if (!toml.contains(path)) {
      return Optional.empty();
    }
    TomlPosition position = toml.inputPositionOf(path);
    int header = position == null ? -1 : position.line() - 1;
    boolean isTable = toml.get(path) instanceof TomlTable;
    if (!isTable || header < 0 || !lines.get(header).strip().startsWith("[")) {
      throw new IllegalArgumentException(
          "user "
              + name
              + " does not stand in a table of its own, ["
              + Toml.joinKeyPath(path)
              + "]: change it by hand");
    }
    Integer next = headers().higher(header);
    int last = (next == null ? lines.size() : next) - 1;
    while (last > header && saysNothing(lines.get(last))) {
      last--;
    }
    return Optional.of(new Span(header, last));
  }

  private static boolean saysNothing(String line) {
    return line.isBlank() || line.strip().startsWith("#");
  }

  private NavigableSet<Integer> headers() {
    NavigableSet<Integer> headers = new TreeSet<>();
    collect(toml, List.of(), headers);
    return headers;
  }

  private void collect(TomlTable table, List<String> path, Set<Integer> headers) {
    for (String key : table.keySet()) {
      List<String> below = new ArrayList<>(path);
      below.add(key);
      if (table.get(List.of(key)) instanceof TomlTable inner) {
        TomlPosition position = toml.inputPositionOf(below);
        if (position != null && lines.get(position.line() - 1).strip().startsWith("[")) {
          headers.add(position.line() - 1);
        }
        collect(inner, below, headers);
      }
    }
  }

  /** The text with another hash for a user. */
  String withHash(String name, String hash) {
    Span span = table(name).orElseThrow(() -> missing(name));
    TomlPosition position = toml.inputPositionOf(List.of(UsersFile.USER, name, "hash"));
    List<String> changed = new ArrayList<>(lines);
    if (position == null) {
      changed.add(span.header() + 1, "hash = \"" + hash + "\"");
      return String.join("\n", changed);
    }
    int line = position.line() - 1;
    Matcher shape = HASH.matcher(lines.get(line).replace("\r", ""));
    if (!shape.matches()) {
      throw new IllegalArgumentException(
          "the hash of user " + name + " does not stand on one line: change it by hand");
    }
    changed.set(line, shape.group(1) + "\"" + hash + "\"" + shape.group(2));
    return String.join("\n", changed);
  }

  /** The text without a user. */
  String without(String name) {
    Span span = table(name).orElseThrow(() -> missing(name));
    List<String> left = new ArrayList<>(lines.subList(0, span.header()));
    int next = span.last() + 1;
    boolean endsBlank = left.isEmpty() || left.getLast().isBlank();
    while (endsBlank && next < lines.size() && lines.get(next).isBlank()) {
      next++;
    }
    left.addAll(lines.subList(next, lines.size()));
    return String.join("\n", left);
  }

  private static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException("there is no user " + name);
  }
}
