package dev.berth.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happens to a newcomer at a full limit. */
public sealed interface Policy {
  /** Turned away. */
  record Refuse() implements Policy {}

  /**
   * Waits for its turn, behind who came before; one prefix with many waiting is served in turns
   * with the others.
   *
   * @param longestWait then turned away; more than zero. 100 s is long enough for most, and curl
   *     bears 120 s of a greeting
   * @param mostWaiting how many may wait at this limit; 1 to 100,000
   */
  record Queue(Duration longestWait, int mostWaiting) implements Policy {
    public Queue {
      List<String> faults = new ArrayList<>();
      Words.check(
          faults, Words.isPositive(longestWait), "longestWait", longestWait, "more than zero");
      Words.check(
          faults,
          mostWaiting >= 1 && mostWaiting <= 100_000,
          "mostWaiting",
          mostWaiting,
          "1 to 100,000");
      Words.stop("queue", faults);
    }
  }

  /**
   * The session of the same prefix and account that has been idle for longest gives way, at the
   * login: before it nobody knows who the newcomer is, and nobody may end the sessions of others.
   * Where the limit is one of a prefix, a few are let in beyond it until they have logged in.
   *
   * @param idleFor who has been idle for less never gives way
   * @param mostProvisional how many of a prefix may be here beyond its limit and not logged in yet;
   *     1 to 100
   */
  record ReplaceIdle(Duration idleFor, int mostProvisional) implements Policy {
    public ReplaceIdle {
      List<String> faults = new ArrayList<>();
      Words.check(faults, !idleFor.isNegative(), "idleFor", idleFor, "not negative");
      Words.check(
          faults,
          mostProvisional >= 1 && mostProvisional <= 100,
          "mostProvisional",
          mostProvisional,
          "1 to 100");
      Words.stop("replace-idle", faults);
    }
  }
}
