package dev.berth.admission;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Who waits. Prefixes take turns: the second waiter of a prefix is behind the first of each other,
 * so that one prefix with fifty waiting delays the others by one turn. Guarded by the lock of its
 * admission.
 */
final class WaitLine {
  private static final Comparator<Turn<?>> ORDER =
      Comparator.<Turn<?>>comparingLong(Turn::round).thenComparingLong(Turn::number);

  private final NavigableSet<Turn<?>> turns = new TreeSet<>(ORDER);

  /** The same turns by what they have in common: a prefix, a count, a limit at which they wait. */
  private final Map<Object, NavigableSet<Turn<?>>> groups = new HashMap<>();

  private long round; // of whoever was served last
  private long numbers;

  /** Those who wait for room in a count, of all those who would be counted there. */
  private record At(Key key) {}

  /** The round in which a newcomer of a prefix is served: one after its own last, or the next. */
  long nextRound(Network prefix) {
    NavigableSet<Turn<?>> own = group(prefix);
    return 1 + (own.isEmpty() ? round : Math.max(round, own.last().round()));
  }

  void add(Turn<?> turn) {
    numbers++;
    turn.queued(nextRound(turn.claim().slot().prefix()), numbers);
    turns.add(turn);
    for (Object common : groupsOf(turn)) {
      join(common, turn);
    }
  }

  void remove(Turn<?> turn) {
    if (turns.remove(turn)) {
      for (Object common : groupsOf(turn)) {
        leave(common, turn);
      }
    }
  }

  private void join(Object common, Turn<?> turn) {
    groups.computeIfAbsent(common, c -> new TreeSet<>(ORDER)).add(turn);
  }

  private void leave(Object common, Turn<?> turn) {
    NavigableSet<Turn<?>> group = group(common);
    group.remove(turn);
    if (group.isEmpty()) {
      groups.remove(common);
    }
  }

  /** It is another limit now at which it waits; its place in the order stays. */
  void moveTo(Turn<?> turn, Decision.Blocked block) {
    if (!block.key().equals(turn.waitsFor())) {
      leave(new At(turn.waitsFor()), turn);
      turn.waitsAt(block);
      join(new At(turn.waitsFor()), turn);
    }
  }

  private static List<Object> groupsOf(Turn<?> turn) {
    List<Object> common = new ArrayList<>(turn.keys());
    common.add(turn.queuedPrefix());
    common.add(turn.claim().slot());
    common.add(new At(turn.waitsFor()));
    return common;
  }

  private NavigableSet<Turn<?>> group(Object common) {
    return groups.getOrDefault(common, Collections.emptyNavigableSet());
  }

  void served(Turn<?> turn) {
    remove(turn);
    round = Math.max(round, turn.round());
  }

  boolean isEmpty() {
    return turns.isEmpty();
  }

  /** A copy in order: it may be read while waiters are served and leave. */
  List<Turn<?>> inOrder() {
    return new ArrayList<>(turns);
  }

  /** Those of one slot. */
  List<Turn<?>> of(Slot slot) {
    return List.copyOf(group(slot));
  }

  /** How many wait for room in a count. */
  int waitingFor(Key key) {
    return group(new At(key)).size();
  }

  /** How many of those who wait would be counted there. */
  int claiming(Key key) {
    return group(key).size();
  }

  /** Who is served last of those who wait for room in a count: there is somebody. */
  Turn<?> lastFor(Key key) {
    return group(new At(key)).last();
  }

  /** How many turns until this one: 1 for the next. */
  int position(Turn<?> turn) {
    return 1 + group(new At(turn.waitsFor())).headSet(turn, false).size();
  }
}
