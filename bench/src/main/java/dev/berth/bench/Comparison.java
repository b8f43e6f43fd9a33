package dev.berth.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What one thing took directly and through the gateway: a line of the table. */
final class Comparison {
  /** Where a client went. */
  enum Way {
    /** To the server. */
    DIRECT,
    /** To the gateway before it. */
    GATEWAY
  }

  /** What a value is, and how two of them stand to each other. */
  enum Measure {
    /** More is better; through the gateway as a part of directly. */
    RATE("MB/s"),
    /** Less is better; what the gateway adds. */
    ADDED("ms"),
    /** Less is better; through the gateway as a part of directly. */
    TIME("ms");

    private final String unit;

    Measure(String unit) {
      this.unit = unit;
    }

    private double best(List<Double> values) {
      return this == RATE ? Collections.max(values) : Collections.min(values);
    }

    private String verdict(double direct, double gateway) {
      return this == ADDED
          ? String.format(Locale.ROOT, "%+.2f ms", gateway - direct)
          : String.format(Locale.ROOT, "%.2f x", gateway / direct);
    }
  }

  private static final String LINE = "  %-44s %5s %10s %10s %10s %10s %10s %10s  %s%n";

  private final String name;
  private final Measure measure;
  private final String aim;
  private final Map<Way, List<Double>> values = new EnumMap<>(Way.class);
  private final List<String> faults = new ArrayList<>();

  Comparison(String name, Measure measure, String aim) {
    this.name = name;
    this.measure = measure;
    this.aim = aim;
    for (Way way : Way.values()) {
      values.put(way, new ArrayList<>());
    }
  }

  String name() {
    return name;
  }

  void add(Way way, double value) {
    values.getOrDefault(way, List.of()).add(value);
  }

  /** A run that did not do what it was for: it is shown, and counts for nothing. */
  void fault(Way way, String words) {
    faults.add(way.name().toLowerCase(Locale.ROOT) + ": " + words);
  }

  /** Prints a table. */
  static void print(PrintStream out, String title, List<Comparison> lines) {
    out.printf("%n%s%n", title);
    out.printf(LINE, "", "", "direct", "best", "gateway", "best", "medians", "best", "aim, faults");
    lines.forEach(line -> line.print(out));
    out.flush();
  }

  private void print(PrintStream out) {
    List<Double> direct = values.getOrDefault(Way.DIRECT, List.of());
    List<Double> gateway = values.getOrDefault(Way.GATEWAY, List.of());
    String remark =
        faults.isEmpty() ? aim : aim + "; " + faults.size() + " failed: " + faults.getFirst();
    boolean isWhole = !direct.isEmpty() && !gateway.isEmpty();
    out.printf(
        LINE,
        name,
        measure.unit,
        direct.isEmpty() ? "-" : number(Median.of(direct)),
        direct.isEmpty() ? "-" : number(measure.best(direct)),
        gateway.isEmpty() ? "-" : number(Median.of(gateway)),
        gateway.isEmpty() ? "-" : number(measure.best(gateway)),
        isWhole ? measure.verdict(Median.of(direct), Median.of(gateway)) : "-",
        isWhole ? measure.verdict(measure.best(direct), measure.best(gateway)) : "-",
        remark);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
  }
}
