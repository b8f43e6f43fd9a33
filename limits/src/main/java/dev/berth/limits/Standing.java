package dev.berth.limits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How one budget of this machine stands, for people: what is known of its limit, who has places and
 * who waits, in all programs. Immutable.
 *
 * @param name whose budget
 * @param state what is known about the limits; accounts are missing, for they are not shared
 * @param holders one for each place
 * @param waiting the programs that wait for one
 */
public record Standing(
    BudgetName name, LimitState state, List<Occupant> holders, List<Occupant> waiting) {
  public Standing {
    holders = List.copyOf(holders);
    waiting = List.copyOf(waiting);
  }

  /**
   * Looks at all budgets in which some program has a place or waits. Changes nothing.
   *
   * @param top where the programs of the machine share; it may not exist
   * @param settings for how long a closed connection counts
   * @throws IOException if something there cannot be read
   */
  public static List<Standing> all(Path top, LimitSettings settings, Instant now)
      throws IOException {
    List<Standing> standings = new ArrayList<>();
    if (Files.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> folders = Files.list(top)) {
        for (Path folder : folders.sorted().toList()) {
          if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            of(SharedFolder.existing(folder), settings, now).ifPresent(standings::add);
          }
        }
      }
    }
    return standings;
  }

  private static Optional<Standing> of(SharedFolder folder, LimitSettings settings, Instant now)
      throws IOException {
    Optional<SharedState.Text> known = SharedState.text(folder);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    try (SlotFiles slots = new SlotFiles(folder, settings.settle())) {
      Elsewhere all = slots.elsewhere(now);
      boolean nobody = all.isNobody() && all.waiting().isEmpty();
      return nobody
          ? Optional.empty()
          : Optional.of(
              new Standing(known.get().name(), known.get().state(), all.holders(), all.waiting()));
    }
  }
}
