package dev.berth.client;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What was found out of one server, each thing once: in this run, or in an earlier one and not seen
 * again yet. Any thread may call it; every method locks for itself. What has to look and write in
 * one move holds {@link #lock} around that, which may be taken again by the same thread.
 */
final class Findings {
  /** What is seen again and again is written anew once a day, not in every run. */
  private static final Duration WORTH_WRITING = Duration.ofDays(1);

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Trait, Finding> findings = new EnumMap<>(Trait.class); // guarded by lock
  private final Set<Trait> unseen = EnumSet.noneOf(Trait.class); // guarded by lock; in this run
  private final Set<Trait> passing = EnumSet.noneOf(Trait.class); // guarded by lock
  private String server = ""; // guarded by lock
  private boolean changed; // guarded by lock

  /** None yet. */
  Findings(InstantSource clock) {
    this.clock = clock;
  }

  /** What an earlier run remembered, but for what is too old to be believed. */
  static Findings resume(RememberedTraits remembered, InstantSource clock) {
    Findings resumed = new Findings(clock);
    resumed.server = remembered.server();
    for (Finding finding : remembered.findings()) {
      if (!finding.isStale(clock.instant())) {
        resumed.findings.put(finding.trait(), finding);
        resumed.unseen.add(finding.trait());
      }
    }
    return resumed;
  }

  /** Guards all of it, and what goes with it: never held over anything but memory. */
  ReentrantLock lock() {
    return lock;
  }

  /** What the next run shall know. */
  RememberedTraits remembered() {
    lock.lock();
    try {
      return new RememberedTraits(server, List.copyOf(findings.values()));
    } finally {
      lock.unlock();
    }
  }

  /** Whether that differs from what was resumed. */
  boolean isNews() {
    lock.lock();
    try {
      return changed;
    } finally {
      lock.unlock();
    }
  }

  /** They are of the server with this mark: of another one nothing is remembered. */
  void areOf(String mark) {
    lock.lock();
    try {
      if (!mark.equals(server)) {
        findings.keySet().removeAll(unseen);
        unseen.clear();
        server = mark;
        changed = true;
      }
    } finally {
      lock.unlock();
    }
  }

  boolean has(Trait trait) {
    lock.lock();
    try {
      return findings.containsKey(trait) || passing.contains(trait);
    } finally {
      lock.unlock();
    }
  }

  /** It is so for the rest of this run; the next one is to find it out for itself. */
  void isForNow(Trait trait) {
    lock.lock();
    try {
      passing.add(trait);
    } finally {
      lock.unlock();
    }
  }

  Optional<String> value(Trait trait) {
    lock.lock();
    try {
      return Optional.ofNullable(findings.get(trait)).map(Finding::value);
    } finally {
      lock.unlock();
    }
  }

  /** Whether it was found in this run, not only in an earlier one. */
  boolean saw(Trait trait) {
    lock.lock();
    try {
      return findings.containsKey(trait) && !unseen.contains(trait);
    } finally {
      lock.unlock();
    }
  }

  void found(Trait trait) {
    found(trait, Trait.YES);
  }

  void found(Trait trait, String value) {
    lock.lock();
    try {
      boolean again = !unseen.remove(trait);
      Finding known = findings.get(trait);
      if (known != null && known.value().equals(value)) {
        if (again || !known.at().plus(WORTH_WRITING).isBefore(clock.instant())) {
          return; // This is asked for each file.
        }
      }
      findings.put(trait, new Finding(trait, value, clock.instant()));
      changed = true;
    } finally {
      lock.unlock();
    }
  }

  void forget(Trait trait) {
    lock.lock();
    try {
      unseen.remove(trait);
      passing.remove(trait);
      changed |= findings.remove(trait) != null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Forgets what an earlier run remembers of these, and this one has not seen.
   *
   * @return whether there was any of it
   */
  boolean doubt(Set<Trait> traits) {
    lock.lock();
    try {
      boolean any = false;
      for (Trait trait : traits) {
        if (unseen.contains(trait)) {
          forget(trait);
          any = true;
        }
      }
      return any;
    } finally {
      lock.unlock();
    }
  }
}
