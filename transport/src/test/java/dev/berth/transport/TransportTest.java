package dev.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Watchdog;
import dev.berth.transport.ConnectionLost.Manner;
import java.io.IOException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the tests of connections share. */
@Timeout(60)
@ExtendWith(OnVirtualThread.class)
abstract class TransportTest {
  static final Duration STALL = Duration.ofMillis(150);

  final Watchdog watchdog = Watchdog.start();

  @AfterEach
  void closeWatchdog() {
    watchdog.close();
  }

  static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(20));
  }

  static Deadline stall() {
    return Deadline.after(STALL);
  }

  ControlConnection connect(LoopbackPeer peer) throws IOException {
    return ControlConnection.connect(peer.address(), Source.any(), watchdog, soon());
  }

  DataConnection connectData(LoopbackPeer peer, ControlConnection control) throws IOException {
    return control.connectData(peer.address(), Duration.ofSeconds(20), soon());
  }

  static ConnectionLost assertLost(Manner manner, ThrowingCallable action) {
    var lost = catchThrowableOfType(ConnectionLost.class, action);
    assertThat(lost).as("lost").isNotNull();
    if (lost.manner() != manner) {
      throw new AssertionError("expected " + manner + ", was " + lost.manner(), lost);
    }
    return lost;
  }
}
