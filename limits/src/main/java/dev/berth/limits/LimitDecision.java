package dev.berth.limits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a user decides about limits by hand: for all later runs, and for the programs that are at
 * work just now, which obey between two files at the latest. Immutable; any thread may use it.
 */
public final class LimitDecision {
  /** More than any server gives one address. */
  public static final int MOST = 1000;

  private final LimitMemory memory;
  private final Machine machine;

  /** Decides for one user's memory, and for the programs of a machine. */
  public LimitDecision(LimitMemory memory, Machine machine) {
    this.memory = memory;
    this.machine = machine;
  }

  /**
   * Sets a limit: no more connections are opened, nothing that the server says changes it, until it
   * is forgotten. May block while the server's name is resolved.
   *
   * @param connections 1 to {@link #MOST}
   * @throws IOException if it cannot be written
   */
  public void set(BudgetName name, int connections, Instant now) throws IOException {
    if (connections < 1 || connections > MOST) {
      throw new IllegalArgumentException("a limit is a number from 1 to " + MOST);
    }
    LimitState set = LimitState.set(connections, now);
    memory.replace(name, set);
    BudgetName common = machine.common(name);
    Path folder = machine.folder().resolve(FileNames.folder(common));
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      tell(common, SharedFolder.existing(folder), set);
    }
  }

  /**
   * Forgets what is known of a server from all our addresses, what was set and what was learned.
   * May block while the server's name is resolved.
   *
   * @return whether anything was known
   * @throws IOException if it cannot be written
   */
  public boolean forget(String host, int port, Instant now) throws IOException {
    BudgetName name = BudgetName.of(host, port);
    BudgetName common = machine.common(name);
    boolean wasKnown = false;
    for (BudgetName each : memory.all().keySet()) {
      if (each.host().equals(name.host()) && each.port() == port) {
        wasKnown |= memory.forget(each);
      }
    }
    for (SharedState.Text each : shared()) {
      boolean isIt =
          each.name().host().equals(common.host()) || each.name().host().equals(name.host());
      if (isIt && each.name().port() == port) {
        tell(each.name(), folder(each.name()), LimitState.forgotten(now));
        wasKnown = true;
      }
    }
    return wasKnown;
  }

  /**
   * Forgets what is known of all servers.
   *
   * @throws IOException if it cannot be written
   */
  public void forgetAll(Instant now) throws IOException {
    memory.forgetAll();
    for (SharedState.Text each : shared()) {
      tell(each.name(), folder(each.name()), LimitState.forgotten(now));
    }
  }

  private SharedFolder folder(BudgetName common) {
    return SharedFolder.existing(machine.folder().resolve(FileNames.folder(common)));
  }

  /** What programs share just now, or did last. */
  private List<SharedState.Text> shared() throws IOException {
    if (!Files.isDirectory(machine.folder(), LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(machine.folder())) {
      List<SharedState.Text> all = new ArrayList<>();
      for (Path folder : folders.sorted().toList()) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          SharedState.text(SharedFolder.existing(folder))
              .filter(
                  it -> FileNames.folder(it.name()).equals(String.valueOf(folder.getFileName())))
              .ifPresent(all::add);
        }
      }
      return all;
    }
  }

  /** A pause that the server caused stays: it may be a ban. */
  private static void tell(BudgetName name, SharedFolder folder, LimitState decided)
      throws IOException {
    try (SharedState shared = new SharedState(name, folder)) {
      shared.change(decided, theirs -> decided.withPace(theirs.pace()));
    }
  }
}
