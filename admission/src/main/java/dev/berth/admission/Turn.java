package dev.berth.admission;

import dev.berth.lifetime.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * A turn in the queue of somebody who waits. Given in {@link Verdict.Waits}; one thread awaits it,
 * step by step if it has something to do in between, and closes it when it does not want it any
 * more: what it was handed by then goes to the next.
 *
 * @param <T> what is waited for
 */
public final class Turn<T> implements AutoCloseable {
  private final Admission admission;
  private final Claim<T> claim;
  private final Condition called;
  private final Instant since;
  private final Deadline end;
  private List<Key> keys; // guarded by the lock of the admission, as all below
  private Network queuedPrefix;
  private Decision.Blocked block;
  private long round;
  private long number;
  private @Nullable Verdict<T> outcome;
  private boolean taken;

  Turn(
      Admission admission,
      Claim<T> claim,
      Condition called,
      Instant since,
      Duration longestWait,
      Decision.Blocked block) {
    this.admission = admission;
    this.claim = claim;
    this.called = called;
    this.since = since;
    this.end = Deadline.after(longestWait);
    this.block = block;
    this.keys = claim.keys();
    this.queuedPrefix = claim.slot().prefix();
  }

  /**
   * Waits until it is our turn, but not longer than a step, nor than the rules allow.
   *
   * @param step until when this call may block
   * @return {@link Verdict.Waits} with this turn if nothing has happened in this step; else the
   *     outcome, the same each time
   * @throws InterruptedException if the thread is interrupted; the turn is closed by this
   */
  public Verdict<T> await(Deadline step) throws InterruptedException {
    return admission.await(this, step);
  }

  /** When the waiting ends at the latest. */
  public Deadline end() {
    return end;
  }

  /** Leaves the queue, unless it was left by an outcome that {@link #await} has returned. */
  @Override
  public void close() {
    admission.withdraw(this);
  }

  Claim<T> claim() {
    return claim;
  }

  Condition called() {
    return called;
  }

  Instant since() {
    return since;
  }

  /** Where it will be counted. */
  List<Key> keys() {
    return keys;
  }

  /** In which queue it stands. */
  Key waitsFor() {
    return block.key();
  }

  /** At which limit it stands. */
  Decision.Blocked block() {
    return block;
  }

  void waitsAt(Decision.Blocked newBlock) {
    block = newBlock;
  }

  long round() {
    return round;
  }

  long number() {
    return number;
  }

  /** By which prefix it was queued. */
  Network queuedPrefix() {
    return queuedPrefix;
  }

  void queued(long newRound, long newNumber) {
    keys = claim.keys();
    queuedPrefix = claim.slot().prefix();
    round = newRound;
    number = newNumber;
  }

  @Nullable Verdict<T> outcome() {
    return outcome;
  }

  void end(Verdict<T> verdict) {
    outcome = verdict;
    called.signalAll();
  }

  /** What it ended with, now known to who waited. */
  void take() {
    taken = true;
  }

  boolean isTaken() {
    return taken;
  }
}
