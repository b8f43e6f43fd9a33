package dev.berth.limits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was learned about limits, kept between runs: a small text file for each budget, in a folder
 * that the caller names. Only its owner can read it: user names are in it. A file that cannot be
 * read is reported and then ignored; it never stops a job. Immutable; any thread may use it, and
 * any number of programs share a folder: the last writer wins, after it has taken over what the
 * others had learned meanwhile.
 */
public final class LimitMemory {
  private final StateFolder files;

  /** A memory in a folder, which is made on the first write. */
  public LimitMemory(Path folder) {
    this.files = new StateFolder(folder, "limits");
  }

  /**
   * What is remembered about a budget, to be given to {@link LimitLearner#resume}. Reads one small
   * file.
   */
  public Recall<LimitState> recall(BudgetName name) {
    return files.recall(name, text -> LimitFile.read(name, text));
  }

  /**
   * All that is remembered, in the order of the files' names. What cannot be read is left out.
   *
   * @throws IOException if the folder cannot be read
   */
  public Map<BudgetName, LimitState> all() throws IOException {
    Map<BudgetName, LimitState> all = new LinkedHashMap<>();
    for (Path file : files()) {
      if (Files.size(file) <= StateFolder.LARGEST_FILE) {
        remembered(StateFolder.read(file), all);
      }
    }
    return all;
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(files.path())) {
      return List.of();
    }
    try (Stream<Path> each = Files.list(files.path())) {
      return each.filter(it -> it.toString().endsWith(".limits")).sorted().toList();
    }
  }

  private static void remembered(String text, Map<BudgetName, LimitState> all) {
    try {
      BudgetName name = LimitFile.name(text);
      all.put(name, LimitFile.read(name, text));
    } catch (IllegalArgumentException e) {
      // Damaged, or of a later version: who uses that server is told so.
      return;
    }
  }

  /**
   * Remembers a state, joined with what another program has written meanwhile. The file is replaced
   * as a whole: a reader sees the old one or the new one. What a clock that was ahead has written
   * is not joined: it would be the latest word until that time comes.
   *
   * @param now the time of the state
   * @throws IOException if it cannot be written; the old file is as it was
   */
  public void keep(BudgetName name, LimitState state, Instant now) throws IOException {
    LimitState joined =
        recall(name) instanceof Recall.Known<LimitState>(LimitState theirs)
                && theirs.isOfOurTime(now, LimitSettings.standard())
            ? LimitMerge.of(state, theirs)
            : state;
    write(name, joined);
  }

  /** Remembers a state in place of whatever was remembered, but for a pause. */
  void replace(BudgetName name, LimitState state) throws IOException {
    Pace pace =
        recall(name) instanceof Recall.Known<LimitState>(LimitState old)
            ? old.pace()
            : state.pace();
    write(name, state.withPace(pace));
  }

  /** Forgets what is remembered of a budget; answers whether there was anything. */
  boolean forget(BudgetName name) throws IOException {
    return Files.deleteIfExists(files.file(name));
  }

  /** Forgets everything, what cannot be read too. */
  void forgetAll() throws IOException {
    for (Path file : files()) {
      Files.deleteIfExists(file);
    }
  }

  private void write(BudgetName name, LimitState state) throws IOException {
    files.replace(name, LimitFile.write(name, state));
  }
}
