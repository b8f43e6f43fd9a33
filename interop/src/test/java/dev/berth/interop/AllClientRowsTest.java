package dev.berth.interop;

import dev.berth.testkit.PeersOrSkip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row that other clients were measured at, with Berth as the client; writes the table of
 * docs/clients.md to {@code target/clients.md}.
 */
@LongRun.Only
@ExtendWith(PeersOrSkip.class)
@TestInstance(Lifecycle.PER_CLASS)
final class AllClientRowsTest {
  private final RowTable table = new RowTable();

  static Stream<String> situations() {
    return ClientRow.all().stream().map(ClientRow::situation).distinct();
  }

  @ParameterizedTest
  @MethodSource("situations")
  void everyFileArrivesWholeAndFewConnectionsAreRefused(String situation, @TempDir Path folder)
      throws Exception {
    table.playAll(situation, folder);
  }

  @AfterAll
  void writeTheTable() throws IOException {
    table.write(Path.of("target/clients.md"));
  }
}
