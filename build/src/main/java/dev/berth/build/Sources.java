package dev.berth.build;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks every Java source of the repository: its format (that of google-java-format) and the rules
 * of {@link SourceRules}. Run by the build as {@code Sources check|apply ROOT}; {@code apply}
 * repairs the format.
 */
public final class Sources {
  private final Formatter formatter = new Formatter();
  private final List<String> faults = new ArrayList<>();
  private final boolean repair;
  private final Path root;

  private Sources(boolean repair, Path root) {
    this.repair = repair;
    this.root = root;
  }

  /**
   * Exits with 1 when a source breaks a rule, each fault on a line of standard error.
   *
   * @param args {@code check} or {@code apply}, then the repository's root
   * @throws IOException when a source cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 2 || !(args[0].equals("check") || args[0].equals("apply"))) {
      throw new IllegalArgumentException("usage: Sources check|apply ROOT");
    }
    Sources sources = new Sources(args[0].equals("apply"), Path.of(args[1]));
    for (Path file : javaFiles(sources.root)) {
      sources.inspect(file);
    }
    sources.faults.forEach(System.err::println);
    System.exit(sources.faults.isEmpty() ? 0 : 1);
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    try (Stream<Path> modules = Files.list(root)) {
      List<Path> files = new ArrayList<>();
      for (Path source :
          modules.map(module -> module.resolve("src")).filter(Files::isDirectory).toList()) {
        try (Stream<Path> tree = Files.walk(source)) {
          tree.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
        }
      }
      return files;
    }
  }

  private void inspect(Path file) throws IOException {
    String text = Files.readString(file);
    Path name = root.relativize(file);
    SourceRules.faults(name, text).forEach(faults::add);
    String formatted;
    try {
      formatted = formatter.formatSourceAndFixImports(text);
    } catch (FormatterException e) {
      faults.add(name + ": " + e.getMessage());
      return;
    }
    if (formatted.equals(text)) {
      return;
    }
    if (repair) {
      Files.writeString(file, formatted);
    } else {
      faults.add(name + ": not formatted; run ./check --format");
    }
  }
}
