package dev.berth.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Something that goes wrong on demand. Immutable; of one kind a simulator has one at the most. */
public sealed interface Fault {
  /**
   * An address may have so many sessions, told as the mask tells it.
   *
   * @param steps one after the other; the last one stays. At least one
   */
  record LimitPerAddress(List<Step> steps) implements Fault {
    /** How many, and for how long; of the last one the time means nothing. */
    public record Step(int most, Duration time) {
      public Step {
        requirePositive("limit", most);
        requirePositive("time of a limit", time.toNanos());
      }
    }

    public LimitPerAddress {
      steps = List.copyOf(steps);
      if (steps.isEmpty()) {
        throw new IllegalArgumentException("limits by time: none");
      }
    }

    /** The same all the time. */
    public static LimitPerAddress of(int most) {
      return new LimitPerAddress(List.of(new Step(most, Duration.ofDays(1))));
    }
  }

  /** All addresses together may have so many sessions. */
  record LimitInAll(int most) implements Fault {
    public LimitInAll {
      requirePositive("limit", most);
    }
  }

  /** The place of a session stays taken for a time after its end. */
  record Ghosts(Duration time) implements Fault {
    public Ghosts {
      requirePositive("ghosts", time.toNanos());
    }
  }

  /** Each data connection is reset once it has moved so many bytes, in either direction. */
  record CutData(long everyBytes) implements Fault {
    public CutData {
      requirePositive("cut", everyBytes);
    }
  }

  /**
   * Each control connection is reset once more than so many bytes of replies would have gone out,
   * whoever has the words for them.
   */
  record CutControl(long everyBytes) implements Fault {
    public CutControl {
      requirePositive("cut of control connections", everyBytes);
    }
  }

  /** Each data connection stands still after so many bytes, for a time; then it goes on. */
  record Stall(long afterBytes, Duration time) implements Fault {
    public Stall {
      requirePositive("time of a stall", time.toNanos());
      if (afterBytes < 0) {
        throw new IllegalArgumentException("a stall after " + afterBytes + " bytes");
      }
    }
  }

  /** The first reply, greeting or refusal, comes late. */
  record SlowAccept(Duration time) implements Fault {
    public SlowAccept {
      requirePositive("slow accept", time.toNanos());
    }
  }

  /**
   * The control connection is reset in place of a reply.
   *
   * @param rate how many of all replies: 0 to 1
   * @param seed the same one makes the same replies fail, if one client asks at a time
   */
  record Resets(double rate, long seed) implements Fault {
    public Resets {
      if (!(rate >= 0 && rate <= 1)) {
        throw new IllegalArgumentException("rate of resets: " + rate + " is not within 0 and 1");
      }
    }
  }

  /** SIZE and MLST tell so many bytes more than there are; fewer if negative. */
  record WrongSize(long addedBytes) implements Fault {}

  /** Of each so many bytes that are sent, the last one has a wrong bit. */
  record Corrupt(long everyBytes) implements Fault {
    public Corrupt {
      requirePositive("corrupt", everyBytes);
    }
  }

  /** Sessions are ended when idle for so long, in place of the time that the mask has. */
  record IdleTimeout(Duration time) implements Fault {
    public IdleTimeout {
      requirePositive("idle time", time.toNanos());
    }
  }

  private static void requirePositive(String what, long number) {
    if (number <= 0) {
      throw new IllegalArgumentException(what + " has to be more than zero");
    }
  }

  /**
   * Reads limits that change by time.
   *
   * @param text {@code 2 for 10s, 1 for 500ms, 4}: a number, and how long it holds (ms, s, m); the
   *     last one stays
   * @throws IllegalArgumentException with what is wrong
   */
  static LimitPerAddress limits(String text) {
    List<LimitPerAddress.Step> steps = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      steps.add(StepText.read(part.strip()));
    }
    return new LimitPerAddress(steps);
  }
}
