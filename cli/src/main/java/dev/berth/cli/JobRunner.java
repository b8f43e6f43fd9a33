package dev.berth.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    Telling telling;
    try (Display display = Display.open(surroundings, options.isQuiet())) {
      Optional<JsonLines> machines =
          options.isJson() ? Optional.of(JsonLines.to(surroundings.out())) : Optional.empty();
      telling = new Telling(display, options, surroundings.out(), machines);
      end = engine.run(job, telling);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    String said = Shown.line(message(end.ending()).orElse(""));
    telling.failures().stream()
        .filter(line -> !said.startsWith(line))
        .forEach(line -> surroundings.err().println("berth: " + line));
    sayEnding(end.ending(), options, surroundings);
    if (options.isJson()) {
      JsonLines.to(surroundings.out()).summary(end);
    }
    if (!options.isQuiet()) {
      surroundings.err().println("berth: " + Shown.line(summary(end, took, options.isDryRun())));
    }
    return end.ending().status();
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

  private static String summary(JobReport end, Duration took, boolean isDryRun) {
    int done = end.summary().files() - end.summary().failed();
    List<String> parts = new ArrayList<>();
    if (isDryRun) {
      parts.add(end.summary().files() + " files would be moved");
    } else if (end.summary().files() == 0) {
      parts.add("nothing to move, in " + seconds(took));
    } else {
      parts.add(
          done
              + " of "
              + end.summary().files()
              + " files, "
              + Sizes.format(end.summary().bytes())
              + " in "
              + seconds(took));
    }
    if (end.summary().unchanged() > 0) {
      parts.add(end.summary().unchanged() + " unchanged");
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

  private static String seconds(Duration took) {
    return took.toSeconds() < 60
        ? Sizes.tenths(took.toMillis() / 1000.0) + "s"
        : DurationText.format(took);
  }
}
