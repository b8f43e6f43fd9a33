package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeersOrSkip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clients that people have, at three real servers, directly and through the gateway; writes the
 * table to {@code target/gateway-guests.md} and holds it against the one of docs/clients.md.
 */
@LongRun.Only
@ExtendWith(PeersOrSkip.class)
final class GatewayGuestsTest {
  /** Our own client needs no gateway. */
  private static List<String> others() {
    return Guests.names().stream().filter(name -> !name.equals("Berth")).toList();
  }

  @Test
  void theGatewayChangesNothing(@TempDir Path folder) throws IOException {
    Map<PeerKind, Map<String, String>> cells = new LinkedHashMap<>();
    List<String> failures = new ArrayList<>();
    for (PeerKind kind : GatewayTable.SERVERS) {
      Map<String, String> ofServer = new LinkedHashMap<>();
      try (GatewayGuests guests = GatewayGuests.start(kind)) {
        for (String name : others()) {
          failures.add(kind + ", " + name);
          ofServer.put(name, guests.play(name, folder, failures));
        }
      }
      cells.put(kind, ofServer);
    }
    String table = GatewayTable.write(cells);

    assertThat(table)
        .as(() -> "what failed:\n" + String.join("\n", failures))
        .isEqualTo(GatewayTable.committed());
    assertThat(table).doesNotContain("not through the gateway");
  }
}
