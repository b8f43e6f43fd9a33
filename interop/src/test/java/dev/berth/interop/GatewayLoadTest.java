package dev.berth.interop;

import dev.berth.testkit.PeersOrSkip;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** As {@link GatewaySiegeTest}, with two thousand idle sessions. */
@LongRun.Only
@ExtendWith(PeersOrSkip.class)
@Timeout(600)
final class GatewayLoadTest {
  private static final int IDLE = 2_000;
  private static final int HOSTILE = 200;

  @Test
  void honestClientsAreServedBesideTwoThousandSessionsAndTwoHundredAttackers(@TempDir Path folder)
      throws Exception {
    try (Siege siege = Siege.of(folder, new Siege.Size(IDLE, HOSTILE))) {
      siege.play();
    }
  }
}
