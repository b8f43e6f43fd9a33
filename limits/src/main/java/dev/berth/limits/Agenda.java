package dev.berth.limits;

import java.util.List;

/**
 * What a budget has for {@link Sharing} to do. Immutable.
 *
 * @param observations what was seen and is not told yet
 * @param holders one for each place in use, each of which has a slot
 * @param waiting who waits, in the order of their turns
 * @param asked how often it was asked to show others what we do
 * @param isLast whether nothing comes after it
 */
record Agenda(
    List<Observation> observations,
    List<Snapshot.Holder> holders,
    List<Ticket> waiting,
    long asked,
    boolean isLast) {
  /** Whether nobody has a connection, nor wants one. */
  boolean isIdle() {
    return holders.isEmpty() && waiting.isEmpty();
  }
}
