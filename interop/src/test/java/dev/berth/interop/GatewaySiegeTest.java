package dev.berth.interop;

import dev.berth.testkit.PeersOrSkip;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A gateway with a small heap, among idle and hostile clients. */
@ExtendWith(PeersOrSkip.class)
@LongRun.Only
@Timeout(200)
final class GatewaySiegeTest {
  private static final int IDLE = 100;
  private static final int HOSTILE = 18;

  @Test
  void honestClientsAreServedBesideIdleAndHostileOnes(@TempDir Path folder) throws Exception {
    try (Siege siege = Siege.of(folder, new Siege.Size(IDLE, HOSTILE))) {
      siege.play();
    }
  }
}
