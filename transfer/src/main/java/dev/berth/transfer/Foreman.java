package dev.berth.transfer;

import dev.berth.pool.ConnectionPool;
import dev.berth.pool.Leasing;
import dev.berth.transfer.FileResult.Cause;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Has the phases of one job done by crews, one after the other, and knows whether the job was
 * stopped for want of a connection. Confined to the thread that runs the job.
 */
final class Foreman {
  static final String NOT_BEGUN = "not begun";

  /** Longer than a connection of ours takes to come back, and no wait that anybody minds. */
  private static final Duration BRIEF = Duration.ofSeconds(30);

  private final ConnectionPool pool;
  private final TransferSettings settings;
  private final Ledger ledger;
  private @Nullable Leasing stopped;

  Foreman(ConnectionPool pool, TransferSettings settings, Ledger ledger) {
    this.pool = pool;
    this.settings = settings;
    this.ledger = ledger;
  }

  /** Whether no connection was to be had: then no other phase is worth beginning. */
  boolean isStopped() {
    return stopped != null;
  }

  /** A crew without tasks. */
  Crew crew(String purpose) {
    return new Crew(pool, settings, purpose);
  }

  /** Has a crew do its tasks. */
  void run(Crew crew) throws IOException, InterruptedException {
    crew.work().ifPresent(why -> stopped = why);
  }

  /** Has tasks done, several at a time. */
  void work(List<? extends Task> tasks, String purpose) throws IOException, InterruptedException {
    Crew crew = crew(purpose);
    tasks.forEach(crew::add);
    run(crew);
  }

  /** Moves files; tells only which, if nothing is to be done. */
  void move(List<FileTask> files, String purpose) throws IOException, InterruptedException {
    ledger.planned(files.size(), files.stream().mapToLong(FileTask::plannedBytes).sum());
    if (settings.dryRun()) {
      for (FileTask file : files) {
        FileResult.Planned planned = new FileResult.Planned(file.plannedBytes());
        ledger.ended(new FileResult(file.sourceName(), file.targetName(), planned));
      }
    } else {
      work(files, purpose);
    }
  }

  /** Has tasks done one after the other. Once no connection is to be had, the rest fails too. */
  void workInTurn(List<? extends Task> tasks, String purpose)
      throws IOException, InterruptedException {
    for (Task task : tasks) {
      if (isStopped()) {
        task.failed(Cause.NO_CONNECTION, NOT_BEGUN);
      } else {
        work(List.of(task), purpose);
      }
    }
  }

  /**
   * Has a task done that is no part of the job: what comes of it changes nothing of how that ends.
   * It waits briefly for a connection.
   */
  void aside(Task task, String purpose) throws InterruptedException {
    Duration patience = settings.patience().compareTo(BRIEF) < 0 ? settings.patience() : BRIEF;
    Crew crew = new Crew(pool, new TransferSettings(1, patience, false), purpose);
    crew.add(task);
    try {
      crew.work();
    } catch (IOException e) {
      task.failed(Cause.NO_CONNECTION, Words.of(e));
    }
  }

  /** Asks the server one thing; nothing if there was no answer, which the ledger knows then. */
  <T> Optional<T> ask(String about, Lookup.Question<T> question)
      throws IOException, InterruptedException {
    Lookup<T> lookup = new Lookup<>(question, about, ledger);
    work(List.of(lookup), "look at " + about);
    return lookup.answer();
  }

  /** How the job ended. */
  JobEnd end() {
    JobSummary summary = ledger.summary();
    return switch (stopped) {
      case null -> new JobEnd.Ended(summary);
      case Leasing.Refused refused ->
          new JobEnd.TurnedAway(summary, refused.refusal(), refused.phase());
      case Leasing why -> new JobEnd.NoConnection(summary, why.reason());
    };
  }
}
