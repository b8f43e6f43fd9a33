package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.pool.ConnectionPool;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import dev.berth.wire.RemoteLocation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of package-info.java, word for word. */
class PackageTourTest {
  private final List<String> reported = new ArrayList<>();

  @Test
  void theExampleMirrorsAFolder(@TempDir Path target) throws Exception {
    CommandTable table = CommandTable.normal().file("/pub/a.txt", "hello");
    try (ScriptedServer server = ScriptedServer.start(table);
        JobRun run = JobRun.at(server.port(), 1)) {
      mirror(run.pool(), new Heard(), target);
    }

    assertThat(reported).containsExactly("1 files moved");
    assertThat(target.resolve("a.txt")).hasContent("hello");
  }

  private void mirror(ConnectionPool pool, JobListener listener, Path target) throws Exception {
    TransferSettings settings = new TransferSettings(4, Duration.ofMinutes(5), false);
    Jobs jobs = new Jobs(pool, settings, listener);
    switch (jobs.mirrorDown(new RemoteLocation.FromLogin("pub"), target)) {
      case JobEnd.Ended(JobSummary summary) -> report(summary.files() + " files moved");
      case JobEnd.NoConnection end -> report(end.reason());
      case JobEnd.TurnedAway end -> report(end.refusal().words());
    }
  }

  private void report(String words) {
    reported.add(words);
  }
}
