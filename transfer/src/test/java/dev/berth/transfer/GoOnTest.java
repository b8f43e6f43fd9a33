package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import dev.berth.transfer.FileResult.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Big files that stopped half way, in this run or an earlier one: they go on, or start anew. */
@Timeout(60)
class GoOnTest {
  private static final int SIZE = 700_000;
  private static final int PART = 400_000;
  private static final int OVERLAP = 64 * 1024;
  private static final byte[] CONTENT = new byte[SIZE];
  private static final String OLD = ".berth-" + Remembering.DEAD + "-01234567.part";

  static {
    new Random(16).nextBytes(CONTENT);
  }

  @TempDir Path folder;
  private final Remembering journal = new Remembering();
  private List<String> heard = List.of();

  private static byte[] first(int count) {
    return Arrays.copyOf(CONTENT, count);
  }

  private static byte[] firstWithFault(int count) {
    byte[] bytes = first(count);
    bytes[count - OVERLAP + 10] ^= 1;
    return bytes;
  }

  private FileResult get(CommandTable table, Verify verify) throws Exception {
    return run(
        table, verify, jobs -> jobs.get(List.of(JobRun.at("/a.bin")), folder.resolve("a.bin")));
  }

  private FileResult put(CommandTable table, Verify verify) throws Exception {
    Path source = folder.resolve("a.bin");
    if (!Files.exists(source)) {
      Files.write(source, CONTENT);
    }
    return run(
        table,
        verify,
        jobs -> jobs.put(List.of(source), JobRun.at("/a.bin"), Jobs.Target.FOLDER_OR_FILE));
  }

  private interface Work {
    JobEnd on(Jobs jobs) throws Exception;
  }

  private FileResult run(CommandTable table, Verify verify, Work work) throws Exception {
    ScriptedServer server = ScriptedServer.start(table);
    try (JobRun run = JobRun.at(server.port(), 1).with(journal).verifying(verify)) {
      work.on(run.job());
      assertThat(run.heard().results()).hasSize(1);
      return run.heard().results().getFirst();
    } finally {
      heard = server.heard();
      server.allowFailures();
      server.close();
    }
  }

  private static long resumed(FileResult result) {
    assertThat(result.outcome()).isInstanceOf(FileResult.Done.class);
    return ((FileResult.Done) result.outcome()).resumedBytes();
  }

  private long count(String verb) {
    return heard.stream().filter(line -> line.startsWith(verb + " ")).count();
  }

  private static CommandTable holding(byte[] content) {
    return CommandTable.normal().file("/a.bin", content);
  }

  private void leavePart(byte[] content) throws IOException {
    Files.write(folder.resolve(TemporaryName.of("a.bin")), content);
    journal.left(TemporaryName.of("a.bin"), true);
  }

  private void assertArrivedHere() throws IOException {
    assertThat(folder.resolve("a.bin")).hasBinaryContent(CONTENT);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
    assertThat(journal.told()).contains("claim DOWN /a.bin", "done /a.bin");
  }

  @Test
  void aPartOfAnEarlierRunGoesOnWhereItsLast64KiBAgree() throws Exception {
    leavePart(first(PART));

    assertThat(resumed(get(holding(CONTENT), Verify.SIZE))).isEqualTo(PART - OVERLAP);
    assertArrivedHere();
    assertThat(heard).contains("REST " + (PART - OVERLAP));
    assertThat(journal.mark().source()).startsWith(SIZE + "@2026-");
  }

  @Test
  void aPartWhoseEndDiffersStartsAnew() throws Exception {
    leavePart(firstWithFault(PART));

    assertThat(resumed(get(holding(CONTENT), Verify.SIZE))).isZero();
    assertArrivedHere();
  }

  @Test
  void aPartOfASourceThatChangedStartsAnew() throws Exception {
    leavePart(first(PART));
    journal.left(TemporaryName.of("a.bin"), false);

    assertThat(resumed(get(holding(CONTENT), Verify.SIZE))).isZero();
    assertArrivedHere();
    assertThat(count("REST")).isZero();
  }

  @Test
  void aPartThatNobodyRemembersStartsAnew() throws Exception {
    Files.write(folder.resolve(TemporaryName.of("a.bin")), first(PART));

    assertThat(resumed(get(holding(CONTENT), Verify.SIZE))).isZero();
    assertArrivedHere();
    assertThat(count("REST")).isZero();
  }

  @Test
  void aPartLongerThanTheSourceStartsAnew() throws Exception {
    leavePart(Arrays.copyOf(CONTENT, SIZE + 1));

    assertThat(resumed(get(holding(CONTENT), Verify.SIZE))).isZero();
    assertArrivedHere();
  }

  @Test
  void ofAWholePartTheLast64KiBComeAgain() throws Exception {
    leavePart(CONTENT);

    assertThat(resumed(get(holding(CONTENT), Verify.SIZE))).isEqualTo(SIZE - OVERLAP);
    assertArrivedHere();
    assertThat(heard).contains("REST " + (SIZE - OVERLAP));
  }

  @Test
  void allBytesOnTheWayDownAndThenADeadControlConnectionIsSettledBySize() throws Exception {
    CommandTable table =
        holding(CONTENT)
            .answer(
                "RETR",
                (it, path) -> {
                  it.say("150 here\r\n").sendData(CONTENT);
                  it.close();
                });

    assertThat(resumed(get(table, Verify.SIZE))).isEqualTo(SIZE);
    assertArrivedHere();
    assertThat(count("RETR")).isEqualTo(1);
  }

  /** An attempt that brought nothing says nothing of how much an attempt brings. */
  @Test
  void afterAnAttemptThatBroughtNothingAPartIsComparedAllTheSame() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    AtomicInteger offset = new AtomicInteger();
    CommandTable table =
        holding(CONTENT)
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
                  switch (attempts.incrementAndGet()) {
                    case 1 -> it.say("150 here\r\n").sendData(first(PART)).say("426 cut\r\n");
                    case 2 -> it.say("425 no data connection\r\n");
                    default ->
                        it.say("150 here\r\n")
                            .sendData(Arrays.copyOfRange(CONTENT, from, SIZE))
                            .say("226 done\r\n");
                  }
                });

    assertThat(resumed(get(table, Verify.SIZE))).isEqualTo(PART - OVERLAP);
    assertArrivedHere();
  }

  private CommandTable withPart(byte[] part) {
    journal.left(OLD, true);
    return CommandTable.normal().file("/" + OLD, part);
  }

  private void assertArrivedThere(CommandTable table) {
    assertThat(table.files()).containsOnlyKeys("/a.bin");
    assertThat(table.files().get("/a.bin")).isEqualTo(CONTENT);
    assertThat(journal.told()).contains("claim UP /a.bin", "done /a.bin");
  }

  @Test
  void anUploadOfAnEarlierRunGoesOnAtTheSizeThatTheServerTells() throws Exception {
    CommandTable table = withPart(first(PART));

    assertThat(resumed(put(table, Verify.SIZE))).isEqualTo(PART);
    assertArrivedThere(table);
    assertThat(heard)
        .containsSubsequence(
            "SIZE /" + OLD, "REST " + (PART - OVERLAP), "RETR /" + OLD, "REST " + PART);
  }

  @Test
  void anUploadThatTheServerStillStoresIsWaitedForAndGoesOn() throws Exception {
    CommandTable table = withPart(first(PART));
    AtomicInteger asked = new AtomicInteger();
    CommandTable growing =
        table.answer(
            "SIZE",
            (it, path) -> {
              boolean isEarly = asked.incrementAndGet() <= 2;
              it.say("213 " + (isEarly ? PART - 70_000 : table.files().get(path).length) + "\r\n");
            });

    assertThat(resumed(put(growing, Verify.SIZE))).isEqualTo(PART);
    assertArrivedThere(table);
    assertThat(heard).noneMatch(line -> line.startsWith("DELE"));
  }

  @Test
  void anUploadWhoseEndDiffersStartsAnew() throws Exception {
    CommandTable table = withPart(firstWithFault(PART));

    assertThat(resumed(put(table, Verify.SIZE))).isZero();
    assertArrivedThere(table);
    assertThat(heard).contains("DELE /" + OLD);
  }

  @Test
  void anUploadLongerThanItsSourceStartsAnew() throws Exception {
    CommandTable table = withPart(Arrays.copyOf(CONTENT, SIZE + 1));

    assertThat(resumed(put(table, Verify.SIZE))).isZero();
    assertArrivedThere(table);
  }

  @Test
  void anUploadOfAnOlderSourceIsDeletedAndStartsAnew() throws Exception {
    CommandTable table = withPart(first(PART));
    journal.left(OLD, false);

    assertThat(resumed(put(table, Verify.SIZE))).isZero();
    assertArrivedThere(table);
  }

  @Test
  void anUploadThatMayNotBeRetrievedStartsAnew() throws Exception {
    CommandTable table = withPart(first(PART)).reply("RETR", "550 permission denied\r\n");

    assertThat(resumed(put(table, Verify.SIZE))).isZero();
    assertArrivedThere(table);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void anUploadThatMayNotBeRetrievedGoesOnWhereItsHashIsTheSame(boolean isSame) throws Exception {
    CRC32 sum = new CRC32();
    sum.update(isSame ? first(PART) : firstWithFault(PART));
    CommandTable table =
        withPart(first(PART))
            .reply("RETR", "550 permission denied\r\n")
            .reply("FEAT", "211-Features:\r\n XCRC\r\n SIZE\r\n REST STREAM\r\n211 End\r\n")
            .reply("XCRC", "250 %08X\r\n".formatted(sum.getValue()));

    assertThat(resumed(put(table, Verify.SIZE))).isEqualTo(isSame ? PART : 0);
    assertThat(table.files().get("/a.bin")).isEqualTo(CONTENT);
  }

  /** As Pure-FTPd does with an offset behind the end: the size tells, and nothing is renamed. */
  @Test
  void anUploadThatTheServerContinuedElsewhereIsFoundOutByItsSize() throws Exception {
    AtomicInteger stores = new AtomicInteger();
    CommandTable table = withPart(first(PART));
    table.answer(
        "STOR",
        (it, path) -> {
          it.say("150 go on\r\n");
          byte[] came = it.receiveData();
          boolean isFirst = stores.incrementAndGet() == 1;
          table.file(path, isFirst ? Arrays.copyOf(came, 10) : came);
          it.say("226 done\r\n");
        });

    assertThat(resumed(put(table, Verify.SIZE))).isZero();
    assertArrivedThere(table);
    assertThat(stores).hasValue(2);
  }

  @Test
  void allBytesOnTheWayUpAndThenADeadControlConnectionIsSettledWithoutSendingThemAgain()
      throws Exception {
    CommandTable table = CommandTable.normal();
    table.answer(
        "STOR",
        (it, path) -> {
          it.say("150 go on\r\n");
          table.file(path, it.receiveData());
          it.close();
        });

    assertThat(resumed(put(table, Verify.SIZE))).isEqualTo(SIZE);
    assertThat(count("STOR")).isEqualTo(1);
    assertArrivedThere(table);
  }

  @Test
  void aLostReplyToTheRenameIsSettledByALook() throws Exception {
    AtomicBoolean renamed = new AtomicBoolean();
    AtomicReference<String> from = new AtomicReference<>("");
    CommandTable table = CommandTable.normal();
    table
        .answer(
            "SIZE",
            (it, path) -> {
              boolean isThere = renamed.get() == path.equals("/a.bin");
              it.say(isThere ? "213 " + SIZE + "\r\n" : "550 no such file\r\n");
            })
        .answer(
            "RNFR",
            (it, path) -> {
              from.set(path);
              it.say("350 to what?\r\n");
            })
        .answer(
            "RNTO",
            (it, path) -> {
              table.file(path, table.files().get(from.get()));
              renamed.set(true);
              it.close();
            });

    assertThat(resumed(put(table, Verify.SIZE))).isEqualTo(SIZE);
    assertThat(count("STOR")).isEqualTo(1);
    assertThat(count("RNTO")).isEqualTo(1);
    assertThat(table.files().get("/a.bin")).isEqualTo(CONTENT);
  }

  /** The doubt was about what has the final name, and not about what is sent after that. */
  @Test
  void afterARenameThatCameToNothingAnUploadThatIsCutGoesOn() throws Exception {
    AtomicInteger stores = new AtomicInteger();
    AtomicInteger renames = new AtomicInteger();
    AtomicInteger stands = new AtomicInteger(-1); // so many bytes of the temporary file
    CommandTable table = CommandTable.normal().file("/a.bin", new byte[SIZE]);
    table
        .answer(
            "STOR",
            (it, path) -> {
              it.say("150 go on\r\n");
              byte[] came = it.receiveData();
              int attempt = stores.incrementAndGet();
              stands.set(attempt == 2 ? PART : SIZE);
              table.file(path, attempt == 2 ? first(PART) : CONTENT);
              assertThat(came).hasSize(attempt == 3 ? SIZE - PART : SIZE);
              it.say(attempt == 2 ? "426 cut\r\n" : "226 done\r\n");
            })
        .answer(
            "SIZE",
            (it, path) -> {
              int size = path.equals("/a.bin") ? SIZE : stands.get();
              it.say(size < 0 ? "550 no such file\r\n" : "213 " + size + "\r\n");
            })
        .answer("RNFR", (it, path) -> it.say("350 to what?\r\n"))
        .answer(
            "RNTO",
            (it, path) -> {
              if (renames.incrementAndGet() == 1) {
                stands.set(-1);
                it.close();
              } else {
                it.say("250 renamed\r\n");
              }
            });

    assertThat(resumed(put(table, Verify.SIZE))).isEqualTo(PART);
    assertThat(stores).hasValue(3);
  }

  /** Once for the upload, and once for the way back; a tenth of a second is the rate's credit. */
  @Test
  void whatIsRetrievedForComparisonKeepsTheRateToo() throws Exception {
    Path source = Files.write(folder.resolve("a.bin"), first(50_000));
    CommandTable table = CommandTable.normal();
    long start = System.nanoTime();
    try (ScriptedServer server = ScriptedServer.start(table);
        JobRun run = JobRun.at(server.port(), 1).verifying(Verify.FULL).at(Bandwidth.of(100_000))) {
      JobEnd end = run.job().put(List.of(source), JobRun.at("/a.bin"), Jobs.Target.FOLDER_OR_FILE);

      assertThat(end.summary()).isEqualTo(new JobSummary(1, 0, 0, 50_000, 0));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(890));
  }

  @Test
  void whatDiffersThoughItsSizeIsRightFailsAfterOneMoreTry() throws Exception {
    AtomicInteger retrieved = new AtomicInteger();
    CommandTable table =
        holding(CONTENT)
            .answer(
                "RETR",
                (it, path) -> {
                  byte[] content = CONTENT.clone();
                  content[0] += (byte) retrieved.incrementAndGet();
                  it.say("150 here\r\n").sendData(content).say("226 done\r\n");
                });

    FileResult result = get(table, Verify.FULL);

    assertThat(result.outcome()).isInstanceOf(FileResult.Failed.class);
    assertThat(((FileResult.Failed) result.outcome()).cause()).isEqualTo(Cause.VERIFICATION);
    assertThat(retrieved).hasValue(4);
    assertThat(folder.resolve("a.bin")).doesNotExist();
  }

  @Test
  void aHashThatDiffersKeepsAnUploadFromItsName() throws Exception {
    CommandTable table =
        CommandTable.normal()
            .reply("FEAT", "211-Features:\r\n XCRC\r\n211 End\r\n")
            .reply("XCRC", "250 00000000\r\n");

    FileResult result = put(table, Verify.HASH);

    assertThat(((FileResult.Failed) result.outcome()).cause()).isEqualTo(Cause.VERIFICATION);
    assertThat(((FileResult.Failed) result.outcome()).reason()).contains("CRC32 00000000");
    assertThat(count("STOR")).isEqualTo(2);
    assertThat(table.files()).isEmpty();
  }

  @Test
  void whoMayNotLookIntoAFolderPutsThereAllTheSame() throws Exception {
    CommandTable table = CommandTable.normal().reply("MLSD", "550 permission denied\r\n");

    assertThat(put(table, Verify.SIZE).outcome()).isInstanceOf(FileResult.Done.class);
    assertThat(table.files()).containsOnlyKeys("/a.bin");
    assertThat(journal.told()).noneMatch(it -> it.startsWith("swept"));
  }

  @Test
  void aFolderThatCannotBeLookedIntoForLeftoversFailsNoFile() throws Exception {
    CommandTable table = CommandTable.normal().answer("MLSD", (it, path) -> it.close());

    assertThat(put(table, Verify.SIZE).outcome()).isInstanceOf(FileResult.Done.class);
    assertThat(journal.told()).noneMatch(it -> it.startsWith("swept"));
  }

  @Test
  void aServerThatTurnsUsAwayWhileWeSweepEndsNoJobThatHasDoneItsWork() throws Exception {
    AtomicBoolean isSwept = new AtomicBoolean();
    Path source = Files.write(folder.resolve("a.bin"), CONTENT);
    CommandTable table =
        CommandTable.normal()
            .file("/" + OLD, "mine")
            .answer(
                "DELE",
                (it, path) -> {
                  isSwept.set(true);
                  it.close();
                })
            .answer(
                "USER",
                (it, name) -> it.say(isSwept.get() ? "530 Not now.\r\n" : "230 Come in.\r\n"));
    ScriptedServer server = ScriptedServer.start(table);
    try (JobRun run = JobRun.at(server.port(), 1).with(journal)) {
      JobEnd end = run.job().put(List.of(source), JobRun.at("/a.bin"), Jobs.Target.FOLDER_OR_FILE);

      assertThat(isSwept).isTrue();
      assertThat(end).isEqualTo(new JobEnd.Ended(new JobSummary(1, 0, 0, SIZE, 0)));
      assertThat(run.heard().notes()).singleElement().asString().contains(OLD);
      assertThat(journal.told()).noneMatch(it -> it.startsWith("swept"));
    }
    server.allowFailures();
    server.close();
  }

  /** Killed at any moment, a job has told where its leftovers may be. */
  @Test
  void whereFilesAreStoredIsNotedBeforeTheFirstIsSent() throws Exception {
    AtomicReference<List<String>> noted = new AtomicReference<>(List.of());
    CommandTable table = CommandTable.normal();
    table.answer(
        "STOR",
        (it, path) -> {
          noted.set(journal.told());
          it.say("150 go on\r\n");
          table.file(path, it.receiveData());
          it.say("226 done\r\n");
        });

    put(table, Verify.SIZE);
    assertThat(noted.get()).startsWith("stores in / FOLDER").noneMatch(it -> it.startsWith("done"));

    noted.set(List.of());
    run(table, Verify.SIZE, jobs -> jobs.mirrorUp(folder, JobRun.at("/up")));
    assertThat(noted.get()).contains("stores in /up TREE");
  }

  @Test
  void whatKilledJobsLeftIsDeletedAndNothingElse() throws Exception {
    String foreign = ".berth-00000000000f-01234567.part";
    CommandTable table =
        CommandTable.normal().file("/" + OLD, "mine").file("/" + foreign, "another machine's");

    put(table, Verify.SIZE);

    assertThat(table.files()).containsOnlyKeys("/a.bin", "/" + foreign);
    assertThat(journal.told()).containsSubsequence("stores in / FOLDER", "swept / FOLDER");
  }
}
