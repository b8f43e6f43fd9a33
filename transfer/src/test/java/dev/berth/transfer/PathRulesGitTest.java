package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.PeerMissing;
import dev.berth.testkit.PeersOrSkip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The same patterns for the same trees, asked of git where there is one. */
@Timeout(120)
@ExtendWith(PeersOrSkip.class)
class PathRulesGitTest {
  private static final int ROUNDS = 60;
  private static final String[] NAMES = {"a", "b", "ab", "ba", "a.b", "b.a", "abc", "a b"};
  private static final String[] PIECES = {
    "a",
    "b",
    "ab",
    "a.b",
    "*",
    "**",
    "?",
    "/",
    "/",
    "[ab]",
    "[!a]",
    "[a-b]",
    ".",
    "\\a",
    "***",
    "[[:alpha:]]",
    "c",
    "[^b.]"
  };

  @TempDir Path folder;

  @BeforeEach
  void gitIsThere() throws Exception {
    boolean isThere;
    try {
      isThere = git(List.of("init", "-q", "."), "") != null;
    } catch (IOException missing) {
      isThere = false;
    }
    if (!isThere) {
      throw new PeerMissing("git");
    }
  }

  private String git(List<String> words, String input) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-c", "core.excludesFile=/dev/null"));
    command.addAll(words);
    Process git = new ProcessBuilder(command).directory(folder.toFile()).start();
    try (var out = git.getOutputStream()) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(git.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  @Test
  void theSameIsLeftOut() throws Exception {
    long seed = Long.getLong("berth.seed", System.nanoTime());
    Random random = new Random(seed);
    List<String> paths = tree(random);
    for (int round = 0; round < ROUNDS; round++) {
      List<String> lines = lines(random);
      Files.write(folder.resolve(".gitignore"), lines);

      PathRules rules = PathRules.all().excludeLines(lines);
      Set<String> ours = new HashSet<>();
      for (String path : paths) {
        if (rules.excludes(path, Files.isDirectory(folder.resolve(path)))) {
          ours.add(path);
        }
      }

      assertThat(ours).as("-Dberth.seed=%d, lines %s", seed, lines).isEqualTo(ignored(paths));
    }
  }

  private Set<String> ignored(List<String> paths) throws Exception {
    String asked = String.join("\0", paths) + "\0";
    String said = git(List.of("check-ignore", "--no-index", "-z", "--stdin"), asked);
    return new HashSet<>(
        Arrays.stream(said.split("\0", -1)).filter(path -> !path.isEmpty()).toList());
  }

  /** Files and folders, three deep. */
  private List<String> tree(Random random) throws IOException {
    List<String> paths = new ArrayList<>();
    for (int n = 0; n < 80; n++) {
      List<String> names = new ArrayList<>();
      for (int depth = random.nextInt(3); depth >= 0; depth--) {
        names.add(NAMES[random.nextInt(NAMES.length)]);
      }
      String path = String.join("/", names);
      Path place = folder.resolve(path);
      try {
        Files.createDirectories(place.getParent());
        if (random.nextBoolean()) {
          Files.createDirectories(place);
        } else if (!Files.exists(place)) {
          Files.createFile(place);
        }
        paths.add(path);
      } catch (IOException taken) {
        assertThat(Files.exists(folder.resolve(names.getFirst()))).as(taken.toString()).isTrue();
      }
    }
    return paths;
  }

  /** Patterns that we take: those that can never match are refused. */
  private static List<String> lines(Random random) {
    List<String> lines = new ArrayList<>();
    while (lines.size() < 1 + random.nextInt(4)) {
      StringBuilder line = new StringBuilder(random.nextInt(4) == 0 ? "!" : "");
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        line.append(PIECES[random.nextInt(PIECES.length)]);
      }
      // Git 2.39 compares what stands before the first wildcard apart, and takes stars behind that
      // for leading ones: b**/a leaves out ba, against its own manual.
      if (line.toString().matches("!?[^*?\\[\\\\]*[^*?\\[\\\\/!]\\*\\*.*")) {
        continue;
      }
      try {
        PathRules.all().exclude(line.toString());
        lines.add(line.toString());
      } catch (IllegalArgumentException none) {
        continue;
      }
    }
    return lines;
  }
}
