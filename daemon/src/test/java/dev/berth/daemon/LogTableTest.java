package dev.berth.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the server logs, against the table in docs/server.md. */
final class LogTableTest {
  private static final List<String> MODULES =
      List.of("lifetime", "transport", "admission", "session", "server", "settings", "daemon");

  /** A whole line of the log; with its level, if that stands before it. */
  private static final Pattern LINE =
      Pattern.compile("(DEBUG,\\s*(?:\\(\\) ->\\s*)?)?\"event=([a-z-]+)");

  /** Those methods that log an event which they are given. */
  private static final Pattern GIVEN =
      Pattern.compile("\\b(?:log|session\\.fault|tell)\\(\\s*\"([a-z][a-z-]*)\"");

  private static final Pattern ROW = Pattern.compile("^\\| ([^|]+) \\|", Pattern.MULTILINE);
  private static final Pattern WORD = Pattern.compile("`([a-z-]+)`");

  @Test
  void tableHasEveryEventAndNoOther() throws IOException {
    Set<String> logged = new TreeSet<>();
    for (String module : MODULES) {
      logged.addAll(loggedIn(root().resolve(module).resolve("src/main/java")));
    }

    assertThat(inTheTable()).containsExactlyInAnyOrderElementsOf(logged).contains("login-waits");
  }

  private static Set<String> loggedIn(Path sources) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(sources)) {
      files = walk.filter(it -> it.toString().endsWith(".java")).toList();
    }
    Set<String> events = new TreeSet<>();
    for (Path file : files) {
      String text = Files.readString(file);
      LINE.matcher(text)
          .results()
          .filter(it -> it.group(1) == null)
          .forEach(it -> events.add(it.group(2)));
      GIVEN.matcher(text).results().forEach(it -> events.add(it.group(1)));
    }
    return events;
  }

  private static Set<String> inTheTable() throws IOException {
    String paper = Files.readString(root().resolve("docs/server.md"));
    int begin = paper.indexOf("| event | keys |");
    Matcher row = ROW.matcher(paper.substring(begin, paper.indexOf("\n\n", begin)));
    Set<String> events = new TreeSet<>();
    while (row.find()) {
      WORD.matcher(row.group(1)).results().forEach(it -> events.add(it.group(1)));
    }
    return events;
  }

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("ARCHITECTURE.md"))) {
      at = at.getParent();
    }
    return at;
  }
}
