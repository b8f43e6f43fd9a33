package dev.berth.limits;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What a budget has to tell the other programs of its machine, and what it has heard of them. A
 * budget that is not shared has all slots and nobody to tell. Guarded by the lock of its budget.
 */
final class Exchange {
  private boolean shared;
  private boolean ending;
  private int slots;
  private boolean owes;
  private long told;
  private Elsewhere elsewhere = Elsewhere.NOBODY;
  private final Deque<Observation> untold = new ArrayDeque<>();

  boolean isShared() {
    return shared;
  }

  void begin() {
    shared = true;
  }

  /** All was said that there is to say. */
  void finish() {
    ending = true;
  }

  boolean isEnding() {
    return ending;
  }

  /** From now on the program is alone; the slots that it has do not matter any more. */
  void end() {
    shared = false;
    owes = false;
    elsewhere = Elsewhere.NOBODY;
    untold.clear();
  }

  Elsewhere elsewhere() {
    return elsewhere;
  }

  void heard(Elsewhere now) {
    elsewhere = now;
  }

  /** Whether one more place may be used beside so many, as far as slots go. */
  boolean hasSlotBeside(int used) {
    return !shared || used < slots;
  }

  int slots() {
    return slots;
  }

  void slotsLeft(int count) {
    slots = count;
  }

  /**
   * What was seen is judged where all programs' news is, and not acted on before.
   *
   * @return its number, for {@link #isUntold}
   */
  long tell(Observation seen) {
    untold.addLast(seen);
    return told + untold.size();
  }

  boolean isUntold(long number) {
    return number > told && !untold.isEmpty();
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
  }

  /** One connection is to be given up for another program, when it is next given back. */
  void owe() {
    owes = true;
  }

  boolean owes() {
    return owes;
  }

  void paid() {
    owes = false;
  }
}
