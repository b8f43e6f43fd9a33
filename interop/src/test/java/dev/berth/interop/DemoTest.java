package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer runs first. */
final class DemoTest {
  @TempDir Path folder;

  @Test
  void theUsualWayLosesFilesAndBerthBringsThemAll() {
    Run run = Berth.in(folder).run("demo").ended(0);

    assertThat(run.out())
        .contains("the usual way", "through Berth", "421 Too many connections")
        .contains("96 of 96", "none through Berth")
        .contains("FAILED");
  }
}
