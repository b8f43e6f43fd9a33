package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of the kernel's tables is a connection to the server of a budget, and whose it is. */
class ConnectionsTest {
  private static final BudgetName NAME = new BudgetName("ftp.example.com", 21, "192.0.2.1");

  @TempDir Path proc;
  private KernelTables tables;

  @BeforeEach
  void makeTables() throws IOException {
    tables = KernelTables.in(proc);
  }

  private Connections connections() {
    Map<String, List<String>> names =
        Map.of("ftp.example.com", List.of("192.0.2.8", "192.0.2.9", "2001:db8::9"));
    return new Connections(Neighbourhood.in(proc, proc, names), NAME);
  }

  private List<Outsider> seen() throws IOException {
    Connections connections = connections();
    connections.look();
    return connections.look().outsiders(List.of());
  }

  @Test
  void aConnectionOfAProcessThatMayBeLookedIntoIsNamed() throws IOException {
    tables.connection(40_001, 1000, 71).write("net/tcp");
    tables.process("4711", "lftp", 71);

    assertThat(seen()).containsExactly(new Outsider.Program(4711, "lftp"));
    assertThat(seen().getFirst().sentence()).isEqualTo("pid 4711 `lftp`");
  }

  @Test
  void ofOthersTheUserIsKnown() throws IOException {
    tables.connection(40_001, 1000, 71).write("net/tcp");

    assertThat(seen()).containsExactly(new Outsider.User(1000));
  }

  @Test
  void ourOwnAreNotOthers() throws IOException {
    tables.connection(40_001, 1000, 71).connection(40_002, 1000, 72).write("net/tcp");
    tables.process("self", "berth", 71);

    Connections connections = connections();
    connections.look();
    Outlook outlook = connections.look();

    assertThat(outlook.ours()).containsExactly(40_001);
    assertThat(outlook.others()).extracting(Outlook.Other::port).containsExactly(40_002);
  }

  @Test
  void whatWeCloseWhileTheTableIsReadIsOursStill() throws Exception {
    tables.connection(40_001, 1000, 71).write("net/table");
    tables.process("self", "berth", 71);
    Path table = proc.resolve("net/tcp");
    Files.delete(table);
    assertThat(new ProcessBuilder("mkfifo", table.toString()).start().waitFor()).isZero();

    FutureTask<Outlook> look = new FutureTask<>(connections()::look);
    Thread.ofVirtual().start(look);
    try (OutputStream toTheReader = Files.newOutputStream(table)) { // opens when it is read
      Files.delete(proc.resolve("self/fd/71"));
      toTheReader.write(Files.readAllBytes(proc.resolve("net/table")));
    }

    assertThat(look.get().ours()).containsExactly(40_001);
    assertThat(look.get().others()).isEmpty();
  }

  /** A refused attempt lives some milliseconds: as long as the looking takes. */
  @Test
  void whatNobodyHasCountsOnlyIfItIsThereAtTheNextLookToo() throws Exception {
    int self = (int) Files.getAttribute(proc.resolve("self"), "unix:uid");
    tables.connection(40_001, self, 71).write("net/tcp");
    Connections connections = connections();

    assertThat(connections.look().others()).isEmpty();
    assertThat(connections.look().others())
        .containsExactly(new Outlook.Other(40_001, new Outsider.User(self)));
  }

  @Test
  void whatWeClosedStaysOursUntilTheServerHasEndedIt() throws IOException {
    Connections connections = connections();
    tables.connection(40_001, 1000, 71).write("net/tcp");
    tables.process("self", "berth", 71);
    assertThat(connections.look().ours()).containsExactly(40_001);

    tables.nothing().connection("010200C0", 40_001, "090200C0", 21, "05", 0, 0).write("net/tcp");

    assertThat(connections.look().ours()).containsExactly(40_001);
    assertThat(connections.look().others()).isEmpty();
  }

  @Test
  void whatAnotherClosedStaysItsUntilTheServerHasEndedIt() throws IOException {
    Connections connections = connections();
    tables.connection(40_001, 1000, 71).write("net/tcp");
    tables.process("4711", "lftp", 71);
    connections.look();

    tables.nothing().connection("010200C0", 40_001, "090200C0", 21, "05", 0, 0).write("net/tcp");

    assertThat(connections.look().others())
        .containsExactly(new Outlook.Other(40_001, new Outsider.Program(4711, "lftp")));
  }

  @Test
  void whatWasOpenedAndClosedBetweenTwoLooksMayBeOursAndIsNobodys() throws IOException {
    tables.connection("010200C0", 40_001, "090200C0", 21, "05", 0, 0).write("net/tcp");

    assertThat(connections().look().others()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "010200C0, 090200C0, 21, 01, 1", // established
    "010200C0, 080200C0, 21, 01, 1", // another address of the name
    "010200C0, 090200C0, 21, 02, 1", // about to be counted
    "010200C0, 090200C0, 21, 04, 1", // the server has not ended it yet
    "010200C0, 090200C0, 21, 05, 1",
    "010200C0, 090200C0, 21, 06, 0", // ended by both
    "010200C0, 090200C0, 21, 08, 0", // ended by the server
    "010200C0, 090200C0, 22, 01, 0", // another port
    "010200C0, 070200C0, 21, 01, 0", // another server
    "020200C0, 090200C0, 21, 01, 0", // from another address of ours
  })
  void onlyWhatTheServerCountsTogetherIsSeen(
      String local, String remote, int remotePort, String state, int expected) throws IOException {
    tables.connection(local, 40_001, remote, remotePort, state, 1000, 71).write("net/tcp");

    assertThat(seen()).hasSize(expected);
  }

  @Test
  void aConnectionOfIpv4StandsInTheOtherTableToo() throws IOException {
    String mapped = "0000000000000000FFFF0000";
    tables
        .connection(mapped + "010200C0", 40_001, mapped + "090200C0", 21, "01", 1000, 71)
        .write("net/tcp6");

    assertThat(seen()).hasSize(1);
  }

  @Test
  void aConnectionOfIpv6IsSeen() throws IOException {
    BudgetName six = new BudgetName("ftp.example.com", 21, "2001:db8::1");
    Machine machine =
        Neighbourhood.in(proc, proc, Map.of("ftp.example.com", List.of("2001:db8::9")));
    String prefix = "B80D0120" + "0000000000000000";
    tables
        .connection(prefix + "01000000", 40_001, prefix + "09000000", 21, "01", 1000, 71)
        .write("net/tcp6");

    Connections connections = new Connections(machine, six);
    connections.look();
    assertThat(connections.look().others()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"nonsense", "1: 2: 3", "' 0: 010200C0:9C41 090200C0:0015 01 x x x y z w'"})
  void aLineThatIsNoneIsPassedOver(String line) throws IOException {
    tables.line(line).connection(40_001, 1000, 71).write("net/tcp");

    assertThat(seen()).hasSize(1);
  }

  @Test
  void amongAHundredThousandTheOneIsFound() throws IOException {
    for (int i = 0; i < 100_000; i++) {
      tables.connection("010200C0", 1 + i % 60_000, "070200C0", 80, "01", 0, 1000 + i);
    }
    tables.connection(40_001, 1000, 71).write("net/tcp");

    assertThat(seen()).containsExactly(new Outsider.User(1000));
  }

  @Test
  void aFileThatIsNoTableIsReadToItsEnd() throws IOException {
    tables.line("x".repeat(200_000)).connection(40_001, 1000, 71).write("net/tcp");

    assertThat(seen()).containsExactly(new Outsider.User(1000));
  }

  @Test
  void linesThatABlockCutsAreReadWhole() throws IOException {
    for (int port = 1; port <= 2000; port++) {
      tables.connection(port, 1000, 70 + port);
    }
    tables.write("net/tcp");

    assertThat(seen()).hasSize(2000);
  }

  @Test
  void withoutTablesNothingIsSeen() throws IOException {
    Machine elsewhere = Neighbourhood.in(proc.resolve("nowhere"));

    assertThat(new Connections(elsewhere, NAME).look()).isEqualTo(Outlook.NOTHING);
    assertThat(new Lookout(elsewhere, NAME).isPossible()).isFalse();
  }

  @Test
  void theCommonNameOfAServerIsItsOnlyAddress() {
    Machine machine =
        Neighbourhood.in(
            proc,
            proc,
            Map.of(
                "one", List.of("192.0.2.9"),
                "dual", List.of("2001:db8::9", "192.0.2.9"),
                "many", List.of("192.0.2.8", "192.0.2.9"),
                "192.0.2.9", List.of("192.0.2.9")));

    assertThat(machine.common(BudgetName.of("one", 21)))
        .isEqualTo(machine.common(BudgetName.of("dual", 21)))
        .isEqualTo(machine.common(BudgetName.of("192.0.2.9", 21)))
        .isEqualTo(BudgetName.of("192.0.2.9", 21));
    assertThat(machine.common(BudgetName.of("many", 21))).isEqualTo(BudgetName.of("many", 21));
    assertThat(machine.common(BudgetName.of("unknown", 21)).host()).isEqualTo("unknown");
  }
}
