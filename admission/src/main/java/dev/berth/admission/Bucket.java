package dev.berth.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The slots of one count, each in exactly one of three places. Guarded by the lock of its
 * admission.
 */
final class Bucket {
  /** So many are looked through each time; more, once a second at the most. */
  private static final int FEW = 100;

  private static final Duration STALE = Duration.ofSeconds(1);

  private final Set<Slot> standing = new LinkedHashSet<>(2);
  private final List<Slot> provisional = new ArrayList<>(0);
  private final List<Slot> leaving = new ArrayList<>(0);
  private Tally tally = new Tally(Instant.MIN, 0, Duration.ZERO);

  /** How many were idle at a moment, and the longest of them for how long. */
  record Tally(Instant at, int idle, Duration longest) {}

  void add(Slot slot, Footing footing) {
    boolean isNew = on(footing).add(slot);
    assert isNew;
  }

  void remove(Slot slot, Footing footing) {
    boolean was = on(footing).remove(slot);
    assert was : slot + " is not " + footing;
  }

  private Collection<Slot> on(Footing footing) {
    return switch (footing) {
      case STANDING -> standing;
      case PROVISIONAL -> provisional;
      case LEAVING -> leaving;
    };
  }

  Collection<Slot> standing() {
    return standing;
  }

  List<Slot> provisional() {
    return provisional;
  }

  List<Slot> leaving() {
    return leaving;
  }

  int size() {
    return standing.size() + provisional.size() + leaving.size();
  }

  Tally idle(Instant now) {
    if (standing.size() > FEW && tally.at().plus(STALE).isAfter(now)) {
      return tally;
    }
    int idle = 0;
    Duration longest = Duration.ZERO;
    for (Slot slot : standing) {
      if (slot.activity() instanceof Activity.Idle(Instant since)) {
        idle++;
        Duration time = Duration.between(since, now);
        longest = time.compareTo(longest) > 0 ? time : longest;
      }
    }
    tally = new Tally(now, idle, longest);
    return tally;
  }
}
