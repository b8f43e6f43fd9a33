package dev.berth.interop;

import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeersOrSkip;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As {@link DuetTest}, for a thousand rounds on each server. */
@LongRun.Only
@ExtendWith(PeersOrSkip.class)
final class LongDuetTest {
  private static final int ROUNDS = 1_000;

  @SideBySide
  @ParameterizedTest
  @EnumSource(names = {"VSFTPD", "PROFTPD", "PURE_FTPD"})
  void sharingShowsInNothing(PeerKind kind) throws Exception {
    try (Stage stage = Stage.of(kind)) {
      DuetRounds.play(stage, LongRun.rounds(ROUNDS), LongRun.seeded("a duet on " + stage));
    }
  }

  @SideBySide
  @Test
  void sharingOurServerShowsInNothing(@TempDir Path root) throws Exception {
    try (Stage stage = Stage.ours(root)) {
      DuetRounds.play(stage, LongRun.rounds(ROUNDS), LongRun.seeded("a duet on " + stage));
    }
  }
}
