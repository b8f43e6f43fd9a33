package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.transfer.JobSummary;
import dev.berth.transfer.Journal.Claim;
import dev.berth.transfer.Journal.Direction;
import dev.berth.transfer.Journal.Mark;
import dev.berth.transfer.Journal.Reach;
import dev.berth.transfer.Journal.Way;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files under way, from one job to the next, and between two at once. */
@Timeout(60)
class JobJournalTest {
  private static final JournalStore.ServerAccount PLACE =
      new JournalStore.ServerAccount("ftp.example.com:21", "ann");
  private static final Way WAY = new Way(Direction.UP, "/in/\u00fc.bin", "/data/\u00fc.bin");
  private static final RemotePath IN = new RemotePath("/in");

  @TempDir Path state;
  private final List<String> notes = new CopyOnWriteArrayList<>();

  private JobJournal begin() {
    return begin(PLACE);
  }

  private JobJournal begin(JournalStore.ServerAccount account) {
    return JobJournal.begin(account, List.of("put", "a", "b"), state, notes::add);
  }

  private static Mark mark(JobJournal job, String source) {
    return new Mark(".berth-" + job.token() + "-00000001.part", source);
  }

  private static void ended(JobJournal job, ExitStatus status) {
    job.ended(status, new JobSummary(1, 0, 0, 1, 0));
    job.close();
  }

  @Test
  void aLaterJobFindsWhatAnEarlierOneLeft() {
    JobJournal first = begin();
    assertThat(first.claim(WAY, mark(first, "1@a"))).isInstanceOf(Claim.Free.class);
    ended(first, ExitStatus.NO_CONNECTION);

    try (JobJournal second = begin()) {
      assertThat(second.claim(WAY, mark(second, "1@a")))
          .isEqualTo(new Claim.Left(mark(first, "").temporary(), true));
      assertThat(second.claim(WAY, mark(second, "1@b")))
          .isEqualTo(new Claim.Left(mark(first, "").temporary(), false));
      assertThat(second.claim(WAY, mark(second, "1@b")))
          .isEqualTo(new Claim.Left(mark(second, "").temporary(), true));
    }
    assertThat(notes).isEmpty();
  }

  @Test
  void whatArrivedIsForgotten() {
    try (JobJournal first = begin()) {
      first.claim(WAY, mark(first, "1@a"));
      first.done(WAY);
    }
    try (JobJournal second = begin()) {
      assertThat(second.claim(WAY, mark(second, "1@a"))).isInstanceOf(Claim.Free.class);
    }
  }

  @Test
  void anotherAccountHasWaysOfItsOwn() {
    try (JobJournal first = begin()) {
      first.claim(WAY, mark(first, "1@a"));
    }
    try (JobJournal second = begin(new JournalStore.ServerAccount("ftp.example.com:21", "bob"))) {
      assertThat(second.claim(WAY, mark(second, "1@a"))).isInstanceOf(Claim.Free.class);
    }
  }

  @Test
  void whatALivingJobMovesIsNotTouched() {
    try (JobJournal living = begin();
        JobJournal other = begin()) {
      living.claim(WAY, mark(living, "1@a"));
      living.storesIn(IN, Reach.FOLDER);

      assertThat(other.claim(WAY, mark(other, "1@a"))).isInstanceOf(Claim.Unnoted.class);
      assertThat(other.abandon(IN.resolve(mark(living, "").temporary()))).isFalse();
      assertThat(other.mayHoldLeftovers(IN)).isFalse();
    }
  }

  @Test
  void leftoversOfDeadJobsAreKnownUntilTheyAreSwept() {
    JobJournal dead = begin();
    dead.storesIn(IN, Reach.FOLDER);
    dead.close();
    String left = ".berth-" + dead.token() + "-00000002.part";

    try (JobJournal next = begin()) {
      assertThat(next.mayHoldLeftovers(IN)).isTrue();
      assertThat(next.mayHoldLeftovers(new RemotePath("/other"))).isFalse();
      assertThat(next.abandon(IN.resolve(left))).isTrue();
      assertThat(next.abandon(IN.resolve(".berth-0123456789ab-00000002.part"))).isFalse();
      next.swept(IN, Reach.FOLDER);
      assertThat(next.mayHoldLeftovers(IN)).isFalse();
    }
    assertThat(state.resolve("jobs").resolve(dead.token())).doesNotExist();
  }

  /** A single folder was looked at, and the mirror has stored in those below it too. */
  @Test
  void aPutSweepsNoMirror() {
    JobJournal dead = begin();
    dead.storesIn(IN, Reach.TREE);
    dead.close();

    try (JobJournal put = begin()) {
      put.swept(IN, Reach.FOLDER);
      assertThat(put.mayHoldLeftovers(IN)).isTrue();
    }
    try (JobJournal mirror = begin()) {
      mirror.swept(IN, Reach.TREE);
      assertThat(mirror.mayHoldLeftovers(IN)).isFalse();
    }
  }

  /** The name is a dead job's, but a living one goes on under it. */
  @Test
  void aTemporaryFileThatALivingJobGoesOnWithIsNotAbandoned() {
    JobJournal dead = begin();
    dead.storesIn(IN, Reach.FOLDER);
    dead.claim(WAY, mark(dead, "1@a"));
    dead.close();
    RemotePath temporary = IN.resolve(mark(dead, "").temporary());

    try (JobJournal living = begin();
        JobJournal other = begin()) {
      assertThat(living.claim(WAY, mark(living, "1@a"))).isInstanceOf(Claim.Left.class);

      assertThat(other.abandon(temporary)).isFalse();
    }
  }

  @Test
  void whatALaterJobMayGoOnWithIsNotAbandonedAndKeepsItsOwnerKnown() {
    JobJournal dead = begin();
    dead.storesIn(IN, Reach.FOLDER);
    dead.claim(WAY, mark(dead, "1@a"));
    dead.close();

    try (JobJournal next = begin()) {
      assertThat(next.abandon(IN.resolve(mark(dead, "").temporary()))).isFalse();
      next.swept(IN, Reach.FOLDER);
      assertThat(next.mayHoldLeftovers(IN)).isTrue();
    }
  }

  @Test
  void aJobOfSmallFilesOpensNoDatabase() throws IOException {
    JobJournal job = begin();
    job.storesIn(IN, Reach.FOLDER);
    ended(job, ExitStatus.DONE);

    assertThat(state.resolve("journal.db")).doesNotExist();
    assertThat(Files.list(state.resolve("jobs"))).hasSize(1);
  }

  /** They stay for months, and each job of small files would open the database meanwhile. */
  @Test
  void jobsThatMayHaveLeftSomethingOpenNoDatabaseHoweverManyTheyAre() {
    for (int n = 0; n < 60; n++) {
      JobJournal dead = begin();
      dead.storesIn(IN, Reach.FOLDER);
      dead.close();
    }
    ended(begin(), ExitStatus.DONE);

    assertThat(state.resolve("journal.db")).doesNotExist();
  }

  @Test
  void manyJobsThatHaveEndedAreTakenIn() throws IOException {
    for (int n = 0; n < 60; n++) {
      ended(begin(), ExitStatus.DONE);
    }

    assertThat(state.resolve("journal.db")).exists();
    assertThat(Files.list(state.resolve("jobs"))).hasSizeLessThan(20);
  }

  @Test
  void aDatabaseThatCannotBeOpenedIsSaidOnceAndNothingIsNoted() throws IOException {
    Files.createDirectory(state.resolve("journal.db"));
    try (JobJournal job = begin()) {
      assertThat(job.claim(WAY, mark(job, "1@a"))).isInstanceOf(Claim.Unnoted.class);
      assertThat(job.claim(WAY, mark(job, "1@a"))).isInstanceOf(Claim.Unnoted.class);
      job.done(WAY);
    }
    assertThat(notes).hasSize(1);
    assertThat(notes.getFirst()).contains("an interrupted file starts anew");
  }
}
