package dev.berth.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.DataMode;
import dev.berth.client.Fact;
import dev.berth.client.Login;
import dev.berth.client.Secret;
import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;
import dev.berth.lifetime.Deadline;
import dev.berth.pool.LimitFinding.Counted;
import dev.berth.pool.LimitFinding.End;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import dev.berth.wire.RemoteLocation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole probe, with servers that refuse one more in all the ways there are. */
@Timeout(60)
class ServerProbeTest {
  private static final String IP = "421 Too many connections (2) from this IP\r\n";

  private static CommandTable table() {
    return CommandTable.normal().file("/small.txt", "some bytes to try things on");
  }

  private static ServerProbe.Outcome run(Pools pools, int connections)
      throws IOException, InterruptedException {
    return run(pools, connections, "", ProbeSettings.Writing.FORBIDDEN);
  }

  private static ServerProbe.Outcome run(
      Pools pools, int connections, String place, ProbeSettings.Writing writing)
      throws IOException, InterruptedException {
    ProbeSettings settings =
        new ProbeSettings(
            connections,
            Duration.ofMillis(20),
            Duration.ZERO,
            DataMode.AUTO,
            writing,
            ProbeSettings.Interrupting.FORBIDDEN,
            Duration.ofSeconds(5));
    return new ServerProbe(
            pools.pool(),
            pools.pool(),
            new Login("alice", new Secret("wonder")),
            new RemoteLocation.FromLogin(place),
            settings,
            what -> {})
        .run();
  }

  private static ServerProfile profile(Pools pools, int connections)
      throws IOException, InterruptedException {
    if (run(pools, connections) instanceof ServerProbe.Outcome.Done done) {
      assertThat(done.shortfall()).isEmpty();
      return done.profile();
    }
    throw new AssertionError("no profile");
  }

  @Test
  void aFolderThatIsNotThereIsToldAndNothingElseIsAsked() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table());
        Pools pools = Pools.learning(server.port())) {
      ServerProbe.Outcome outcome = run(pools, 8, "nowhere", ProbeSettings.Writing.FORBIDDEN);

      assertThat(outcome)
          .isInstanceOfSatisfying(
              ServerProbe.Outcome.Done.class,
              done -> assertThat(done.shortfall()).isEqualTo("there is nothing at /nowhere"));
      assertThat(server.heard()).doesNotContain("PASV");
    }
  }

  @Test
  void whatWasWrittenIsRemovedOnAnotherConnectionWhereTheFirstBreaks() throws Exception {
    CommandTable breaking = table().answer("APPE", (it, path) -> it.close());
    try (ScriptedServer server = ScriptedServer.start(breaking);
        Pools pools = Pools.learning(server.port())) {
      run(pools, 1, "", ProbeSettings.Writing.ALLOWED);

      assertThat(breaking.files()).containsOnlyKeys("/small.txt");
      server.allowFailures();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "421 Too many connections (2) from this IP, ADDRESS",
    "421 Too many connections. Service temporarily unavailable., NOT_SAID",
    "421 2 users (the maximum) are already logged in, SERVER",
  })
  void oneRefusalEndsTheSearchAndTellsWhatIsCounted(String words, Counted counted)
      throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table().refuseAbove(2, words + "\r\n"));
        Pools pools = Pools.learning(server.port())) {
      LimitFinding limit = profile(pools, 8).limit();

      assertThat(limit.worked()).isEqualTo(2);
      assertThat(limit.ceiling().limit()).isEqualTo(2);
      assertThat(limit.end()).isInstanceOf(End.TurnedAway.class);
      End.TurnedAway end = (End.TurnedAway) limit.end();
      assertThat(end.counted()).isEqualTo(counted);
      assertThat(end.phase()).isEqualTo(Phase.GREETING);
      assertThat(pools.refused()).hasSize(1);
      assertThat(server.mostAtOnce()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void silenceEndsTheSearchAtOnce() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table().refuseAbove(2, ""));
        Pools pools = Pools.learning(server.port())) {
      LimitFinding limit = profile(pools, 8).limit();

      assertThat(limit.end()).isInstanceOf(End.TurnedAway.class);
      End.TurnedAway end = (End.TurnedAway) limit.end();
      assertThat(end.refusal()).isInstanceOf(Refusal.Silent.class);
      assertThat(pools.refused()).hasSize(1);
    }
  }

  @Test
  void aSearchThatMeetsNoRefusalTellsSoAndLeavesNobodyBehind() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table())) {
      try (Pools pools = Pools.learning(server.port())) {
        LimitFinding limit = profile(pools, 3).limit();

        assertThat(limit.end()).isEqualTo(new End.Enough());
        assertThat(limit.worked()).isEqualTo(3);
      }
      assertThat(server.heard().stream().filter("QUIT"::equals)).hasSize(3);
    }
  }

  @Test
  void aLimitThatTheUserHasSetIsNotExceeded() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table().refuseAbove(2, IP));
        Pools pools = Pools.limited(server.port(), 2)) {
      LimitFinding limit = profile(pools, 8).limit();

      assertThat(limit.end()).isEqualTo(new End.SetByUser());
      assertThat(pools.refused()).isEmpty();
    }
  }

  @Test
  void oneConnectionIsEnoughForAllButTheLimit() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table());
        Pools pools = Pools.learning(server.port())) {
      ServerProfile profile = profile(pools, 1);

      assertThat(profile.limit().end()).isEqualTo(new End.NotSought());
      assertThat(profile.of(Fact.AHEAD).evidence()).contains("3 of 3");
      assertThat(server.conversations()).hasSize(1);
    }
  }

  @Test
  void aWrongPasswordIsSentOnce() throws Exception {
    CommandTable table = table().reply("PASS", "530 Login incorrect.\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Pools pools = Pools.learning(server.port())) {
      assertThat(run(pools, 8)).isInstanceOf(ServerProbe.Outcome.NoConnection.class);

      List<String> passwords = new ArrayList<>(server.heard());
      passwords.removeIf(line -> !line.startsWith("PASS"));
      assertThat(passwords).hasSize(1);
    }
  }

  @Test
  void aPairThatBreaksTheConnectionCostsOneMore() throws Exception {
    CommandTable table =
        table()
            .answer(
                "RETR",
                (it, path) -> {
                  it.say("150 here\r\n").sendData("other bytes".getBytes("US-ASCII"));
                  it.say("226 ok\r\n");
                });
    try (ScriptedServer server = ScriptedServer.start(table);
        Pools pools = Pools.learning(server.port())) {
      assertThat(profile(pools, 1).of(Fact.REST).evidence()).contains("other bytes came");
    }
  }

  /** ProFTPD says 530 for a full account too, in words that its operator chooses. */
  @Test
  void aRefusalInTheWordsOfAWrongPasswordEndsAllFurtherLogins() throws Exception {
    AtomicInteger logins = new AtomicInteger();
    CommandTable table =
        table()
            .answer(
                "PASS",
                (it, password) ->
                    it.say(
                        logins.incrementAndGet() > 2 ? "530 Login incorrect.\r\n" : "230 in\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Pools pools = Pools.learning(server.port())) {
      LimitFinding limit = profile(pools, 8).limit();

      assertThat(limit.worked()).isEqualTo(2);
      assertThat(limit.end()).isInstanceOf(End.TurnedAway.class);
      assertThat(pools.pool().attempt("again", Deadline.after(Duration.ofSeconds(2))))
          .isNotInstanceOf(Attempt.TurnedAway.class);
      assertThat(logins.get()).isEqualTo(3);
    }
  }
}
