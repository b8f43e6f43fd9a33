package dev.berth.simulator;

import java.time.Duration;
import java.util.List;

/**
 * The faults of data connections and of what is told of files.
 *
 * @param cutEvery after how many bytes each is reset; {@link Long#MAX_VALUE} is never reached
 * @param stallAfter after how many bytes each stands still
 * @param stall for how long
 * @param corruptEvery of how many bytes the last one is wrong
 * @param addedSize how many bytes SIZE tells too much
 */
record DataFaults(
    long cutEvery, long stallAfter, Duration stall, long corruptEvery, long addedSize) {
  static DataFaults of(List<Fault> faults) {
    long cut = Long.MAX_VALUE;
    long stallAfter = Long.MAX_VALUE;
    Duration stall = Duration.ZERO;
    long corrupt = Long.MAX_VALUE;
    long added = 0;
    for (Fault fault : faults) {
      if (fault instanceof Fault.CutData(long every)) {
        cut = every;
      } else if (fault instanceof Fault.Stall(long after, Duration time)) {
        stallAfter = after;
        stall = time;
      } else if (fault instanceof Fault.Corrupt(long every)) {
        corrupt = every;
      } else if (fault instanceof Fault.WrongSize(long bytes)) {
        added = bytes;
      }
    }
    return new DataFaults(cut, stallAfter, stall, corrupt, added);
  }

  /** Whether nothing is to be done to what is sent or stored. */
  boolean leaveContent() {
    return cutEvery == Long.MAX_VALUE
        && stallAfter == Long.MAX_VALUE
        && corruptEvery == Long.MAX_VALUE;
  }
}
