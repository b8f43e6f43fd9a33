package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.transfer.FileResult;
import dev.berth.transfer.JobListener;
import dev.berth.transfer.JobSummary;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of jobs, and what {@code berth history} and {@code berth resume} make of it. */
@Timeout(60)
class HistoryTest {
  private static final JournalStore.ServerAccount PLACE =
      new JournalStore.ServerAccount("ftp.example.com:21", "ann");
  private static final List<String> PUT =
      List.of("put", "--verify=full", "/data/a b.csv", "ftp://ann@ftp.example.com/in/");

  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();

  private Path state() {
    return folder.resolve("state");
  }

  private Run.Result run(FakeEngine engine, String... words) {
    return Run.in(folder)
        .with(engine)
        .with("BERTH_STATE_DIR", state().toString())
        .with("BERTH_PASSWORD", "secret")
        .of(words);
  }

  private Run.Result history(String... words) {
    List<String> all = new ArrayList<>(List.of("history"));
    all.addAll(List.of(words));
    return run(FakeEngine.listing(), all.toArray(String[]::new));
  }

  private JobJournal begin(List<String> words) {
    return JobJournal.begin(PLACE, words, state(), notes::add);
  }

  private String ended(List<String> words, ExitStatus status, int failed) {
    try (JobJournal job = begin(words)) {
      if (failed > 0) {
        job.hearing(FakeListener.DEAF)
            .finished(
                new FileResult(
                    "/data/a b.csv",
                    "/in/a b.csv",
                    new FileResult.Failed(FileResult.Cause.SERVER, "553 no")));
      }
      job.ended(status, new JobSummary(2, failed, 1, 3000, 2000));
      return job.token();
    }
  }

  /** As a kill leaves it: without an end, and unlocked. */
  private String killed(List<String> words) throws IOException {
    String token = "0123456789ab";
    JobFiles files = new JobFiles(state());
    try (FileChannel file =
        files.begin(token, JobText.begin("ftp.example.com:21", "ann", Instant.now(), words))) {
      JobFiles.write(file, JobText.planned(7));
      JobFiles.write(file, "failed\t/cut".getBytes(StandardCharsets.UTF_8));
    }
    return token;
  }

  @Test
  void nothingIsRememberedAtFirst() {
    assertThat(history().out()).isEqualTo("no job is remembered\n");
    assertThat(history("--json").out()).isEmpty();
  }

  @Test
  void jobsAreListedTheNewestLast() throws IOException {
    String done = ended(PUT, ExitStatus.DONE, 0);
    String killed = killed(List.of("get", "ftp://ann@ftp.example.com/x", "/tmp/"));

    List<String> lines = history().out().lines().toList();

    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .startsWith(done.substring(0, 8))
        .contains("done, 2 of 2 files, 2.9 KiB in 0.", "1 unchanged, 2.0 KiB resumed")
        .endsWith(": berth put --verify=full '/data/a b.csv' ftp://ann@ftp.example.com/in/");
    assertThat(lines.getLast())
        .startsWith(killed.substring(0, 8))
        .contains("killed, 7 files planned: berth get");
    assertThat(history().out()).isEqualTo(String.join("\n", lines) + "\n");
  }

  @Test
  void aJobByItsIdTellsWhichFilesFailed() {
    ended(PUT, ExitStatus.DONE, 0);
    String token = ended(PUT, ExitStatus.INCOMPLETE, 1);

    assertThat(history(token.substring(0, 6)).out())
        .contains("incomplete, 1 of 2 files")
        .contains("  failed: /data/a b.csv -> /in/a b.csv: 553 no");
    assertThat(history("--json", token).out())
        .contains("\"id\":\"" + token + "\"", "\"state\":\"incomplete\",\"exitStatus\":3")
        .contains("\"command\":[\"put\",\"--verify=full\",\"/data/a b.csv\"")
        .contains("\"result\":\"failed\",\"reason\":\"553 no\"");
    assertThat(history("fff0ffffffff").status()).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void resumeRunsTheLastJobThatDidNotEndWellWithItsWords() throws IOException {
    Path source = Files.writeString(folder.resolve("a.csv"), "1");
    ended(
        List.of("put", "--verify=full", source.toString(), "ftp://ann@ftp.example.com/in/"),
        ExitStatus.INCOMPLETE,
        1);
    ended(PUT, ExitStatus.DONE, 0);
    FakeEngine engine = FakeEngine.listing();

    Run.Result result = run(engine, "resume");

    assertThat(result.status()).isEqualTo(ExitStatus.DONE);
    assertThat(result.err()).contains("resuming: berth put --verify=full");
    assertThat(engine.jobs).hasSize(1);
    assertThat(((Job.Put) engine.jobs.getFirst()).sources()).containsExactly(source);
    assertThat(engine.jobs.getFirst().terms().verify()).hasToString("FULL");
    assertThat(engine.jobs.getFirst().terms().words())
        .containsExactly(
            "put", "--verify=full", source.toString(), "ftp://ann@ftp.example.com/in/");
  }

  /** Its second resumption would remove what the first was told to leave. */
  @Test
  void aResumedJobKeepsAllItsWordsEvenIfOneIsTheNameOfItsCommand() throws IOException {
    Path source = Files.createDirectory(folder.resolve("a"));
    List<String> words =
        List.of(
            "mirror",
            "--exclude",
            "mirror",
            "--delete",
            source.toString(),
            "ftp://ann@ftp.example.com/in");
    ended(words, ExitStatus.INCOMPLETE, 1);
    FakeEngine engine = FakeEngine.listing();

    run(engine, "resume");
    run(engine, words.toArray(String[]::new));

    assertThat(engine.jobs).hasSize(2);
    assertThat(engine.jobs).allSatisfy(job -> assertThat(job.terms().words()).isEqualTo(words));
  }

  @Test
  void whatIsResumedKeepsItsStateWhereItsHistoryWasFound() throws IOException {
    Path source = Files.writeString(folder.resolve("a.csv"), "1");
    List<String> plain = List.of("put", source.toString(), "ftp://ann@ftp.example.com/in/");
    List<String> named =
        List.of("put", "--state-dir", "/gone", source.toString(), "ftp://ann@ftp.example.com/b/");
    ended(plain, ExitStatus.INCOMPLETE, 1);
    FakeEngine engine = FakeEngine.listing();

    resumeElsewhere(engine);
    ended(named, ExitStatus.INCOMPLETE, 1);
    resumeElsewhere(engine);

    assertThat(engine.jobs)
        .hasSize(2)
        .allSatisfy(job -> assertThat(job.terms().stateFolder()).isEqualTo(state()));
    assertThat(engine.jobs.getFirst().terms().words()).isEqualTo(plain);
  }

  private void resumeElsewhere(FakeEngine engine) {
    Run.in(folder)
        .with(engine)
        .with("BERTH_STATE_DIR", folder.resolve("another").toString())
        .with("BERTH_PASSWORD", "secret")
        .of("resume", "--state-dir", state().toString());
  }

  @Test
  void aJobThatWasResumedForMachinesIsNotResumedAgain() throws IOException {
    Path source = Files.writeString(folder.resolve("a.csv"), "1");
    List<String> words = List.of("put", source.toString(), "ftp://ann@ftp.example.com/in/");
    ended(words, ExitStatus.INCOMPLETE, 1);
    FakeEngine engine = FakeEngine.listing();
    run(engine, "resume", "--json");
    ended(engine.jobs.getFirst().terms().words(), ExitStatus.DONE, 0);

    assertThat(run(FakeEngine.listing(), "resume").status()).isEqualTo(ExitStatus.USAGE);
  }

  /** As a kill between the two would have it. */
  @Test
  void whatIsTakenInStaysInItsFileUntilThatIsCommitted() throws Exception {
    String token = ended(PUT, ExitStatus.INCOMPLETE, 1);
    try (JournalStore store = JournalStore.open(state(), notes::add)) {
      store.begin();
      assertThat(History.takeIn(new JobFiles(state()), store, job -> {}, notes::add))
          .containsExactly(token);
      store.rollback();
    }

    assertThat(history(token).out()).contains("incomplete", "553 no");
  }

  @Test
  void aJobThatIsTakenInTwiceIsThereOnce() throws IOException {
    String token = ended(PUT, ExitStatus.INCOMPLETE, 1);
    Path file = state().resolve("jobs").resolve(token);
    byte[] text = Files.readAllBytes(file);
    String once = history(token).out();
    assertThat(file).doesNotExist();
    Files.write(file, text);

    assertThat(history(token).out()).isEqualTo(once);
    assertThat(history().out().lines()).hasSize(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void aJobWithManyLongFailuresIsRemembered() {
    String token;
    try (JobJournal job = begin(PUT)) {
      JobListener listener = job.hearing(FakeListener.DEAF);
      String name = "/" + "x".repeat(10_000);
      for (int n = 0; n < PastJob.MOST_FAILURES; n++) {
        listener.finished(
            new FileResult(
                name + n, name + n, new FileResult.Failed(FileResult.Cause.SERVER, "553 no")));
      }
      job.ended(ExitStatus.INCOMPLETE, new JobSummary(1000, 1000, 0, 0, 0));
      token = job.token();
    }

    assertThat(history(token).out())
        .contains("incomplete, 0 of 1000 files", "failed: /xxx")
        .hasSizeLessThan(2_000_000);
  }

  @Test
  void wordsOfAllCharactersComeBackAsTheyWere() {
    List<String> words = List.of("put", "a\rb\nc\td\\r", "ftp://ann@ftp.example.com/in/");
    byte[] text = JobText.begin("ftp.example.com:21", "ann", Instant.now(), words);

    assertThat(JobText.read("0123456789ab", text).words()).isEqualTo(words);
  }

  @Test
  void aJobThatWasRunAgainWithSuccessIsNotResumed() {
    ended(PUT, ExitStatus.NO_CONNECTION, 2);
    ended(PUT, ExitStatus.DONE, 0);

    assertThat(run(FakeEngine.listing(), "resume").status()).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void whatIsKeptHoldsNoPasswordAndPathnamesFromTheRoot() throws IOException {
    FakeEngine engine = FakeEngine.listing();
    run(engine, "get", "--parallel", "3", "-q", "ftp://ann:sec/ret@ftp.example.com/x");
    run(engine, "get", "--parallel", "3", "-q", "ftp://ann:secret@ftp.example.com/x");

    assertThat(engine.jobs).hasSize(1);
    assertThat(engine.jobs.getFirst().terms().words())
        .containsExactly(
            "get",
            "--parallel",
            "3",
            "-q",
            "ftp://ann@ftp.example.com/x",
            Path.of("").toAbsolutePath().toString());
  }

  @Test
  void onlyItsOwnerMayReadIt() throws IOException {
    ended(PUT, ExitStatus.INCOMPLETE, 1);
    history();

    try (Stream<Path> files = Files.walk(state())) {
      assertThat(files)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .endsWith("------"));
    }
  }

  @Test
  void aDamagedDatabaseIsSetAsideAndSaid() throws IOException {
    Files.createDirectories(state());
    Files.writeString(
        state().resolve("journal.db"), "no database at all, but long enough: " + "x".repeat(5000));
    ended(PUT, ExitStatus.DONE, 0);

    Run.Result result = history();

    assertThat(result.status()).isEqualTo(ExitStatus.DONE);
    assertThat(result.err()).contains("set aside as", "journal.db.damaged");
    assertThat(result.out()).contains("done, 2 of 2 files");
    assertThat(history().err()).isEmpty();
  }

  @Test
  void whereNothingCanBeKeptTheJobGoesOnAndSaysSoOnce() throws IOException {
    Files.writeString(state(), "a file where the folder should be");

    ended(PUT, ExitStatus.INCOMPLETE, 1);

    assertThat(notes).hasSize(1);
    assertThat(notes.getFirst()).contains("cannot be written into the history");
  }
}
