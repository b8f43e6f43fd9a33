package dev.berth.cli;

import dev.berth.limits.BudgetName;
import dev.berth.limits.LimitMemory;
import dev.berth.limits.LimitSettings;
import dev.berth.limits.LimitState;
import dev.berth.limits.Machine;
import dev.berth.limits.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How all servers stand that we remember or that some program uses now. Immutable; any thread may
 * use it.
 *
 * @param memory what is remembered
 * @param machine where its programs share
 */
record Standings(LimitMemory memory, Machine machine) {
  private static final Comparator<BudgetName> BY_SERVER =
      Comparator.comparing(BudgetName::host)
          .thenComparingInt(BudgetName::port)
          .thenComparing(BudgetName::source);

  /** Those that a command line speaks of. */
  static Standings of(Options options, Surroundings surroundings) {
    Path stateFolder = options.stateFolder(surroundings);
    return new Standings(
        new LimitMemory(stateFolder.resolve("limits")),
        Machine.sharingIn(surroundings.shareFolder()));
  }

  /** What we remember, with those who are at work; of accounts only we know anything. */
  List<Standing> now(Instant now) throws IOException {
    Map<BudgetName, LimitState> remembered = memory.all();
    Map<BudgetName, Standing> all = new TreeMap<>(BY_SERVER);
    remembered.forEach((name, state) -> all.put(name, remembered(name, state)));
    for (Standing active : Standing.all(machine, LimitSettings.standard(), now)) {
      LimitState ours = remembered.getOrDefault(active.name(), active.state());
      LimitState both =
          new LimitState(active.state().address(), ours.accounts(), active.state().pace());
      // Under whichever of its names we remember it, it stands here once.
      Stream.concat(active.holders().stream(), active.waiting().stream())
          .map(it -> it.route().server())
          .filter(host -> !host.isEmpty())
          .forEach(host -> all.remove(renamed(active.name(), host)));
      all.put(
          active.name(),
          new Standing(
              active.name(), both, active.holders(), active.waiting(), active.outsiders()));
    }
    return new ArrayList<>(all.values());
  }

  /** What we remember alone. */
  List<Standing> remembered() throws IOException {
    Map<BudgetName, Standing> all = new TreeMap<>(BY_SERVER);
    memory.all().forEach((name, state) -> all.put(name, remembered(name, state)));
    return new ArrayList<>(all.values());
  }

  private static BudgetName renamed(BudgetName name, String host) {
    return new BudgetName(host, name.port(), name.source());
  }

  private static Standing remembered(BudgetName name, LimitState state) {
    return new Standing(name, state, List.of(), List.of(), List.of());
  }
}
