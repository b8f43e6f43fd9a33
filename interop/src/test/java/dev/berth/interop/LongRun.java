package dev.berth.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What {@code ./check --long} runs besides the ordinary suite: rounds upon rounds, drawn from a
 * seed.
 */
final class LongRun {
  /** A test that runs with {@code -Dberth.long=true} alone. */
  @Tag("long")
  @EnabledIfSystemProperty(named = "berth.long", matches = "true")
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Only {}

  private LongRun() {}

  /** How many rounds: {@code -Dberth.rounds}, else the number given. */
  static int rounds(int usual) {
    return Integer.getInteger("berth.rounds", usual);
  }

  /** {@code -Dberth.seed}, else a new one; printed, so that what failed can be made again. */
  static Random seeded(Object test) {
    long seed = Long.getLong("berth.seed", System.nanoTime());
    System.out.println(test + ": -Dberth.seed=" + seed);
    return new Random(seed);
  }
}
