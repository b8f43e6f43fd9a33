package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.limits.AccountKey;
import dev.berth.limits.BudgetName;
import dev.berth.limits.LimitLearner;
import dev.berth.limits.LimitSettings;
import dev.berth.limits.Occupant;
import dev.berth.limits.Occupant.Doing;
import dev.berth.limits.Outsider;
import dev.berth.limits.ProcessName;
import dev.berth.limits.Route;
import dev.berth.limits.Standing;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code berth top} shows. */
class TopTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path folder;

  private static Standing standing(String host, int holders, int waiting) {
    LimitSettings settings = LimitSettings.standard().withConfigured(2);
    return new Standing(
        BudgetName.of(host, 21),
        new LimitLearner(settings).first(NOW),
        occupants(holders, Doing.CONNECTED),
        occupants(waiting, Doing.WAITING),
        holders == 0 ? List.of() : List.of(new Outsider.Program(12, "lftp")));
  }

  private static List<Occupant> occupants(int count, Doing doing) {
    List<Occupant> occupants = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      occupants.add(
          new Occupant(
              new ProcessName(4711 + i, "ann", "berth mirror"),
              new AccountKey("0".repeat(16)),
              doing,
              NOW.minusSeconds(38),
              1,
              Route.UNTOLD));
    }
    return occupants;
  }

  @Test
  void aPageShowsWhoHoldsAndWhoWaits() {
    List<Standing> all = List.of(standing("resting.example", 0, 0), standing("busy.example", 1, 1));

    assertThat(TopText.page(all, NOW, 24, 80))
        .containsExactly(
            "berth top: 2 servers, 1 connection and 1 of other programs, 1 waiting    q quits",
            "busy.example: limit 2 (set by you), 1 in use, 1 waiting",
            "  pid 4711 berth mirror (ann): connected 38s",
            "  pid 12 `lftp`: connected, not by Berth",
            "  pid 4711 berth mirror (ann): waiting for more than 1, 38s",
            "resting.example: limit 2 (set by you), 0 in use");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 24})
  void aPageIsNeverLongerThanTheTerminalNorWider(int rows) {
    List<Standing> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(standing("server-" + i + ".a-long-name.example.com", 3, 2));
    }
    for (int columns : new int[] {1, 5, 20, 40, 80, 200}) {
      List<String> page = TopText.page(all, NOW, rows, columns);

      assertThat(page).hasSize(rows);
      assertThat(page).allMatch(line -> line.length() <= columns);
    }
    assertThat(TopText.page(all, NOW, 24, 80).getLast())
        .isEqualTo("328 more lines; see berth status");
  }

  @Test
  void aNarrowPageBreaksLinesAtBlanks() {
    List<Standing> all = List.of(standing("busy.example", 1, 0));

    assertThat(TopText.page(all, NOW, 24, 40))
        .containsExactly(
            "berth top: 1 server, 1 connection and 1",
            "  of other programs, 0 waiting",
            "busy.example: limit 2 (set by you), 1 in",
            "  use",
            "  pid 4711 berth mirror (ann): connected",
            "    38s",
            "  pid 12 `lftp`: connected, not by Berth");
  }

  @Test
  void withoutAnyServerThePageSaysSo() {
    assertThat(TopText.page(List.of(), NOW, 24, 80).get(1)).startsWith("no server is known yet");
  }

  /** A screen that is left after some looks. */
  private static final class Looks implements Screen {
    private final List<Integer> servers = new ArrayList<>();
    private final int most;

    Looks(int most) {
      this.most = most;
    }

    @Override
    public void show(List<Standing> all, Instant now) {
      servers.add(all.size());
    }

    @Override
    public boolean awaits(Duration interval) {
      assertThat(interval).isEqualTo(Duration.ofSeconds(5));
      return servers.size() < most;
    }

    @Override
    public void close() {
      servers.add(-1);
    }
  }

  private ExitStatus top(Looks looks, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Surroundings surroundings =
        Run.in(folder)
            .with("BERTH_SHARE_DIR", folder.resolve("share").toString())
            .with("BERTH_STATE_DIR", folder.resolve("state").toString())
            .surroundings(out, out);
    Command top = new TopCommand(InstantSource.fixed(NOW), any -> looks);
    return new Program(List.of(top), surroundings).run(words);
  }

  @Test
  void itLooksAgainAndAgainUntilNobodyWantsToSeeMore() {
    Looks looks = new Looks(3);

    assertThat(top(looks, "top", "--interval", "5s")).isEqualTo(ExitStatus.DONE);

    assertThat(looks.servers).containsExactly(0, 0, 0, -1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "50ms", "soon", "-1"})
  void anIntervalThatIsNoneIsAFaultOfUsage(String interval) {
    assertThat(top(new Looks(1), "top", "--interval=" + interval)).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void whereNobodyReadsAnyMoreItEnds() throws InterruptedException {
    PrintStream gone = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    gone.close();
    try (PlainScreen screen = new PlainScreen(gone)) {
      screen.show(List.of(), NOW);

      assertThat(screen.awaits(Duration.ofDays(1))).isFalse();
    }
  }
}
