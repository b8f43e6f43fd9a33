package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Conversation;
import dev.berth.testkit.Script;
import dev.berth.testkit.ScriptedServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server that refuses, stalls, dribbles, half-closes, resets or lies: the program ends within its
 * bound, in the status and with the words that fit, and no file that is not whole gets its name.
 */
final class HostileTest {
  /** Starts, pauses between attempts, and other programs on the machine. */
  private static final Duration SLACK = Duration.ofSeconds(15);

  private static final Duration DRIP = Duration.ofMillis(200);
  private static final String CONTENT = "0123456789".repeat(100);

  /** What the server does, what the program makes of it, and how long that may take. */
  enum Evil {
    REFUSES_TO_GREET(
        table().greeting("421 Closed for repairs\r\n"), 4, "Closed for repairs", seconds(3)),
    REFUSES_THE_FILE(table().reply("RETR", "550 Not for you\r\n"), 3, "550 Not for you", soon()),
    SPEAKS_NO_FTP(table().greeting("<html>\r\n"), 4, "expected a reply code", soon()),
    STALLS_BEFORE_THE_GREETING(
        table().greeting(""), 4, "timed out while waiting for the greeting", seconds(3)),
    STALLS_IN_A_REPLY(
        table().answer("RETR", (it, _) -> it.stall()), 3, "timed out while waiting", seconds(10)),
    STALLS_IN_THE_DATA(table().answer("RETR", Evil::stallData), 3, "timed out", seconds(10)),
    DRIBBLES_THE_GREETING(
        it -> it.dribble("220 " + "x".repeat(900), DRIP), 4, "timed out", seconds(3)),
    DRIBBLES_A_REPLY(
        table().answer("RETR", (it, _) -> it.dribble("150 " + "x".repeat(900), DRIP)),
        3,
        "timed out while waiting",
        seconds(10)),
    DRIBBLES_THE_DATA(table().answer("RETR", Evil::dribbleData), 3, "timed out", seconds(10)),
    HALF_CLOSES_THE_CONTROL_CONNECTION(
        table().answer("RETR", (it, _) -> it.halfClose().awaitEnd()),
        3,
        "closed by the peer without a word",
        soon()),
    CLOSES_IN_A_REPLY(
        table().answer("RETR", (it, _) -> it.say("150 he").close()),
        3,
        "in the middle of a reply",
        soon()),
    RESETS_THE_CONTROL_CONNECTION(
        table().answer("RETR", (it, _) -> it.reset()), 3, "reset while waiting", soon()),
    RESETS_THE_DATA(
        table().answer("RETR", (it, _) -> resetData(it)), 3, "426 Data is gone", soon()),
    LIES_ABOUT_THE_SIZE(
        table().answer("RETR", (it, _) -> send(it, CONTENT.substring(1))), 6, "999 bytes", soon()),
    SENDS_MORE_THAN_IT_SAID(
        table().answer("RETR", (it, _) -> send(it, CONTENT + "x")), 6, "1001 bytes", soon());

    private final Script script;
    private final int status;
    private final String words;
    private final Duration bound;

    Evil(Script script, int status, String words, Duration bound) {
      this.script = script;
      this.status = status;
      this.words = words;
      this.bound = bound;
    }

    private static CommandTable table() {
      return CommandTable.normal().file("/a.txt", CONTENT);
    }

    private static Duration soon() {
      return Duration.ZERO;
    }

    private static Duration seconds(int count) {
      return Duration.ofSeconds(count);
    }

    /** Not one byte: a file that comes in halves is whole after two attempts. */
    private static void stallData(Conversation it, String path) throws IOException {
      it.say("150 here\r\n").stallData(new byte[0]).stall();
    }

    private static void dribbleData(Conversation it, String path) throws IOException {
      Socket data = it.say("150 here\r\n").accept();
      for (char octet : CONTENT.toCharArray()) {
        data.getOutputStream().write(octet);
        it.pause(DRIP);
      }
    }

    private static void resetData(Conversation it) throws IOException {
      it.say("150 here\r\n").resetData(new byte[10]).say("426 Data is gone\r\n");
    }

    private static void send(Conversation it, String content) throws IOException {
      it.say("150 here\r\n").sendData(content.getBytes()).say("226 done\r\n");
    }
  }

  @TempDir Path folder;

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void endsInTheRightStatusWithTheRightWordsInTime(Evil evil) throws IOException {
    ScriptedServer server = ScriptedServer.start(evil.script);
    Path down = Files.createDirectory(folder.resolve("down"));

    Run run =
        Berth.in(folder)
            .run(
                "get",
                "--json",
                "--timeout=1s",
                "--wait=3s",
                Server.url(server.address(), "a.txt"),
                down);

    run.ended(evil.status);
    assertThat(run.err()).contains(evil.words);
    assertThat(run.took()).isLessThan(evil.bound.plus(SLACK));
    assertThat(run.objects()).anyMatch(it -> it.containsKey("error"));
    try (Stream<Path> left = Files.list(down)) {
      assertThat(left).as("left behind").isEmpty();
    }
    // Scripts are cut short wherever the program gave up on them.
    server.allowFailures();
    server.close();
  }
}
