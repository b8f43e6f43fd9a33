package dev.berth.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Drops steps of a sequence while what is left of it still shows a difference. */
final class Shrinking {
  private static final int MOST_PLAYS = 150;

  private final Trial trial;
  private List<Step> steps;
  private String difference;
  private int plays;

  /** Plays steps before a gateway that nobody has used. */
  interface Trial {
    Optional<String> play(List<Step> steps) throws Exception;
  }

  private Shrinking(Trial trial, List<Step> steps, String difference) {
    this.trial = trial;
    this.steps = steps;
    this.difference = difference;
  }

  /** What is found by it, to be read. */
  static String of(List<Step> steps, Trial trial) throws Exception {
    Optional<String> difference = trial.play(steps);
    if (difference.isEmpty()) {
      return "No difference when played again, before another gateway: " + steps;
    }
    Shrinking shrinking = new Shrinking(trial, steps, difference.get());
    for (int size = steps.size() / 2; size > 0; size /= 2) {
      shrinking.drop(size);
    }
    shrinking.drop(1); // What needed a later step may be needed no more.
    return shrinking.toString();
  }

  private void drop(int size) throws Exception {
    int at = 0;
    while (at < steps.size() && plays < MOST_PLAYS) {
      List<Step> fewer = new ArrayList<>(steps);
      fewer.subList(at, Math.min(at + size, fewer.size())).clear();
      plays++;
      Optional<String> still = trial.play(fewer);
      if (still.isPresent()) {
        steps = fewer;
        difference = still.get();
      } else {
        at += size;
      }
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("These steps are enough:\n");
    steps.forEach(step -> text.append("  ").append(step).append('\n'));
    return text.append("Then:\n  ").append(difference).toString();
  }
}
