package dev.berth.cli;

import dev.berth.transfer.FileResult;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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
      telling = new Telling(display, options, surroundings.out());
      end = engine.run(job, telling);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    telling.failures().forEach(line -> surroundings.err().println("berth: " + line));
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
    Optional<String> why =
        switch (ending) {
          case Ending.Done _ -> Optional.empty();
          case Ending.Incomplete end -> Optional.of(end.message());
          case Ending.NoConnection end -> Optional.of(end.message());
          case Ending.CredentialsRefused end -> Optional.of(end.message());
          case Ending.Unverified end -> Optional.of(end.message());
        };
    why.map(Masking::text)
        .ifPresent(message -> {
          surroundings.err().println("berth: " + Shown.lines(message));
          if (options.isJson()) {
            JsonLines.to(surroundings.out()).error(ending.status(), message);
          }
        });
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

  /** Passes on what the engine tells: to the display, to machines, to the list of failures. */
  private static final class Telling implements Reporter {
    private static final int KEPT_FAILURES = 1000;

    private final Display display;
    private final Options options;
    private final boolean isVerbose;
    private final PrintStream out;
    private final Optional<JsonLines> machines;
    // One call at a time, says JobListener; read after the engine has returned.
    private final List<String> failures = new ArrayList<>();

    Telling(Display display, Options options, PrintStream out) {
      this.display = display;
      this.options = options;
      this.isVerbose = options.isVerbose(); // asked for each file
      this.out = out;
      this.machines = options.isJson() ? Optional.of(JsonLines.to(out)) : Optional.empty();
    }

    /** What failed, in words, to be said at the end, where people look. */
    List<String> failures() {
      return failures;
    }

    @Override
    public void planned(int files, long bytes) {
      if (isVerbose) {
        display.say("berth: " + files + " files to move, " + Sizes.format(bytes));
      }
    }

    @Override
    public void finished(FileResult result) {
      machines.ifPresent(lines -> lines.file(result));
      switch (result.outcome()) {
        case FileResult.Failed failed -> keep(result.source() + ": " + inShort(failed));
        case FileResult.Planned planned -> sayPlanned(result, planned);
        case FileResult.Done _ -> sayFile("done", result);
        case FileResult.Unchanged _ -> sayFile("unchanged", result);
      }
    }

    /** Why there was no connection is said once, at the end, not for each of a thousand files. */
    private static String inShort(FileResult.Failed failed) {
      return failed.cause() == FileResult.Cause.NO_CONNECTION ? "no connection" : failed.reason();
    }

    private void keep(String failure) {
      if (failures.size() < KEPT_FAILURES) {
        failures.add(Shown.line(failure));
      } else {
        display.say("berth: " + failure);
      }
    }

    /** A plan is what a dry run was asked for, so it goes to standard output. */
    private void sayPlanned(FileResult result, FileResult.Planned planned) {
      if (!options.isJson()) {
        out.println(
            Shown.line(
                result.source() + " -> " + result.target() + "  " + Sizes.format(planned.bytes())));
      }
    }

    private void sayFile(String what, FileResult result) {
      if (isVerbose) {
        display.say("berth: " + what + ": " + result.source() + " -> " + result.target());
      }
    }

    @Override
    public void noted(String sentence) {
      if (!options.isQuiet()) {
        display.say("berth: " + sentence);
      }
    }

    @Override
    public void dialogue(String line) {
      if (isVerbose) {
        display.say(line);
      }
    }

    @Override
    public void watch(Supplier<View> views) {
      display.watch(views);
    }
  }
}
