package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.Answer;
import dev.berth.client.Fact;
import dev.berth.limits.BudgetName;
import dev.berth.limits.LimitLearner;
import dev.berth.limits.LimitSettings;
import dev.berth.pool.LimitFinding;
import dev.berth.pool.ProbeSettings;
import dev.berth.pool.ServerProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code berth probe} asks an engine for, and what it remembers. */
final class ProbeCommandTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final BudgetName NAME = BudgetName.of("h", 21);

  @TempDir Path folder;

  private ProbeSettings settings(String... options) {
    FakeEngine engine = FakeEngine.ending(new Ending.Done());
    String[] words = new String[options.length + 2];
    words[0] = "probe";
    words[1] = "ftp://h/dir";
    System.arraycopy(options, 0, words, 2, options.length);
    assertThat(Run.in(folder).with(engine).of(words).status()).isEqualTo(ExitStatus.DONE);
    return engine.probes.getFirst().settings();
  }

  @Test
  void looksForTheLimitWithEightConnectionsAndWritesNothingUnlessAsked() {
    ProbeSettings usual = settings();

    assertThat(usual.connections()).isEqualTo(8);
    assertThat(usual.idle()).isZero();
    assertThat(usual.writing()).isEqualTo(ProbeSettings.Writing.FORBIDDEN);
    assertThat(usual.interrupting()).isEqualTo(ProbeSettings.Interrupting.FORBIDDEN);
  }

  @Test
  void doesWhatTheOptionsSay() {
    ProbeSettings all = settings("--connections=3", "--idle=2m", "--write", "--noop");

    assertThat(all.connections()).isEqualTo(3);
    assertThat(all.idle()).isEqualTo(Duration.ofMinutes(2));
    assertThat(all.writing()).isEqualTo(ProbeSettings.Writing.ALLOWED);
    assertThat(all.interrupting()).isEqualTo(ProbeSettings.Interrupting.ALLOWED);
    assertThat(settings("--quick").connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--connections=0", "--connections=65", "--connections=x", "--idle=soon"})
  void refusesWhatIsNoValue(String option) {
    Run.Result end =
        Run.in(folder).with(FakeEngine.ending(new Ending.Done())).of("probe", option, "ftp://h/");

    assertThat(end.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(end.err()).contains(option);
  }

  @Test
  void oneConnectionAndManyExcludeEachOther() {
    assertThat(
            Run.in(folder)
                .with(FakeEngine.ending(new Ending.Done()))
                .of("probe", "--quick", "--connections=4", "ftp://h/")
                .status())
        .isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void tellsWhatHasChangedAndKeepsWhatWasNotAskedThisTime() throws IOException {
    ProfileMemory memory = new ProfileMemory(folder.resolve("profiles"));
    Answer yes = new Answer.Yes("it came");
    Answer no = new Answer.No("500");

    assertThat(memory.remember(NAME, profile(Map.of(Fact.EPSV, yes, Fact.STOR, yes)))).isEmpty();
    assertThat(memory.remember(NAME, profile(Map.of(Fact.EPSV, no))))
        .containsExactly(new ProbeReport.Change("epsv", "yes", "no"));
    assertThat(memory.remember(NAME, profile(Map.of(Fact.STOR, no, Fact.EPSV, no))))
        .containsExactly(new ProbeReport.Change("stor", "yes", "no"));
  }

  @Test
  void timesThatDifferEachTimeAreNoChange() throws IOException {
    ProfileMemory memory = new ProfileMemory(folder.resolve("profiles"));
    memory.remember(NAME, profile(Map.of(Fact.LOGIN_TIME, new Answer.Told("40 ms", ""))));

    assertThat(memory.remember(NAME, profile(Map.of(Fact.LOGIN_TIME, new Answer.Told("9 ms", "")))))
        .isEmpty();
  }

  private static ServerProfile profile(Map<Fact, Answer> facts) {
    return new ServerProfile(
        facts,
        new LimitFinding(
            1,
            0,
            new LimitLearner(LimitSettings.standard()).first(NOW).address(),
            new LimitFinding.End.NotSought()));
  }
}
