package dev.berth.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.ListingEntry;
import dev.berth.lifetime.Deadline;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import dev.berth.wire.RemotePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of package-info.java, word for word. */
class PackageTourTest {
  private final List<String> shown = new ArrayList<>();

  @Test
  void theExampleListsAFolder() throws Exception {
    CommandTable table = CommandTable.normal().file("/pub/a.txt", "hello");
    try (ScriptedServer server = ScriptedServer.start(table);
        Pools pools = Pools.limited(server.port(), 1)) {
      list(pools.pool());
    }

    assertThat(shown).containsExactly("a.txt");
  }

  private void list(ConnectionPool pool) throws Exception {
    switch (pool.lease("list /pub", Deadline.after(Duration.ofSeconds(40)))) {
      case Leasing.Leased(Lease lease) -> {
        try (lease) {
          show(lease.connection().list(new RemotePath("/pub")).entries());
        }
      }
      case Leasing.TimedOut(String explanation) -> report(explanation);
      case Leasing.Refused refused -> report(refused.refusal().words());
      case Leasing.Unreachable(String reason) -> report(reason);
      case Leasing.Closed closed -> report("shutting down");
    }
  }

  private void show(List<ListingEntry> entries) {
    entries.forEach(entry -> shown.add(entry.name()));
  }

  private void report(String words) {
    shown.add(words);
  }
}
