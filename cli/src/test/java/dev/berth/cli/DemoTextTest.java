package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.demo.Act;
import dev.berth.demo.Act.JobResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DemoTextTest {
  private static final DemoText TEXT = new DemoText(2, 2);
  private static final JobResult WHOLE = new JobResult(12, 12, "");

  @Test
  void bothWaysStandSideBySideWithTheServersWords() {
    JobResult cut =
        new JobResult(12, 3, "sun.net.ftp.FtpProtocolException: Welcome message: 421 Too many.\n");
    Act usual = new Act(List.of(cut, WHOLE), 9, Duration.ofMillis(1250));
    Act berth = new Act(List.of(WHOLE, WHOLE), 1, Duration.ofMillis(4980));

    assertThat(TEXT.table(usual, berth))
        .contains(
            "                the usual way             through Berth",
            "  job 1           3 of 12 files  FAILED    12 of 12 files  complete",
            "  files         15 of 24                  24 of 24",
            "  refused       9 connections             1 connection",
            "  time          1.2 s                     4.9 s",
            "The usual jobs heard: 421 Too many.")
        .last()
        .asString()
        .startsWith("9 files missing the usual way; none through Berth");
  }

  @Test
  void whatBerthMissesIsCalledAFault() {
    Act usual = new Act(List.of(WHOLE, WHOLE), 0, Duration.ZERO);
    Act berth = new Act(List.of(new JobResult(12, 11, "exit status 3"), WHOLE), 0, Duration.ZERO);

    assertThat(TEXT.table(usual, berth))
        .contains("Through Berth: exit status 3")
        .last()
        .isEqualTo("Through Berth 1 files are missing: that is a fault.");
  }
}
