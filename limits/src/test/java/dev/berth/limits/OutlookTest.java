package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.limits.Occupant.Doing;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Each connection of a Berth is taken away once from those that the kernel tells of. */
class OutlookTest {
  private static final Outsider LFTP = new Outsider.Program(12, "lftp");
  private static final Outsider JAVA = new Outsider.Program(7, "java");
  private static final Outlook TWO =
      new Outlook(
          new TreeSet<>(),
          List.of(new Outlook.Other(40_001, JAVA), new Outlook.Other(40_002, LFTP)));

  private static Occupant berth(long pid, Integer... ports) {
    return new Occupant(
        new ProcessName(pid, "ann", "berth get"),
        new AccountKey("0".repeat(16)),
        Doing.CONNECTED,
        Instant.parse("2026-11-22T12:00:00Z"),
        1,
        new Route("ftp.example.com", new TreeSet<>(List.of(ports))));
  }

  @Test
  void withoutBerthsAllAreOutsiders() {
    assertThat(TWO.outsiders(List.of())).containsExactly(JAVA, LFTP);
  }

  @Test
  void whatABerthToldIsItsOwn() {
    assertThat(TWO.outsiders(List.of(berth(7, 40_001)))).containsExactly(LFTP);
  }

  @Test
  void whatABerthHasJustClosedIsNoOutsidersNorThatOfAnotherBerth() {
    Outlook rest = TWO.without(Set.of(40_001));

    assertThat(rest.outsiders(List.of())).containsExactly(LFTP);
    assertThat(rest.ours()).isEqualTo(TWO.ours());
    assertThat(TWO.without(Set.of(40_001, 40_002)).outsiders(List.of())).isEmpty();
  }

  @Test
  void whoDidNotTellYetHasOneOfThem() {
    assertThat(TWO.outsiders(List.of(berth(7)))).hasSize(1);
    assertThat(TWO.outsiders(List.of(berth(7), berth(7), berth(7)))).isEmpty();
  }

  @Test
  void whoToldOfOneOfTwoHasOneMore() {
    assertThat(TWO.outsiders(List.of(berth(7, 40_001), berth(7, 40_001)))).isEmpty();
  }

  @Test
  void aBerthInAnotherNetworkNamespaceTakesNothingAway() {
    assertThat(TWO.outsiders(List.of(berth(7, 50_001)))).hasSize(2);
  }
}
