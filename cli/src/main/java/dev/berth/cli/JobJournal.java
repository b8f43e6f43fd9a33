package dev.berth.cli;

import dev.berth.transfer.FileResult;
import dev.berth.transfer.JobListener;
import dev.berth.transfer.JobSummary;
import dev.berth.transfer.Journal;
import dev.berth.transfer.TemporaryName;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The journal of one job of the program, kept in the state folder: a small text file that says that
 * it runs, and a row in the database for each big file under way. A job of small files never opens
 * the database, which takes longer than moving a hundred of them (ADR 0016). Any thread may call
 * it.
 */
final class JobJournal implements Journal, AutoCloseable {
  /** So many files of jobs that have ended may wait until a job takes them into the database. */
  private static final int MOST_FILES = 50;

  private final String token = TemporaryName.newToken();
  private final JournalStore.ServerAccount account;
  private final Instant began = Instant.now();
  private final JobFiles files;
  private final Scribe scribe;
  private final Consumer<String> notes;
  private final List<PastJob.Failure> failures = new ArrayList<>(); // as JobListener: one at a time
  private final Set<String> heldBack = new HashSet<>(); // confined to the job's thread: it sweeps
  private @Nullable FileChannel own; // set before others know of this journal

  private JobJournal(JournalStore.ServerAccount account, Path stateFolder, Consumer<String> notes) {
    this.account = account;
    this.files = new JobFiles(stateFolder);
    this.scribe = new Scribe(stateFolder, notes);
    this.notes = notes;
  }

  /**
   * Begins the journal of a job. Where nothing can be kept it says so, and keeps nothing.
   *
   * @param words the command line, without secrets
   */
  static JobJournal begin(
      JournalStore.ServerAccount account,
      List<String> words,
      Path stateFolder,
      Consumer<String> notes) {
    JobJournal journal = new JobJournal(account, stateFolder, notes);
    try {
      byte[] text = JobText.begin(account.server(), account.user(), journal.began, words);
      journal.own = journal.files.begin(journal.token, text);
    } catch (IOException | UnsupportedOperationException e) {
      notes.accept("the job cannot be written into the history: " + Failures.reason(e));
    }
    return journal;
  }

  @Override
  public String token() {
    return token;
  }

  @Override
  public Claim claim(Way way, Mark mark) {
    if (own == null) {
      return new Claim.Unnoted(); // Without a lock nobody could see whether we live.
    }
    AtomicReference<Claim> claim = new AtomicReference<>(new Claim.Unnoted());
    boolean written =
        scribe.writeNow(store -> claim.set(store.claim(account, way, mark, token, this::isAlive)));
    return written ? claim.get() : new Claim.Unnoted();
  }

  private boolean isAlive(String other) {
    return other.equals(token) || files.isAlive(other);
  }

  @Override
  public void done(Way way) {
    scribe.write(store -> store.done(account, way));
  }

  @Override
  public void storesIn(RemotePath folder, Reach reach) {
    tell(JobText.stores(folder.value(), reach));
  }

  private void tell(byte[] text) {
    FileChannel file = own;
    if (file == null) {
      return;
    }
    try {
      JobFiles.write(file, text);
    } catch (IOException e) {
      notes.accept("the job's file in the history cannot be written: " + Failures.reason(e));
    }
  }

  @Override
  public boolean mayHoldLeftovers(RemotePath folder) {
    return !leavers(folder).isEmpty();
  }

  /** The jobs that have ended, stored in that folder, and may have left something there. */
  private List<PastJob> leavers(RemotePath folder) {
    List<PastJob> leavers = new ArrayList<>();
    try {
      for (String other : files.tokens()) {
        Optional<PastJob> job = other.equals(token) ? Optional.empty() : files.read(other);
        boolean hasStored =
            job.isPresent()
                && job.get().mayHaveLeft()
                && job.get().stores().equals(folder.value())
                && job.get().server().equals(account.server())
                && job.get().account().equals(account.user());
        if (hasStored && !files.isAlive(other)) {
          leavers.add(job.get());
        }
      }
    } catch (IOException e) {
      notes.accept("the history cannot be read: " + Failures.reason(e));
    }
    return leavers;
  }

  @Override
  public void swept(RemotePath folder, Reach reach) {
    for (PastJob leaver : leavers(folder)) {
      boolean wasSeen = reach == Reach.TREE || leaver.reach() == Reach.FOLDER;
      if (!wasSeen || heldBack.contains(leaver.token())) {
        continue;
      }
      try {
        files.add(leaver.token(), JobText.swept());
      } catch (IOException e) {
        notes.accept("the history cannot be written: " + Failures.reason(e));
      }
    }
  }

  @Override
  public boolean abandon(RemotePath temporary) {
    Optional<String> owner = TemporaryName.token(temporary.name());
    if (owner.isEmpty() || !files.isKnown(owner.get()) || isAlive(owner.get())) {
      return false;
    }
    AtomicReference<Boolean> isFree = new AtomicReference<>(false);
    boolean written =
        scribe.writeNow(store -> isFree.set(store.abandon(temporary.name(), this::isAlive)));
    if (!written || !isFree.get()) {
      heldBack.add(owner.get());
      return false;
    }
    return true;
  }

  /** The same listener; what fails is kept. */
  JobListener hearing(JobListener listener) {
    return new JobListener() {
      @Override
      public void planned(int files, long bytes) {
        tell(JobText.planned(files));
        listener.planned(files, bytes);
      }

      @Override
      public void finished(FileResult result) {
        if (result.outcome() instanceof FileResult.Failed failed
            && failures.size() < PastJob.MOST_FAILURES) {
          failures.add(new PastJob.Failure(result.source(), result.target(), failed.reason()));
        }
        listener.finished(result);
      }

      @Override
      public void noted(String sentence) {
        listener.noted(sentence);
      }
    };
  }

  /** The job has come to an end. */
  void ended(ExitStatus status, JobSummary summary) {
    PastJob.End end =
        new PastJob.End(
            Duration.between(began, Instant.now()),
            status.number(),
            summary.files(),
            summary.failed(),
            summary.unchanged(),
            summary.bytes(),
            summary.resumedBytes());
    tell(JobText.end(end, failures));
  }

  /** Lets others see that the job has ended, and takes what has ended into the database. */
  @Override
  public void close() {
    try {
      if (own != null) {
        own.close();
        if (scribe.isAtWork() || isMuchToTakeIn()) {
          takeIn();
        }
      }
    } catch (IOException e) {
      notes.accept("the history cannot be written: " + Failures.reason(e));
    } finally {
      scribe.close();
    }
  }

  /** Files that stay for what their jobs may have left on servers are not waiting. */
  private boolean isMuchToTakeIn() throws IOException {
    List<String> tokens = files.tokens();
    int waiting = tokens.size();
    if (waiting > MOST_FILES) {
      Instant now = Instant.now();
      for (String other : tokens) {
        waiting -= files.read(other).filter(job -> History.isNeeded(job, now)).isPresent() ? 1 : 0;
      }
    }
    return waiting > MOST_FILES;
  }

  private void takeIn() {
    List<String> taken = new ArrayList<>();
    boolean written =
        scribe.writeNow(store -> taken.addAll(History.takeIn(files, store, job -> {}, notes)));
    if (written) {
      History.forget(files, taken, notes);
    }
  }
}
