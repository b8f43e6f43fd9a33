package dev.berth.limits;

import dev.berth.limits.Evidence.Kind;
import java.time.Duration;
import java.time.Instant;

/**
 * One ceiling on connections: what the server allows us as far as we know, and how much of that it
 * gives us just now. Immutable; the methods that learn return the next ceiling.
 *
 * <p>Two numbers, because two things happen. A server's limit is a setting and hardly ever changes;
 * but sessions of other programs, and ghosts, take places under it that come back by themselves
 * (gateway facts, "Traps"). So a refusal below a limit with good evidence lowers the room, not the
 * limit; the room is tried again after seconds, then minutes, at most the server's idle time, after
 * which every ghost is gone. Only when the server gives less for longer than that, the evidence
 * fades and a counted limit falls to the room: limits do change by the time of day.
 *
 * @param limit the most connections we believe the server allows; at least 1
 * @param room how many we may hold now without trying our luck; 1 to {@code limit}
 * @param roomSince since when the room is what it is
 * @param evidence why we believe the limit
 * @param raiseAt when one more than the room may be tried, if somebody waits
 * @param probePause how long after a refused probe above the limit the next comes
 * @param recoveryPause the same for a try above the room and up to the limit
 */
public record Ceiling(
    int limit,
    int room,
    Instant roomSince,
    Evidence evidence,
    Instant raiseAt,
    Duration probePause,
    Duration recoveryPause) {

  public Ceiling {
    if (room < 1 || room > limit) {
      throw new IllegalArgumentException("room " + room + " under a limit of " + limit);
    }
  }

  /** The ceiling before anything was seen. */
  static Ceiling first(LimitSettings settings, Instant now) {
    Kind kind =
        switch (settings.start()) {
          case LimitSettings.Configured configured -> Kind.CONFIGURED;
          case LimitSettings.Seed seed -> Kind.SEED;
        };
    int start = settings.start().connections();
    return new Ceiling(
        start,
        start,
        now,
        new Evidence(kind, now, ""),
        now,
        settings.firstProbe(),
        settings.firstRecovery());
  }

  /** How many places of the limit others hold, or ghosts. */
  public int missing() {
    return limit - room;
  }

  MayOpen mayOpen(Occupancy places, Instant now, LimitSettings settings) {
    if (evidence.kind() == Kind.SEED && places.opening() > 0) {
      // One after the other while nothing is known: then the first refusal is a clean count, and
      // the only one, however many wait ("mirror --parallel 8" under a limit of 2).
      return new MayOpen.Full("the limit is not known yet and one connection is being tried");
    }
    if (places.used() < room) {
      return besideOutsiders(places, now, settings);
    }
    boolean isFinal = room >= settings.most() || (evidence.isFixed() && room >= limit);
    if (isFinal || places.waiting() == 0) {
      return new MayOpen.Full("all places are taken");
    }
    if (places.used() > room || !places.isCalm()) {
      return new MayOpen.Full("all places are taken, or not free again yet");
    }
    if (now.isBefore(raiseAt)) {
      return new MayOpen.NotBefore(raiseAt, "all places are taken; one more is tried later");
    }
    return new MayOpen.Now();
  }

  /**
   * Connections of programs that are no Berths are seen in the kernel's tables; what the server
   * makes of them is not. They may be dead, or not logged in. So they delay an attempt and do not
   * forbid it: one at a time is made, and no refusal defers the next for longer than a ghost lives.
   */
  private MayOpen besideOutsiders(Occupancy places, Instant now, LimitSettings settings) {
    Outside outside = places.outside();
    if (evidence.isUntested() || places.used() + outside.connections() < limit) {
      return new MayOpen.Now();
    }
    Instant notBefore = outside.since().plus(settings.firstRecovery());
    // No refusal beside them defers it so far, so they were not there yet.
    boolean isOfProbe = raiseAt.isAfter(now.plus(settings.longestRecovery()));
    Instant next = isOfProbe || raiseAt.isBefore(notBefore) ? notBefore : raiseAt;
    if (now.isBefore(next)) {
      return new MayOpen.NotBefore(
          next, "programs other than Berth hold the rest; one more is tried all the same");
    }
    return places.isCalm()
        ? new MayOpen.Now()
        : new MayOpen.Full("one connection is being tried beside those of other programs");
  }

  /** So many work now, the newest included. */
  Ceiling opened(int held, Instant now, LimitSettings settings) {
    if (held <= room) {
      return this;
    }
    if (held <= limit) {
      return withRoom(held, now, held < limit ? eased(recoveryPause, settings) : recoveryPause);
    }
    if (evidence.isUntested()) {
      return new Ceiling(
          held,
          held,
          now,
          new Evidence(Kind.GROWN, now, ""),
          now,
          settings.firstProbe(),
          settings.firstRecovery());
    }
    return known(held, Kind.PROBED, now, "", settings.firstProbe(), settings);
  }

  /** Refused with a number: it wins over any count. */
  Ceiling stated(int held, int number, String words, Instant now, LimitSettings settings) {
    if (evidence.isFixed()) {
      return held < limit
          ? below(held, 0, now, settings)
          : confirmed(new Evidence(Kind.STATED, now, words), now, settings);
    }
    int stated = Math.min(number, settings.most());
    boolean confirmed = evidence.kind() == Kind.STATED && limit == stated;
    // A number said in words is not worth many probes: the longest pause from the first.
    Ceiling known = known(stated, Kind.STATED, now, words, settings.longestProbe(), settings);
    if (held >= stated) {
      return known;
    }
    if (confirmed && held > room) {
      return this;
    }
    Ceiling before = confirmed ? withEvidence(known.evidence()) : known;
    return before.below(held, 0, now, settings);
  }

  /**
   * Refused without a number.
   *
   * @param berths how many connections of Berths worked
   * @param outside how many other programs had beside
   */
  Ceiling counted(
      int berths, int outside, Kind kind, String words, Instant now, LimitSettings settings) {
    if (berths > room) {
      // Others of the same burst got in meanwhile: what works disproves the count.
      return this;
    }
    int held = inAll(berths, outside);
    if (held > room) {
      return known(
          Math.min(held, settings.most()), kind, now, words, settings.firstProbe(), settings);
    }
    if (held == 0) {
      return below(held, outside, now, settings);
    }
    if (evidence.kind() == Kind.SEED || (evidence.isWeak() && held < limit)) {
      return known(held, kind, now, words, settings.firstProbe(), settings);
    }
    if (held < limit) {
      return below(held, outside, now, settings);
    }
    return evidence.isUntested()
        ? known(held, kind, now, words, settings.firstProbe(), settings)
        : confirmed(new Evidence(kind, now, words), now, settings);
  }

  /**
   * This, learned beside so many connections of other programs: those come back sooner than a
   * server changes its limit, and one that is dead shall not hold a place for half an hour.
   */
  Ceiling beside(int outside, Instant now, LimitSettings settings) {
    Instant latest = now.plus(settings.longestRecovery());
    return outside > 0 && raiseAt.isAfter(latest) ? withRaiseAt(latest) : this;
  }

  /** A probe above a limit that was found before was refused: the limit holds. */
  private Ceiling confirmed(Evidence again, Instant now, LimitSettings settings) {
    Evidence better = again.kind().compareTo(evidence.kind()) >= 0 ? again : evidence;
    Duration next = doubled(probePause, settings.longestProbe());
    return new Ceiling(limit, room, roomSince, better, now.plus(probePause), next, recoveryPause);
  }

  /**
   * What a refusal without a number is counted at. In doubt connections of other programs count, so
   * that a limit is never taken for lower than it is because of them. They say no more than that a
   * limit is full which was found before.
   */
  private int inAll(int berths, int outside) {
    int all = berths + outside;
    return evidence.isUntested() ? all : Math.max(berths, Math.min(all, room));
  }

  /** Whether an attempt beside so many was a try of luck, which could well be refused. */
  boolean isRaise(int berths, int outside) {
    int held = inAll(berths, outside);
    return held >= room || (held > 0 && evidence.isWeak());
  }

  /** Somebody else holds the rest of the limit, or a ghost does. */
  private Ceiling below(int held, int outside, Instant now, LimitSettings settings) {
    int left = Math.max(1, Math.min(held, limit));
    if (left < room) {
      return withRoom(left, now, recoveryAfterLoss(now, settings));
    }
    boolean faded = !now.isBefore(roomSince.plus(settings.fade()));
    if (faded && !evidence.isLasting() && held > 0 && outside == 0) {
      return known(room, Kind.COUNTED, now, evidence.words(), settings.firstProbe(), settings);
    }
    Duration longest = faded ? settings.longestProbe() : settings.longestRecovery();
    Duration next = doubled(recoveryPause, longest);
    return new Ceiling(limit, room, roomSince, evidence, now.plus(next), probePause, next);
  }

  private static Ceiling known(
      int limit, Kind kind, Instant now, String words, Duration probe, LimitSettings settings) {
    return new Ceiling(
        limit,
        limit,
        now,
        new Evidence(kind, now, words),
        now.plus(probe),
        doubled(probe, settings.longestProbe()),
        settings.firstRecovery());
  }

  /**
   * Places that go missing again soon after they came back are tried ever later: a server that
   * forgets a closed connection after a second would else refuse hundreds of times an hour.
   */
  private Duration recoveryAfterLoss(Instant now, LimitSettings settings) {
    boolean again = now.isBefore(roomSince.plus(settings.fade()));
    return again
        ? atMost(recoveryPause.multipliedBy(3).dividedBy(2), settings.longestRecovery())
        : settings.firstRecovery();
  }

  private Ceiling withRoom(int newRoom, Instant now, Duration recovery) {
    Instant probe = evidence.isUntested() ? now : now.plus(probePause);
    Instant next = newRoom == limit ? probe : now.plus(recovery);
    return new Ceiling(limit, newRoom, now, evidence, next, probePause, recovery);
  }

  Ceiling withRaiseAt(Instant time) {
    return new Ceiling(limit, room, roomSince, evidence, time, probePause, recoveryPause);
  }

  /**
   * What one believes of this ceiling whose user says that the limit is so much: less, if the
   * server was seen to allow less.
   */
  Ceiling under(int configured) {
    boolean isGuess = evidence.isUntested() || evidence.isWeak();
    if (limit < configured && !isGuess) {
      return this;
    }
    Evidence theirs = new Evidence(Kind.CONFIGURED, evidence.at(), "");
    int most = evidence.isUntested() ? configured : Math.min(room, configured);
    return new Ceiling(configured, most, roomSince, theirs, raiseAt, probePause, recoveryPause);
  }

  /** No more than this, however much the server may allow. */
  Ceiling atMost(int most) {
    return limit <= most
        ? this
        : new Ceiling(
            most, Math.min(room, most), roomSince, evidence, raiseAt, probePause, recoveryPause);
  }

  Ceiling withEvidence(Evidence newEvidence) {
    return new Ceiling(limit, room, roomSince, newEvidence, raiseAt, probePause, recoveryPause);
  }

  /**
   * The counterpart of the growth after a loss, a half: in the simulated server that forgets after
   * a second, halving instead cost three times the refusals for a sixteenth more connections.
   */
  private static Duration eased(Duration pause, LimitSettings settings) {
    Duration less = pause.multipliedBy(2).dividedBy(3);
    return less.compareTo(settings.firstRecovery()) < 0 ? settings.firstRecovery() : less;
  }

  private static Duration doubled(Duration pause, Duration longest) {
    return atMost(pause.multipliedBy(2), longest);
  }

  private static Duration atMost(Duration pause, Duration longest) {
    return pause.compareTo(longest) > 0 ? longest : pause;
  }
}
