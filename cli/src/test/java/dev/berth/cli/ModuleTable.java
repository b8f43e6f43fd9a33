package dev.berth.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of modules as ARCHITECTURE.md prints it, and what the poms say of the same modules. So
 * the paper is the rule: no list of modules stands in a test.
 *
 * @param needs by module, in the order of the table: the modules that it needs directly
 */
record ModuleTable(Map<String, List<String>> needs) {
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z]+)` \\|.*\\| ([^|]+) \\|$", Pattern.MULTILINE);
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<groupId>dev\\.berth</groupId><artifactId>berth-([a-z]+)</artifactId>"
              + "(<scope>test</scope>)?</dependency>");
  private static final Pattern MODULE = Pattern.compile("<module>([a-z]+)</module>");

  /** The table in the paper. */
  static ModuleTable inThePaper() {
    String paper = read(root().resolve("ARCHITECTURE.md"));
    int begin = paper.indexOf("## Modules");
    Matcher row = ROW.matcher(paper.substring(begin, paper.indexOf("\n## ", begin)));
    Map<String, List<String>> needs = new LinkedHashMap<>();
    while (row.find()) {
      String cell = row.group(2).strip();
      needs.put(row.group(1), cell.equals("-") ? List.of() : Arrays.asList(cell.split(", ")));
    }
    return new ModuleTable(needs);
  }

  /** The same, as the poms have it: the order of the reactor, and what is needed beyond tests. */
  static ModuleTable inThePoms() {
    Map<String, List<String>> needs = new LinkedHashMap<>();
    Matcher module = MODULE.matcher(read(root().resolve("pom.xml")));
    while (module.find()) {
      needs.put(module.group(1), dependencies(module.group(1)));
    }
    return new ModuleTable(needs);
  }

  private static List<String> dependencies(String module) {
    List<String> needed = new ArrayList<>();
    Matcher dependency = DEPENDENCY.matcher(pom(module));
    while (dependency.find()) {
      if (dependency.group(2) == null) {
        needed.add(dependency.group(1));
      }
    }
    return needed;
  }

  /** The modules that others may build on: all but the programs and what is made for tests. */
  List<String> libraries() {
    return needs.keySet().stream()
        .filter(module -> !pom(module).contains("<berth.program>true</berth.program>"))
        .toList();
  }

  /** A module, and all that it may see: what it needs, what that needs, and so on. */
  Set<String> visibleFrom(String module) {
    Set<String> visible = new TreeSet<>(Set.of(module));
    needs.getOrDefault(module, List.of()).forEach(need -> visible.addAll(visibleFrom(need)));
    return visible;
  }

  private static String pom(String module) {
    return read(root().resolve(module).resolve("pom.xml"));
  }

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("ARCHITECTURE.md"))) {
      at = at.getParent();
    }
    return at;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
