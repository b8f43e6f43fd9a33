package dev.berth.pool;

import dev.berth.client.RememberedTraits;
import dev.berth.client.ServerTraits;
import dev.berth.limits.BudgetName;
import dev.berth.limits.Recall;
import dev.berth.limits.StateFolder;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What was learned of servers' ways, kept between runs: a small text file for each server, in a
 * folder that the caller names. A file that cannot be read is reported and then ignored. Immutable;
 * any thread may use it. Of programs that learn at the same time the last writer's word counts:
 * what the other found out it finds out again.
 */
public final class TraitsMemory {
  private static final String NOTE =
      "# What Berth found out about a server's ways. May be deleted.\n";
  private static final String VERSION = "version=1\n";

  private final StateFolder files;

  /** A memory in a folder, which is made on the first write. */
  public TraitsMemory(Path folder) {
    this.files = new StateFolder(folder, "traits");
  }

  /**
   * What is remembered of a server, to be given to {@link ServerTraits#resume}. Reads one small
   * file.
   */
  public Recall<RememberedTraits> recall(BudgetName name) {
    return files.recall(name, text -> read(name, text));
  }

  private static RememberedTraits read(BudgetName name, String text) {
    String head = head(name);
    if (!text.startsWith(head)) {
      throw new IllegalArgumentException("does not begin with " + head.replace('\n', ' ').strip());
    }
    return RememberedTraits.of(text.substring(head.length()));
  }

  /**
   * Remembers a server's ways in place of what was remembered.
   *
   * @throws IOException if it cannot be written; the old file is as it was
   */
  public void keep(BudgetName name, RememberedTraits traits) throws IOException {
    files.replace(name, head(name) + traits.text());
  }

  private static String head(BudgetName name) {
    return NOTE
        + VERSION
        + "host="
        + name.host()
        + "\nport="
        + name.port()
        + "\nsource="
        + name.source()
        + "\n";
  }
}
