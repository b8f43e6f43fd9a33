package dev.berth.bench;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Prints what a contest gave: a line a client, and how Berth stands to the best of the others. */
final class Table {
  /** What is counted by the second. */
  enum Unit {
    /** Files a second. */
    FILES("files/s"),
    /** Million bytes a second. */
    MEGABYTES("MB/s"),
    /** Nothing: the time itself counts. */
    SECONDS("s");

    private final String shown;

    Unit(String shown) {
      this.shown = shown;
    }
  }

  private final PrintStream out;

  Table(PrintStream out) {
    this.out = out;
  }

  /**
   * Prints.
   *
   * @param amount how many units one run moves; for {@link Unit#SECONDS} without meaning
   * @param whole what a run without a fault is called
   */
  void print(String title, Unit unit, double amount, String whole, Map<String, Samples> results) {
    out.printf("%n%s%n", title);
    out.printf(
        Locale.ROOT,
        "  %-26s %10s %21s %8s  %s%n",
        "",
        unit.shown,
        "seconds (min..max)",
        "CPU s",
        "result");
    results.forEach((name, samples) -> line(name, unit, amount, whole, samples));
    ratio(unit, results).ifPresent(out::println);
    out.flush();
  }

  private void line(String name, Unit unit, double amount, String whole, Samples samples) {
    List<String> faults = samples.faults();
    String result = faults.isEmpty() ? whole : faults.size() + " failed: " + faults.getFirst();
    if (samples.isEmpty()) {
      out.printf("  %-26s %10s %21s %8s  %s%n", name, "-", "-", "-", result);
      return;
    }
    double median = samples.wallMedian();
    out.printf(
        Locale.ROOT,
        "  %-26s %10s %6.3f (%.3f..%.3f) %8.2f  %s%n",
        name,
        unit == Unit.SECONDS ? "" : String.format(Locale.ROOT, "%.0f", amount / median),
        median,
        samples.wallLeast(),
        samples.wallMost(),
        samples.cpuMedian(),
        result);
  }

  private static Optional<String> ratio(Unit unit, Map<String, Samples> results) {
    Samples ours = results.get(Berth.NAME);
    if (ours == null || ours.isEmpty()) {
      return Optional.empty();
    }
    return results.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(Berth.NAME) && !entry.getValue().isEmpty())
        .min(Comparator.comparingDouble(entry -> entry.getValue().wallMedian()))
        .map(best ->
            String.format(
                Locale.ROOT,
                "  Berth: %.2f x the %s of the best other (%s)",
                best.getValue().wallMedian() / ours.wallMedian(),
                unit == Unit.SECONDS ? "speed" : unit.shown,
                best.getKey()));
  }
}
