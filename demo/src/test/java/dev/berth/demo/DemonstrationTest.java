package dev.berth.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemonstrationTest {
  @TempDir Path folder;

  @Test
  void whatTheUsualWayMissesIsWhatTheServerRefused() throws IOException, InterruptedException {
    try (Demonstration demonstration = Demonstration.start(folder)) {
      Act act = demonstration.theUsualWay();

      assertThat(act.isComplete()).isFalse();
      assertThat(act.arrived()).isPositive();
      assertThat(act.refused()).isEqualTo(act.files() - act.arrived());
      assertThat(act.jobs())
          .filteredOn(job -> !job.isComplete())
          .allSatisfy(
              job -> assertThat(job.said()).contains("421 Too many connections", "limit 2"));
    }
  }

  @Test
  void interruptEndsTheProcessesToo() throws Exception {
    ConcurrentLinkedQueue<Process> started = new ConcurrentLinkedQueue<>();
    try (Demonstration demonstration = Demonstration.start(folder)) {
      Thread main = Thread.currentThread();
      assertThatThrownBy(() ->
              demonstration.throughBerth((arguments, password, said) -> {
                Process job = new ProcessBuilder("sleep", "60").start();
                started.add(job);
                if (started.size() == Demonstration.JOBS) {
                  main.interrupt();
                }
                return job;
              }))
          .isInstanceOf(InterruptedException.class);

      assertThat(started).hasSize(Demonstration.JOBS).noneMatch(Process::isAlive);
    } finally {
      started.forEach(Process::destroyForcibly);
    }
  }

  @Test
  void whatCountsIsWhatArrivedWhateverAProcessSays() throws IOException, InterruptedException {
    ConcurrentLinkedQueue<List<String>> started = new ConcurrentLinkedQueue<>();
    try (Demonstration demonstration = Demonstration.start(folder)) {
      String url = demonstration.url();
      Act act =
          demonstration.throughBerth((arguments, password, said) -> {
            started.add(arguments);
            return new ProcessBuilder("true").start();
          });

      assertThat(act.isComplete()).isFalse();
      assertThat(act.arrived()).isZero();
      assertThat(started)
          .hasSize(Demonstration.JOBS)
          .allSatisfy(arguments -> assertThat(arguments).first().isEqualTo("mirror"))
          .anySatisfy(arguments -> assertThat(arguments).contains(url + "job-8"));
    }
  }
}
