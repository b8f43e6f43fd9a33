package dev.berth.gateway;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of one upstream since the start: the one place where it is. Any thread. */
final class Tally {
  final LongAdder loginsByMemory = new LongAdder();
  final LongAdder loginsAtServer = new LongAdder();
  final LongAdder loginsRefused = new LongAdder();
  final LongAdder leases = new LongAdder();
  final LongAdder waitedNanos = new LongAdder();
  final LongAdder unserved = new LongAdder();
  final LongAdder bytesUp = new LongAdder();
  final LongAdder bytesDown = new LongAdder();
  final LongAdder replays = new LongAdder();
  final LongAdder gaveWay = new LongAdder();

  /** All of it. */
  GatewaySnapshot.Totals totals(long refusals) {
    return new GatewaySnapshot.Totals(
        loginsByMemory.sum(),
        loginsAtServer.sum(),
        loginsRefused.sum(),
        leases.sum(),
        Duration.ofNanos(waitedNanos.sum()),
        unserved.sum(),
        refusals,
        bytesUp.sum(),
        bytesDown.sum(),
        replays.sum(),
        gaveWay.sum());
  }
}
