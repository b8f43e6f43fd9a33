package dev.berth.limits;

import dev.berth.lifetime.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a budget has to tell the other programs of its machine, and what it has heard of them. A
 * budget that is not shared has all slots and nobody to tell. Guarded by the lock of its budget.
 */
final class Exchange {
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(2);

  private final Condition changed; // there may be something to share, or what was told is known
  private boolean isChanged; // since the last agenda
  private int lastCounted; // places and waiters
  private @Nullable BudgetName common; // while it is shared
  private boolean ending;
  private int slots;
  private boolean owes;
  private long told;
  private long asked; // to show others what we do
  private long shown; // the last that was asked for and done
  private Elsewhere elsewhere = Elsewhere.NOBODY;
  private final Deque<Observation> untold = new ArrayDeque<>();

  /**
   * Nothing shared yet.
   *
   * @param changed a condition of the budget's lock
   */
  Exchange(Condition changed) {
    this.changed = changed;
  }

  boolean isShared() {
    return common != null;
  }

  /** From now on all programs of the machine share, under this name. */
  void begin(BudgetName name) {
    common = name;
  }

  /** The name under which it is shared, of which others were heard. */
  BudgetName common() {
    return Objects.requireNonNull(common, "not shared");
  }

  /** All was said that there is to say. */
  void finish() {
    ending = true;
    changed();
  }

  boolean isEnding() {
    return ending;
  }

  /** From now on the program is alone; the slots that it has do not matter any more. */
  void end() {
    common = null;
    owes = false;
    elsewhere = Elsewhere.NOBODY;
    untold.clear();
    changed();
  }

  Elsewhere elsewhere() {
    return elsewhere;
  }

  void heard(Elsewhere now) {
    elsewhere = now;
  }

  /** Whether one more place may be used beside so many, as far as slots go. */
  boolean hasSlotBeside(int used) {
    return !isShared() || used < slots;
  }

  int slots() {
    return slots;
  }

  void slots(int count) {
    slots = count;
  }

  /**
   * What was seen is judged where all programs' news is, and not acted on before.
   *
   * @return its number, for {@link #awaitTold}
   */
  long tell(Observation seen) {
    untold.addLast(seen);
    return told + untold.size();
  }

  private boolean isUntold(long number) {
    return number > told && !untold.isEmpty();
  }

  /**
   * Waits until all programs know what was told: whoever acts on news sees it in the budget then.
   * Disks may be slow: after a moment it is enough that they will know.
   */
  void awaitTold(long number) {
    changed();
    await(() -> !isUntold(number));
  }

  /** Waits until other programs can see what we do now; disks may be slow, so not for long. */
  void awaitShown() {
    asked++;
    long number = asked;
    changed();
    await(() -> shown >= number);
  }

  /** How often it was asked to show what we do. */
  long asked() {
    return asked;
  }

  /** Others can see what we did when it was asked for so often. */
  void shown(long count) {
    shown = count;
    changed.signalAll();
  }

  private void await(BooleanSupplier done) {
    boolean interrupted = false;
    Deadline deadline = Deadline.after(TOLD_WITHIN);
    while (isShared() && !done.getAsBoolean() && !deadline.isOver()) {
      try {
        changed.awaitNanos(deadline.remainingNanos());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until there may be something to share, or the deadline. */
  void awaitChange(Deadline deadline) throws InterruptedException {
    while (!isChanged && !deadline.isOver()) {
      changed.awaitNanos(deadline.remainingNanos());
    }
    isChanged = false;
  }

  /** There may be something to share. */
  void changed() {
    isChanged = true;
    changed.signalAll();
  }

  /** The same, if there are more or fewer places or waiters than last time. */
  void counted(int places, int waiters) {
    int count = places << 16 | waiters;
    if (count != lastCounted) {
      lastCounted = count;
      changed();
    }
  }

  boolean hasUntold() {
    return !untold.isEmpty();
  }

  List<Observation> untold() {
    return List.copyOf(untold);
  }

  /** The first of what was untold is told now. */
  void told(int count) {
    for (int i = 0; i < count; i++) {
      untold.removeFirst();
      told++;
    }
    changed.signalAll();
  }

  /** Whether a connection is to be given up for another program, when it is next given back. */
  void owe(boolean isOwed) {
    owes = isOwed;
  }

  boolean owes() {
    return owes;
  }

  void paid() {
    owes = false;
  }
}
