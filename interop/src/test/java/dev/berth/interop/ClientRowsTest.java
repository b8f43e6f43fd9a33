package dev.berth.interop;

import dev.berth.testkit.PeersOrSkip;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What other clients were measured at, with Berth as the client: the rows that do not take long.
 */
@ExtendWith(PeersOrSkip.class)
@TestInstance(Lifecycle.PER_CLASS)
final class ClientRowsTest {
  private final RowTable table = new RowTable();

  @Test
  void tenJobsAtOnceFromFarAllArrive(@TempDir Path folder) throws Exception {
    table.playAll("ten jobs at once, limit 2, 50 ms", folder);
  }

  @AfterAll
  void writeTheTable() throws IOException {
    table.write(Path.of("target/clients-quick.md"));
  }
}
