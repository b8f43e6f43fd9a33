package dev.berth.interop;

import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeersOrSkip;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As {@link StrangersTest}, for a thousand rounds on each server, 250 with each gateway. */
@LongRun.Only
@ExtendWith(PeersOrSkip.class)
final class LongStrangersTest {
  private static final int ROUNDS = 250;

  @SideBySide
  @ParameterizedTest
  @EnumSource(names = {"PROFTPD", "PURE_FTPD", "PYFTPDLIB"})
  void nobodyGetsWhatIsAnothers(PeerKind kind) throws Exception {
    try (TwoHomes homes = TwoHomes.of(kind)) {
      play(homes);
    }
  }

  @SideBySide
  @Test
  void nobodyGetsWhatIsAnothersOnOurServer(@TempDir Path folder) throws Exception {
    try (TwoHomes homes = TwoHomes.ours(folder)) {
      play(homes);
    }
  }

  private static void play(TwoHomes homes) throws Exception {
    Strangers.play(
        homes,
        new Strangers.Length(LongRun.rounds(ROUNDS), 20),
        LongRun.seeded("strangers on " + homes));
  }
}
