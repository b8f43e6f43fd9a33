package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.transfer.FileResult.Cause;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Heard heard = new Heard();
  private final Ledger ledger = new Ledger(heard);

  private static FileResult result(FileResult.Outcome outcome) {
    return new FileResult("/a", "a", outcome);
  }

  @Test
  void eachOutcomeIsCountedAsWhatItIs() throws IOException {
    ledger.planned(3, 100);
    ledger.moved(40);
    ledger.ended(result(new FileResult.Done(40, 10, Duration.ofSeconds(1))));
    ledger.ended(result(new FileResult.Failed(Cause.SERVER, "no")));
    ledger.ended(result(new FileResult.Unchanged()));
    ledger.ended(result(new FileResult.Planned(5)));

    assertThat(ledger.summary()).isEqualTo(new JobSummary(3, 1, 1, 40, 10));
    assertThat(ledger.progress()).isEqualTo(new JobProgress(3, 3, 100, 40));
    assertThat(ledger.summary().isComplete()).isFalse();
    assertThat(heard.results()).hasSize(4);
  }

  @Test
  void whatHasNotEndedWhenAJobIsBrokenOffHasNotArrived() {
    ledger.planned(5, 100);
    ledger.ended(result(new FileResult.Done(40, 0, Duration.ofSeconds(1))));
    ledger.ended(result(new FileResult.Failed(Cause.SERVER, "no")));

    assertThat(ledger.summarySoFar()).isEqualTo(new JobSummary(5, 4, 0, 0, 0));
    assertThat(ledger.summary()).isEqualTo(new JobSummary(5, 1, 0, 0, 0));
  }

  @Test
  void whatWasNeverPlannedAndFailedIsAFileMore() {
    ledger.failed("/b", "", Cause.LOCAL, "its name is none");

    assertThat(ledger.summary()).isEqualTo(new JobSummary(1, 1, 0, 0, 0));
  }

  @Test
  void theListenerHearsOneCallAtATime() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Heard slow =
        new Heard() {
          @Override
          public void noted(String sentence) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.yield();
            inside.decrementAndGet();
          }
        };
    Ledger raced = new Ledger(slow);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < 200; n++) {
        threads.submit(() -> raced.note("now"));
      }
    }
    assertThat(most).hasValue(1);
  }
}
