package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.SteadyClock;
import dev.berth.limits.Account;
import dev.berth.limits.Budget;
import dev.berth.limits.BudgetName;
import dev.berth.limits.Grant;
import dev.berth.limits.LimitLearner;
import dev.berth.limits.LimitMemory;
import dev.berth.limits.LimitSettings;
import dev.berth.limits.Machine;
import dev.berth.limits.ProcessName;
import dev.berth.limits.Sharing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code berth status} tells. */
@Timeout(60)
class StatusTest {
  private static final BudgetName NAME = BudgetName.of("ftp.example.com", 2121);
  private static final LimitSettings TWO = LimitSettings.standard().withConfigured(2);

  @TempDir Path folder;

  private Run.Result status(String... options) {
    String[] words = new String[options.length + 1];
    words[0] = "status";
    System.arraycopy(options, 0, words, 1, options.length);
    return Run.in(folder)
        .with("BERTH_SHARE_DIR", folder.resolve("share").toString())
        .with("BERTH_STATE_DIR", folder.resolve("state").toString())
        .of(words);
  }

  private Budget<String> budget() {
    SteadyClock clock = SteadyClock.startingNow();
    return new Budget<>(
        NAME, TWO, clock, new SplittableRandom(1), new LimitLearner(TWO).first(clock.instant()));
  }

  /** Without a resolver: no test asks the network. */
  private Machine machine() {
    return new Machine(folder.resolve("share"), folder.resolve("no-proc"), host -> List.of());
  }

  @Test
  void withoutAnyServerItSaysSo() {
    Run.Result result = status();

    assertThat(result.status()).isEqualTo(ExitStatus.DONE);
    assertThat(result.out())
        .isEqualTo("no server is known yet, and no connection is shared just now\n");
    assertThat(status("--json").out()).isEmpty();
  }

  @Test
  void whatWasRememberedIsShownWithItsEvidence() throws IOException {
    new LimitMemory(folder.resolve("state/limits"))
        .keep(NAME, budget().snapshot().state(), Instant.now());

    assertThat(status().out()).isEqualTo("ftp.example.com:2121: limit 2 (set by you), 0 in use\n");
    assertThat(status("--json").out())
        .startsWith(
            "{\"host\":\"ftp.example.com\",\"port\":2121,\"source\":\"default\","
                + "\"limits\":[{\"account\":null,\"limit\":2,\"evidence\":\"configured\"")
        .endsWith("\"pausedUntil\":null,\"holders\":[],\"waiting\":[],\"outsiders\":[]}\n");
  }

  @Test
  void aDamagedFileIsPassedOver() throws IOException {
    LimitMemory memory = new LimitMemory(folder.resolve("state/limits"));
    memory.keep(NAME, budget().snapshot().state(), Instant.now());
    Files.write(folder.resolve("state/limits/other.limits"), new byte[] {(byte) 0xff, '=', 'x'});

    assertThat(status().out().lines()).hasSize(1);
  }

  @Test
  void whoHoldsAConnectionIsNamed() throws IOException, InterruptedException {
    Budget<String> budget = budget();
    ProcessName self = new ProcessName(4711, "ann", "berth mirror");
    try (Sharing sharing =
        Sharing.start(machine(), budget, self, why -> assertThat(why).isEmpty())) {
      Grant<String> grant =
          budget.take(new Account("secret-account"), Deadline.after(Duration.ofSeconds(20)));
      ((Grant.Open<String>) grant).permit().opened("connection");

      // That it is open is known to all a moment before it is written who has it.
      Deadline soon = Deadline.after(Duration.ofSeconds(20));
      String told = status().out();
      while (!told.contains("connected") && !soon.isOver()) {
        told = status().out();
      }

      assertThat(told)
          .startsWith("ftp.example.com:2121: limit 2 (a first guess), 1 in use\n")
          .contains("  pid 4711 berth mirror (ann): connected ")
          .doesNotContain("secret-account");
      assertThat(status("--json").out())
          .contains("\"pid\":4711")
          .contains("\"doing\":\"connected\"");
      assertThat(sharing).isNotNull();
    }
  }
}
