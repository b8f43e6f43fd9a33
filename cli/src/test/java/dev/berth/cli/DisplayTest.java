package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.transfer.JobProgress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisplayTest {
  private static final View VIEW =
      new View(new JobProgress(4, 1, 100, 25), 1, new Allowance.Unknown(), List.of());

  @TempDir Path folder;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Surroundings surroundings(String columns) {
    return Run.in(folder)
        .with("BERTH_TERMINAL", columns)
        .surroundings(new ByteArrayOutputStream(), err);
  }

  private String written() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void terminalGetsALiveLineThatIsErasedAtTheEnd() throws InterruptedException {
    CountDownLatch drawn = new CountDownLatch(2);
    try (Display display = Display.open(surroundings("60"), false)) {
      display.watch(() -> {
        drawn.countDown();
        return VIEW;
      });
      assertThat(drawn.await(10, TimeUnit.SECONDS)).isTrue();
      display.say("a line");
    }

    assertThat(written()).contains("1 of 4 files").contains("\r\u001B[Ka line\n");
    assertThat(written().substring(written().lastIndexOf('\n') + 1))
        .satisfiesAnyOf(
            rest -> assertThat(rest).isEmpty(), rest -> assertThat(rest).endsWith("\r\u001B[K"));
  }

  @Test
  void elsewhereLinesArePlain() {
    try (Display display = Display.open(surroundings("0"), false)) {
      display.watch(() -> VIEW);
      display.say("name\u001B[2J\nline");
    }

    assertThat(written()).isEqualTo("name\uFFFD[2J\uFFFDline\n");
  }

  @Test
  void everyLineIsWrittenInOrderHoweverManyComeAtOnce() {
    try (Display display = Display.open(surroundings("0"), false)) {
      for (int i = 0; i < 5000; i++) {
        display.say("line " + i);
      }
    }

    List<String> lines = written().lines().toList();
    assertThat(lines).hasSize(5000);
    assertThat(lines.getLast()).isEqualTo("line 4999");
  }

  @Test
  void viewThatFailsStopsTheBarAndNothingElse() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    try (Display display = Display.open(surroundings("60"), false)) {
      display.watch(() -> {
        asked.countDown();
        throw new IllegalStateException("no view");
      });
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 2000; i++) {
        display.say("line " + i);
      }
    }

    assertThat(written()).contains("progress cannot be shown").contains("line 1999");
  }

  @Test
  void whoIsBeingInterruptedIsStillHeard() {
    boolean interrupted;
    try (Display display = Display.open(surroundings("0"), false)) {
      Thread.currentThread().interrupt();
      display.say("refused a connection");
      interrupted = Thread.interrupted();
    }

    assertThat(interrupted).isTrue();
    assertThat(written()).contains("refused a connection");
  }

  @Test
  void quietDisplayDrawsNothing() {
    try (Display display = Display.open(surroundings("60"), true)) {
      display.watch(() -> VIEW);
    }

    assertThat(written()).isEmpty();
  }
}
