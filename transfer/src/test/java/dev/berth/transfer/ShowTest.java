package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Conversation;
import dev.berth.testkit.ScriptedServer;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.wire.RemoteLocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files written to a channel that cannot go back. */
@Timeout(60)
class ShowTest {
  private static final RemoteLocation A = JobRun.at("/a.txt");
  private static final RemoteLocation B = JobRun.at("/b.txt");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static CommandTable table() {
    return CommandTable.normal().file("/a.txt", "hello").file("/b.txt", "world");
  }

  private String shown() {
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  /** Shows files of a server that may be cut short. */
  private Heard show(CommandTable table, RemoteLocation... sources) throws Exception {
    return show(table, Channels.newChannel(out), sources);
  }

  private static Heard show(
      CommandTable table, WritableByteChannel target, RemoteLocation... sources) throws Exception {
    ScriptedServer server = ScriptedServer.start(table);
    try (JobRun run = JobRun.at(server.port(), 1)) {
      run.job().show(List.of(sources), target);
      return run.heard();
    } finally {
      server.allowFailures();
      server.close();
    }
  }

  /** Sends what the table says from where REST says, cut at these offsets, one a transfer. */
  private static CommandTable cutting(CommandTable table, String content, int... cuts) {
    AtomicInteger offset = new AtomicInteger();
    AtomicInteger count = new AtomicInteger();
    return table
        .answer(
            "REST",
            (it, argument) -> {
              offset.set(Integer.parseInt(argument));
              it.say("350 ok\r\n");
            })
        .answer(
            "RETR",
            (it, path) -> {
              int from = offset.getAndSet(0);
              int n = count.getAndIncrement();
              int to = n < cuts.length ? cuts[n] : content.length();
              data(it, content.substring(from, to), to < content.length() ? "426 cut" : "226 ok");
            });
  }

  private static void data(Conversation it, String content, String end) throws IOException {
    it.say("150 here\r\n").sendData(bytes(content)).say(end + "\r\n");
  }

  @Test
  void filesComeInTheOrderInWhichTheyWereAskedFor() throws Exception {
    Heard heard = show(table(), B, A, B);

    assertThat(shown()).isEqualTo("worldhelloworld");
    assertThat(heard.count(FileResult.Done.class)).isEqualTo(3);
  }

  @Test
  void aTransferThatBreaksGoesOnAtTheByteWhereItStopped() throws Exception {
    Heard heard = show(cutting(table(), "hello", 2, 2, 4), A, B);

    assertThat(shown()).startsWith("hello");
    assertThat(heard.outcomes().get("/a.txt"))
        .isInstanceOfSatisfying(
            FileResult.Done.class, done -> assertThat(done.resumedBytes()).isEqualTo(4));
  }

  @Test
  void aCutThatTheServerCallsDoneIsContinued() throws Exception {
    AtomicInteger count = new AtomicInteger();
    CommandTable table =
        CommandTable.normal()
            .file("/a.txt", "hello")
            .answer("REST", (it, argument) -> it.say("350 ok\r\n"))
            .answer(
                "RETR",
                (it, path) -> data(it, count.incrementAndGet() == 1 ? "hel" : "lo", "226 ok"));

    show(table, A);

    assertThat(shown()).isEqualTo("hello");
  }

  @Test
  void aServerThatCannotRestartFailsTheFileAndTheNextOneIsShown() throws Exception {
    AtomicInteger count = new AtomicInteger();
    CommandTable table =
        table()
            .reply("REST", "502 not implemented\r\n")
            .answer(
                "RETR",
                (it, path) -> {
                  boolean first = count.incrementAndGet() == 1;
                  data(it, first ? "hel" : "world", first ? "426 cut" : "226 ok");
                });

    Heard heard = show(table, A, B);

    assertThat(shown()).isEqualTo("helworld");
    assertThat(heard.failure().cause()).isEqualTo(Cause.SERVER);
    assertThat(heard.failure().reason())
        .contains("broke off after 3 bytes (RETR was answered: 426 cut)")
        .contains("cannot go on from there: REST was answered: 502 not implemented");
  }

  @Test
  void aServerThatForgetsTheRestartRepeatsNoByte() throws Exception {
    AtomicInteger count = new AtomicInteger();
    CommandTable table =
        CommandTable.normal()
            .file("/a.txt", "hello")
            .answer("REST", (it, argument) -> it.say("350 ok\r\n"))
            .answer(
                "RETR",
                (it, path) -> {
                  boolean first = count.incrementAndGet() == 1;
                  data(it, first ? "hel" : "hello", first ? "426 cut" : "226 ok");
                });

    Heard heard = show(table, A);

    assertThat(shown()).isEqualTo("hel");
    assertThat(heard.failure().cause()).isEqualTo(Cause.VERIFICATION);
  }

  @Test
  void aFileThatChangesWhileItIsBrokenOffIsNotContinued() throws Exception {
    AtomicInteger count = new AtomicInteger();
    CommandTable table = CommandTable.normal().file("/a.txt", "hello");
    table.answer(
        "RETR",
        (it, path) -> {
          count.incrementAndGet();
          table.file("/a.txt", "changed");
          data(it, "hel", "426 cut");
        });

    Heard heard = show(table, A);

    assertThat(shown()).isEqualTo("hel");
    assertThat(count).hasValue(1);
    assertThat(heard.failure().cause()).isEqualTo(Cause.VERIFICATION);
    assertThat(heard.failure().reason()).contains("has changed since");
  }

  @Test
  void moreThanTheServerSaysIsNoSuccess() throws Exception {
    CommandTable table = table().answer("RETR", (it, path) -> data(it, "hello...", "226 ok"));

    Heard heard = show(table, A);

    assertThat(heard.failure().cause()).isEqualTo(Cause.VERIFICATION);
    assertThat(heard.failure().reason()).contains("8 bytes came, the server says 5");
  }

  @Test
  void allButTheLastReplyIsAllWhenTheSizeSaysSo() throws Exception {
    AtomicInteger count = new AtomicInteger();
    CommandTable table = CommandTable.normal().file("/a.txt", "hello");
    table.answer(
        "RETR",
        (it, path) -> {
          count.incrementAndGet();
          it.say("150 here\r\n").sendData(bytes("hello")).close();
        });

    Heard heard = show(table, A);

    assertThat(shown()).isEqualTo("hello");
    assertThat(heard.count(FileResult.Done.class)).isEqualTo(1);
    assertThat(count).hasValue(1);
  }

  @Test
  void whatIsMissingOrAFolderIsNamedAndTheOthersAreShown() throws Exception {
    CommandTable table = table().file("/sub/c.txt", "c");

    Heard heard = show(table, JobRun.at("/no"), A, JobRun.at("/sub"), B);

    assertThat(shown()).isEqualTo("helloworld");
    assertThat(heard.outcomes().get("/no")).asString().contains("no such file");
    assertThat(heard.outcomes().get("/sub")).asString().contains("is a folder");
  }

  @Test
  void whenNobodyReadsAnyMoreNothingMoreIsAskedFor() throws Exception {
    byte[] much = new byte[1024 * 1024];
    Arrays.fill(much, (byte) 'x');
    CommandTable table = CommandTable.normal().file("/a.txt", much).file("/b.txt", "world");

    Heard heard = show(table, new Closed(), A, B);

    assertThat(heard.results())
        .extracting(FileResult::outcome)
        .allSatisfy(outcome ->
            assertThat(outcome)
                .isInstanceOfSatisfying(
                    FileResult.Failed.class,
                    failed -> assertThat(failed.cause()).isEqualTo(Cause.LOCAL)));
    assertThat(heard.outcomes().get("/b.txt")).asString().contains("not begun");
  }

  /** A pipe that nobody reads. */
  private static final class Closed implements WritableByteChannel {
    @Override
    public int write(ByteBuffer source) throws IOException {
      throw new IOException("Broken pipe");
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
