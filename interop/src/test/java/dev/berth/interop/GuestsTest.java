package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.interop.Guest.CannotDo;
import dev.berth.interop.OurServer.Reuse;
import dev.berth.server.Account;
import dev.berth.server.Bound;
import dev.berth.server.Rates;
import dev.berth.testkit.PeersOrSkip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The clients that people have, against our server; writes the rows to {@code target/guests.md} and
 * holds them against those of docs/clients.md.
 */
@ExtendWith(PeersOrSkip.class)
@TestInstance(Lifecycle.PER_CLASS)
final class GuestsTest {
  private static final String YES = "yes";

  /** Slow enough for a kill in the middle, fast enough for the suite. */
  private static final Rates SLOW = new Rates(new Bound.AtMost(2 << 20), new Bound.AtMost(2 << 20));

  private final GuestTable table = new GuestTable();
  private Path homes;
  private OurServer server;

  static Stream<String> guests() {
    return Guests.names().stream();
  }

  @BeforeAll
  void startTheServer(@TempDir Path folder) throws IOException {
    homes = folder;
    List<Account> accounts = new ArrayList<>();
    for (String name : Guests.names()) {
      Path home = Files.createDirectory(folder.resolve(Stay.account(name)));
      Account account = Account.of(Stay.account(name), OurServer.PASSWORD, home);
      accounts.add(name.equals("Berth") ? account.with(SLOW) : account);
    }
    server = OurServer.start(accounts);
  }

  @SideBySide
  @ParameterizedTest
  @MethodSource("guests")
  void everyColumnIsAsTheTableSays(String name, @TempDir Path folder) throws IOException {
    Path home = homes.resolve(Stay.account(name));
    Path here = Files.createDirectory(folder.resolve("files"));
    Guest guest = Guests.open(name, Files.createDirectory(folder.resolve("guest")), home);
    String version = guest.version();
    Map<Column, String> cells = new LinkedHashMap<>();
    List<String> failures = new ArrayList<>();
    for (Column column : Column.values()) {
      String cell =
          cell(
              column,
              Stay.begin(guest, new Host.Ours(server), Reuse.DEMANDED, home, here),
              failures);
      if (column == Column.TLS && cell.equals("no")) {
        String again =
            cell(
                column, Stay.begin(guest, new Host.Ours(server), Reuse.FREE, home, here), failures);
        cell = again.equals(YES) ? "not resumed" : again;
      }
      cells.put(column, cell);
    }
    String row = table.add(guest, version, cells);

    assertThat(GuestTable.withoutVersion(row))
        .as(() -> "what failed:\n" + String.join("\n\n", failures))
        .isEqualTo(GuestTable.withoutVersion(GuestTable.committed(name)));
  }

  /** They see the end of the data first: it has to be one after which they read the reply. */
  @SideBySide
  @ParameterizedTest
  @ValueSource(strings = {"Python ftplib", "Commons Net"})
  void whoDoesNotResumeTheTlsSessionIsToldSo(String name, @TempDir Path folder) throws IOException {
    Path home = homes.resolve(Stay.account(name));
    Files.writeString(home.resolve("told"), "text");
    Guest guest = Guests.open(name, folder, home);
    guest.version();
    Site site = new Site("127.0.0.1", server.port(), Stay.account(name), true, false);

    assertThatThrownBy(() -> guest.act(site, new Deed.Get("told", folder.resolve("told"))))
        .hasMessageContaining("522 The data connection began a TLS session of its own");
  }

  private static String cell(Column column, Stay stay, List<String> failures) {
    try {
      column.play(stay);
      return YES;
    } catch (CannotDo e) {
      return "cannot";
    } catch (IOException e) {
      failures.add(column + ": " + e.getMessage());
      return "no";
    }
  }

  @AfterAll
  void writeTheTable() throws IOException {
    server.close();
    table.write(Path.of("target/guests.md"), Guests.names());
  }
}
