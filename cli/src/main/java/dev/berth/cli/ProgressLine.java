package dev.berth.cli;

import dev.berth.settings.DurationText;
import dev.berth.transfer.JobProgress;
import java.util.ArrayList;
import java.util.List;

/** Writes the state of a job as one line, for a terminal or for a log. Pure. */
final class ProgressLine {
  private static final int LONGEST_BAR = 30;
  private static final int SHORTEST_BAR = 10;

  private ProgressLine() {}

  /**
   * The line for a terminal: a bar and then what fits, the most wanted first.
   *
   * @param columns how many characters it may have at most
   */
  static String live(View view, Rate rate, int columns) {
    JobProgress progress = view.progress();
    List<String> facts = facts(view, rate);
    StringBuilder line = new StringBuilder();
    if (progress.files() > 0 && columns >= SHORTEST_BAR + 8) {
      int bar = Math.clamp(columns / 4, SHORTEST_BAR, LONGEST_BAR);
      line.append(bar(share(progress), bar));
    }
    for (String fact : facts) {
      String next = (line.isEmpty() ? "" : "  ") + fact;
      if (line.length() + next.length() > columns) {
        break;
      }
      line.append(next);
    }
    if (!view.waits().isEmpty() && columns - line.length() > 12) {
      line.append("  ")
          .append(
              Shown.shortened(Shown.line(view.waits().getFirst()), columns - line.length() - 2));
    }
    return Shown.shortened(line.toString(), columns);
  }

  /** The line for a log: everything, however long. */
  static String plain(View view, Rate rate) {
    List<String> all = new ArrayList<>(facts(view, rate));
    view.waits().forEach(wait -> all.add(Shown.line(wait)));
    return String.join(", ", all);
  }

  private static List<String> facts(View view, Rate rate) {
    JobProgress progress = view.progress();
    List<String> facts = new ArrayList<>();
    if (progress.files() == 0) {
      facts.add("listing");
    } else {
      facts.add((int) (share(progress) * 100) + "%");
      facts.add(progress.filesEnded() + " of " + progress.files() + " files");
      facts.add(
          Sizes.format(progress.bytesMoved())
              + (progress.bytes() > 0 ? " of " + Sizes.format(progress.bytes()) : ""));
      rate.bytesPerSecond().ifPresent(speed -> facts.add(Sizes.format(speed) + "/s"));
      rate.timeFor(progress.bytes() - progress.bytesMoved())
          .ifPresent(left -> facts.add(DurationText.format(left) + " left"));
    }
    facts.add(connections(view));
    return facts;
  }

  private static String connections(View view) {
    return switch (view.allowance()) {
      case Allowance.Unknown _ ->
          view.connections() == 1 ? "1 connection" : view.connections() + " connections";
      case Allowance.Of known ->
          view.connections()
              + " of "
              + known.connections()
              + " connections ("
              + Shown.line(known.evidence())
              + ")";
    };
  }

  /** By bytes, or by files while no size is known; a hundred percent only when all have ended. */
  private static double share(JobProgress progress) {
    if (progress.filesEnded() >= progress.files()) {
      return 1;
    }
    double share =
        progress.bytes() > 0
            ? (double) progress.bytesMoved() / progress.bytes()
            : (double) progress.filesEnded() / progress.files();
    return Math.clamp(share, 0, 0.99);
  }

  private static String bar(double share, int columns) {
    int inner = columns - 2;
    int full = (int) (share * inner);
    boolean hasHead = full < inner;
    return "["
        + "=".repeat(full)
        + (hasHead ? ">" : "")
        + " ".repeat(inner - full - (hasHead ? 1 : 0))
        + "]";
  }
}
