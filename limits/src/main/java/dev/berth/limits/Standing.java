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
 * @param name whose budget, by a name of the server that one of the programs uses
 * @param state what is known about the limits; accounts are missing, for they are not shared
 * @param holders one for each place
 * @param waiting the programs that wait for one
 * @param outsiders programs that are no Berths, one for each connection that they have there
 */
public record Standing(
    BudgetName name,
    LimitState state,
    List<Occupant> holders,
    List<Occupant> waiting,
    List<Outsider> outsiders) {
  public Standing {
    holders = List.copyOf(holders);
    waiting = List.copyOf(waiting);
    outsiders = List.copyOf(outsiders);
  }

  /**
   * Looks at all budgets in which some program has a place or waits. Changes nothing.
   *
   * @param machine where its programs share; its folder may not exist
   * @param settings for how long a closed connection counts
   * @throws IOException if something there cannot be read
   */
  public static List<Standing> all(Machine machine, LimitSettings settings, Instant now)
      throws IOException {
    List<Standing> standings = new ArrayList<>();
    Path top = machine.folder();
    if (Files.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> folders = Files.list(top)) {
        for (Path folder : folders.sorted().toList()) {
          if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            of(machine, SharedFolder.existing(folder), settings, now).ifPresent(standings::add);
          }
        }
      }
    }
    return standings;
  }

  /** All programs that have a place or wait. */
  private static BudgetName name(BudgetName common, Elsewhere all) {
    return Stream.concat(all.holders().stream(), all.waiting().stream())
        .map(it -> it.route().server())
        .filter(it -> !it.isEmpty() && !it.equals(common.host()))
        .findFirst()
        .map(host -> new BudgetName(host, common.port(), common.source()))
        .orElse(common);
  }

  private static Optional<Standing> of(
      Machine machine, SharedFolder folder, LimitSettings settings, Instant now)
      throws IOException {
    Optional<SharedState.Text> known = SharedState.text(folder);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    try (SlotFiles slots = new SlotFiles(folder, settings.settle())) {
      Elsewhere all = slots.elsewhere(now);
      boolean nobody = all.isNobody() && all.waiting().isEmpty();
      if (nobody) {
        return Optional.empty();
      }
      BudgetName common = known.get().name();
      List<Outsider> outsiders = new Connections(machine, common).look().outsiders(all.holders());
      return Optional.of(
          new Standing(
              name(common, all), known.get().state(), all.holders(), all.waiting(), outsiders));
    }
  }
}
