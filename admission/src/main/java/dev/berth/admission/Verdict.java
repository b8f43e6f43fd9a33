package dev.berth.admission;

import java.time.Duration;

/**
 * What becomes of somebody who asks to come in, to log in, or to begin a transfer.
 *
 * @param <T> what they get: a {@link Slot} or a {@link Transfer}
 */
public sealed interface Verdict<T> {
  /**
   * There is room, and it is taken.
   *
   * @param given closed by whoever asked
   */
  record Granted<T>(T given) implements Verdict<T> {}

  /**
   * There is none yet.
   *
   * @param turn closed by whoever asked, when they do not want it any more
   * @param position how many turns until this one at the most, at least 1
   * @param full the limit at which it waits, in numbers
   */
  record Waits<T>(Turn<T> turn, int position, Refusal.Full full) implements Verdict<T> {}

  /**
   * Turned away.
   *
   * @param refusal why
   * @param heldBack for how long the refusal is to be kept back before it is told, with no slot
   *     held meanwhile: longer and longer for a prefix that comes again and again. Zero mostly
   * @param inStorm whether it comes so often that no more can be held back: then it is told at
   *     once, with as little effort as can be
   */
  record TurnedAway<T>(Refusal refusal, Duration heldBack, boolean inStorm) implements Verdict<T> {}
}
