package dev.berth.limits;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The connections of this machine to the server of a budget, at one moment. Immutable.
 *
 * @param ours the local ports of our own
 * @param others those of all other processes, other Berths among them
 */
record Outlook(SortedSet<Integer> ours, List<Other> others) {
  static final Outlook NOTHING = new Outlook(new TreeSet<>(), List.of());

  /**
   * A connection of another process.
   *
   * @param port its local port
   */
  record Other(int port, Outsider who) {}

  Outlook {
    ours = new TreeSet<>(ours);
    others = List.copyOf(others);
  }

  /** The same but for the connections from these local ports. */
  Outlook without(Set<Integer> ports) {
    return new Outlook(
        ours, others.stream().filter(other -> !ports.contains(other.port())).toList());
  }

  /**
   * Whose connections are not those of Berths. A Berth that has just connected did not yet say by
   * which port: then the connection that nobody knows is taken for its own. So each is taken away
   * once, and what a Berth in another network namespace says takes nothing away.
   *
   * @param berths the places of other Berths, one for each connection
   */
  List<Outsider> outsiders(List<Occupant> berths) {
    Set<Integer> told = new HashSet<>();
    Map<ProcessName, Integer> untold = new HashMap<>();
    for (Occupant berth : berths) {
      told.addAll(berth.route().ports());
      untold.merge(berth.program(), 1, Integer::sum);
    }
    int unknown = 0;
    for (Occupant berth : berths) {
      Integer places = untold.remove(berth.program());
      unknown += places == null ? 0 : Math.max(0, places - berth.route().ports().size());
    }
    List<Outsider> outsiders = new ArrayList<>();
    for (Other other : others) {
      if (!told.contains(other.port())) {
        outsiders.add(other.who());
      }
    }
    return outsiders.subList(0, Math.max(0, outsiders.size() - unknown));
  }
}
