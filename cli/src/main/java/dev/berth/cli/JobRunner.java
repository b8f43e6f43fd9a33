package dev.berth.cli;

import dev.berth.settings.DurationText;
import dev.berth.transfer.FileResult;
import dev.berth.transfer.JobSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs jobs on an engine and tells people and machines what comes of them. */
final class JobRunner {
  private final Engine engine;

  JobRunner(Engine engine) {
    this.engine = engine;
  }

  /** Runs one job to its end. */
  ExitStatus run(Job job, Options options, Command.Context context) throws InterruptedException {
    Surroundings surroundings = context.surroundings();
    long began = System.nanoTime();
    JobReport end;
    DisplayReporter telling;
    // A line that moves on a terminal would stand in the middle of an answer that is written to it.
    boolean isQuiet = options.isQuiet() || job.deed().isAnswer();
    Consumer<FileResult> machines = machines(job, options, surroundings);
    try (Display display = Display.open(surroundings, isQuiet)) {
      telling = new DisplayReporter(display, options, job.deed(), surroundings.out(), machines);
      end = engine.run(job, telling);
    }
    if (job.deed() == Deed.SHOW && surroundings.out().checkError()) {
      return ExitStatus.DONE; // The program finds out why and says it, as for every command.
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    String said = Shown.line(message(end.ending()).orElse(""));
    telling.failures().stream()
        .filter(line -> !said.startsWith(line))
        .forEach(line -> surroundings.err().println("berth: " + line));
    sayEnding(end.ending(), options, surroundings);
    if (options.isJson() && !job.deed().isAnswer()) {
      JsonLines.to(surroundings.out()).summary(end);
    }
    if (!isQuiet) {
      surroundings.err().println("berth: " + Shown.line(summary(job, end, took)));
    }
    return end.ending().status();
  }

  private static Consumer<FileResult> machines(
      Job job, Options options, Surroundings surroundings) {
    if (!options.isJson()) {
      return result -> {};
    }
    JsonLines lines = JsonLines.to(surroundings.out());
    return switch (job.deed()) {
      case TRANSFER, SHOW -> lines::file;
      case STAT -> lines::missing;
      case REMOVE, MAKE, RENAME -> result -> lines.change(job.deed(), result);
    };
  }

  /** Says why a command did not do all it was asked for, if so. */
  static void sayEnding(Ending ending, Options options, Surroundings surroundings) {
    message(ending)
        .ifPresent(message -> {
          surroundings.err().println("berth: " + Shown.lines(message));
          if (options.isJson()) {
            JsonLines.to(surroundings.out()).error(ending.status(), message);
          }
        });
  }

  private static Optional<String> message(Ending ending) {
    Optional<String> why =
        switch (ending) {
          case Ending.Done _ -> Optional.empty();
          case Ending.Incomplete end -> Optional.of(end.message());
          case Ending.NoConnection end -> Optional.of(end.message());
          case Ending.CredentialsRefused end -> Optional.of(end.message());
          case Ending.Unverified end -> Optional.of(end.message());
        };
    return why.map(Masking::text);
  }

  private static String summary(Job job, JobReport end, Duration took) {
    List<String> parts = new ArrayList<>();
    parts.add(deeds(job, end.summary()) + (job.terms().isDryRun() ? "" : " in " + seconds(took)));
    if (end.summary().unchanged() > 0) {
      parts.add(end.summary().unchanged() + " unchanged");
    }
    if (end.summary().deleted() > 0) {
      boolean isPlan = job.terms().isDryRun();
      parts.add(end.summary().deleted() + (isPlan ? " would be deleted" : " deleted"));
    }
    if (end.summary().resumedBytes() > 0) {
      parts.add(Sizes.format(end.summary().resumedBytes()) + " resumed");
    }
    if (end.allowance() instanceof Allowance.Of known) {
      parts.add("limit " + known.connections() + " (" + known.evidence() + ")");
    }
    if (end.refusals() > 0) {
      parts.add(end.refusals() == 1 ? "1 refusal" : end.refusals() + " refusals");
    }
    if (end.waited().toSeconds() > 0) {
      parts.add("waited " + DurationText.format(end.waited()));
    }
    return String.join(", ", parts);
  }

  private static String deeds(Job job, JobSummary summary) {
    Deed deed = job.deed();
    if (job.terms().isDryRun()) {
      return summary.files() + " " + deed.things() + " would be " + deed.done();
    }
    String doneOf = summary.files() - summary.failed() + " of " + summary.files();
    if (deed != Deed.TRANSFER) {
      return doneOf + " " + deed.things() + " " + deed.done();
    }
    return summary.files() == 0
        ? "nothing to move,"
        : doneOf + " files, " + Sizes.format(summary.bytes());
  }

  /** How long something took, in tenths of seconds as long as that matters. */
  static String seconds(Duration took) {
    return took.toSeconds() < 60
        ? Sizes.tenths(took.toMillis() / 1000.0) + "s"
        : DurationText.format(took);
  }
}
