package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.transfer.FileResult;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.transfer.JobSummary;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people read when a job has ended. */
final class JobWordsTest {
  private static final String LONG_STORY = "waiting 10 s for 1 of 2 connections";

  @TempDir Path folder;

  @Test
  void whyThereWasNoConnectionIsSaidOnceHoweverManyFilesWaited() {
    FakeEngine full =
        FakeEngine.ending(
            report(new Ending.NoConnection(LONG_STORY), new JobSummary(2, 2, 0, 0, 0)),
            failed("/a", Cause.NO_CONNECTION, LONG_STORY),
            failed("/b", Cause.NO_CONNECTION, LONG_STORY));

    Run.Result end = Run.in(folder).with(full).of("get", "ftp://h/x");

    assertThat(end.err())
        .contains("berth: /a: no connection\nberth: /b: no connection\n")
        .containsOnlyOnce(LONG_STORY);
  }

  @Test
  void otherFailuresAreSaidFileByFile() {
    FakeEngine some =
        FakeEngine.ending(
            report(new Ending.Incomplete("1 of 2 files failed"), new JobSummary(2, 1, 0, 0, 0)),
            failed("/a", Cause.SERVER, "550 No"));

    assertThat(Run.in(folder).with(some).of("get", "ftp://h/x").err())
        .contains("berth: /a: 550 No\n");
  }

  @Test
  void jobWithNothingToMoveSaysSo() {
    FakeEngine same = FakeEngine.ending(report(new Ending.Done(), new JobSummary(0, 0, 202, 0, 0)));

    assertThat(Run.in(folder).with(same).of("get", "ftp://h/x").err())
        .contains("berth: nothing to move, in ", ", 202 unchanged")
        .doesNotContain("0 of 0");
  }

  private static JobReport report(Ending ending, JobSummary summary) {
    return new JobReport(ending, summary, 0, Duration.ZERO, new Allowance.Unknown());
  }

  private static FileResult failed(String source, Cause cause, String reason) {
    return new FileResult(source, "", new FileResult.Failed(cause, reason));
  }
}
