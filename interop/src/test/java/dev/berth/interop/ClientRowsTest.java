package dev.berth.interop;

import dev.berth.testkit.PeersOrSkip;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What other clients were measured at, with Berth as the client: the rows that do not take long and
 * that no other test has. {@link AllClientRowsTest} has them all.
 */
@ExtendWith(PeersOrSkip.class)
final class ClientRowsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "500 files down, limit 8, 50 ms",
        "download cut, 20 ms",
        "upload cut, 20 ms",
      })
  void everyFileArrivesWholeAndFewConnectionsAreRefused(String situation, @TempDir Path folder)
      throws Exception {
    new RowTable().playAll(situation, folder);
  }
}
