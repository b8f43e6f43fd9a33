package dev.berth.interop;

import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeersOrSkip;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients of two accounts, behind a gateway with one connection or two, whatever they do and
 * whoever they say they are, get nothing of the account that they are not logged in as: the first
 * rounds of {@link LongStrangersTest}.
 */
@ExtendWith(PeersOrSkip.class)
final class StrangersTest {
  private static final Strangers.Length SHORT = new Strangers.Length(1, 2);

  /** Always the same: others are played in the long run. */
  private static final long SEED = 20261124;

  /**
   * Pure-FTPd and pyftpdlib take seconds for a wrong password, so they are for the long run. vsftpd
   * has the system's users alone, of which there is one.
   */
  @SideBySide
  @ParameterizedTest
  @EnumSource(names = {"PROFTPD"})
  void nobodyGetsWhatIsAnothers(PeerKind kind) throws Exception {
    try (TwoHomes homes = TwoHomes.of(kind)) {
      Strangers.play(homes, SHORT, new Random(SEED));
    }
  }

  @SideBySide
  @Test
  void nobodyGetsWhatIsAnothersOnOurServer(@TempDir Path folder) throws Exception {
    try (TwoHomes homes = TwoHomes.ours(folder)) {
      Strangers.play(homes, SHORT, new Random(SEED));
    }
  }
}
