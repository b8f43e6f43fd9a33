package dev.berth.interop;

import dev.berth.limits.LimitSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Round after round of a duet before one gateway, whose connection goes on from each to the next.
 */
final class DuetRounds {
  private static final int STEPS = 12;

  private DuetRounds() {}

  /**
   * Plays them.
   *
   * @throws AssertionError at the first difference that is not allowed, with the fewest steps that
   *     show it
   */
  static void play(Stage stage, int rounds, Random random) throws Exception {
    Judge judge = new Judge();
    Duet duet = new Duet(stage, judge);
    try (OurGateway gateway = gateway(stage)) {
      for (int round = 0; round < rounds; round++) {
        long seed = random.nextLong();
        List<Step> steps = new Improviser(seed).steps(STEPS);
        Optional<String> difference = duet.play(steps, gateway.address());
        if (difference.isPresent()) {
          throw new AssertionError(
              "on "
                  + stage
                  + " in round "
                  + round
                  + ":\n  "
                  + difference.get()
                  + "\n"
                  + Shrinking.of(steps, fewer -> anew(stage, fewer)));
        }
      }
    }
    System.out.println("a duet on " + stage + ", " + rounds + " rounds, allowed: " + judge.used());
    requireOneConnection(stage);
  }

  private static OurGateway gateway(Stage stage) throws IOException {
    return OurGateway.before(stage.tap().address(), LimitSettings.standard().withConfigured(1));
  }

  private static Optional<String> anew(Stage stage, List<Step> steps) throws Exception {
    try (OurGateway gateway = gateway(stage)) {
      return new Duet(stage, new Judge()).play(steps, gateway.address());
    }
  }

  private static void requireOneConnection(Stage stage) {
    if (stage.tap().mostAdmittedAtOnce() != 1) {
      throw new AssertionError(stage.tap().mostAdmittedAtOnce() + " connections at once");
    }
  }
}
