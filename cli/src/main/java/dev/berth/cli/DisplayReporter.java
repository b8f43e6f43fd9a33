package dev.berth.cli;

import dev.berth.transfer.FileResult;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Passes on what the engine tells: to the display, to machines, to the list of failures. */
final class DisplayReporter implements Reporter {
  private static final int KEPT_FAILURES = 1000;

  private final Display display;
  private final Options options;
  private final Deed deed;
  private final boolean isVerbose;
  private final PrintStream out;
  private final Consumer<FileResult> machines;
  // One call at a time, says JobListener; read after the engine has returned.
  private final List<String> failures = new ArrayList<>();

  /**
   * @param deed what the job does
   * @param out where a plan goes
   * @param machines hears of each file
   */
  DisplayReporter(
      Display display, Options options, Deed deed, PrintStream out, Consumer<FileResult> machines) {
    this.display = display;
    this.options = options;
    this.deed = deed;
    this.isVerbose = options.isVerbose(); // asked for each file
    this.out = out;
    this.machines = machines;
  }

  /** What failed, in words, to be said at the end, where people look. */
  List<String> failures() {
    return failures;
  }

  @Override
  public void planned(int files, long bytes) {
    if (isVerbose && deed == Deed.TRANSFER) {
      display.say("berth: " + files + " files to move, " + Sizes.format(bytes));
    }
  }

  @Override
  public void finished(FileResult result) {
    machines.accept(result);
    switch (result.outcome()) {
      case FileResult.Failed failed -> keep(result.source() + ": " + inShort(failed));
      case FileResult.Planned planned -> sayPlanned(result, planned);
      case FileResult.Done _, FileResult.Changed _ -> sayFile("done", result);
      case FileResult.Unchanged _ -> sayFile("unchanged", result);
      case FileResult.Deleted _ -> sayFile("deleted", result);
      case FileResult.DeletionPlanned _ -> sayPlan("delete " + way(result));
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
    sayPlan(way(result) + "  " + Sizes.format(planned.bytes()));
  }

  private void sayPlan(String line) {
    if (!options.isJson()) {
      out.println(Shown.line(line));
    }
  }

  private void sayFile(String what, FileResult result) {
    if (isVerbose) {
      display.say("berth: " + what + ": " + way(result));
    }
  }

  private static String way(FileResult result) {
    return HistoryText.way(result.source(), result.target());
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
