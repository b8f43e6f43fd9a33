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
 * Two clients that share one connection through the gateway get what they would have got on
 * connections of their own, whatever they do: the first rounds of {@link LongDuetTest}.
 */
@ExtendWith(PeersOrSkip.class)
final class DuetTest {
  private static final int ROUNDS = 8;

  /** Always the same: others are played in the long run. */
  private static final long SEED = 20261123;

  @SideBySide
  @ParameterizedTest
  @EnumSource(names = {"VSFTPD", "PROFTPD", "PURE_FTPD"})
  void sharingShowsInNothing(PeerKind kind) throws Exception {
    try (Stage stage = Stage.of(kind)) {
      DuetRounds.play(stage, ROUNDS, new Random(SEED));
    }
  }

  @SideBySide
  @Test
  void sharingOurServerShowsInNothing(@TempDir Path root) throws Exception {
    try (Stage stage = Stage.ours(root)) {
      DuetRounds.play(stage, ROUNDS, new Random(SEED));
    }
  }
}
