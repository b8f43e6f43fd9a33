package dev.berth.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What became of crowds, a line for each way to the server. */
final class CrowdTable {
  static final String OURS = "berth gateway, limit 2";
  static final String HAPROXY = "HAProxy, maxconn 2";

  private static final String LINE = "  %-28s %14s %9s %18s %18s %7s  %s%n";

  private final int clients;
  private final Map<String, List<Round>> rounds = new LinkedHashMap<>();
  private final Map<String, String> remarks = new LinkedHashMap<>();

  CrowdTable(int clients) {
    this.clients = clients;
  }

  /**
   * One crowd.
   *
   * @param seconds of those whose file arrived whole, with exit 0
   * @param refusals that the server gave
   * @param faults how often each was had by a client
   */
  record Round(List<Double> seconds, int refusals, Map<String, Integer> faults) {
    Round {
      seconds = List.copyOf(seconds);
      faults = Map.copyOf(faults);
    }

    private double longest() {
      return seconds.isEmpty() ? Double.NaN : Collections.max(seconds);
    }

    private double median() {
      return seconds.isEmpty() ? Double.NaN : Median.of(seconds);
    }

    /** 1 if all took the same, 1/n if one took everything (Jain, Chiu and Hawe, 1984). */
    private double jain() {
      double sum = seconds.stream().mapToDouble(it -> it).sum();
      double squares = seconds.stream().mapToDouble(it -> it * it).sum();
      return sum * sum / (seconds.size() * squares);
    }
  }

  void add(String way, Round round) {
    rounds.computeIfAbsent(way, name -> new ArrayList<>()).add(round);
  }

  void remark(String way, String words) {
    remarks.put(way, words);
  }

  void print(PrintStream out, String title) {
    out.printf("%n%s: %d curls at once, limit 2%n", title, clients);
    out.printf(
        LINE,
        "",
        "finished",
        "refusals",
        "longest s (best)",
        "median s (best)",
        "Jain",
        "most frequent fault");
    rounds.forEach((way, all) -> print(out, way, all));
    remarks.forEach((way, words) -> out.printf("  %-28s %s%n", way, words));
    ratio(out);
    out.flush();
  }

  private void print(PrintStream out, String way, List<Round> all) {
    long least = all.stream().mapToLong(round -> round.seconds.size()).min().orElse(0);
    out.printf(
        LINE,
        way,
        "%.0f (least %d)".formatted(median(all, it -> it.seconds.size()), least),
        "%.0f".formatted(median(all, Round::refusals)),
        both(all, Round::longest),
        both(all, Round::median),
        String.format(Locale.ROOT, "%.2f", median(all, Round::jain)),
        fault(all));
  }

  private static String both(List<Round> all, ToDoubleFunction<Round> value) {
    double best = all.stream().mapToDouble(value).min().orElse(Double.NaN);
    return String.format(Locale.ROOT, "%.2f (%.2f)", median(all, value), best);
  }

  private static double median(List<Round> all, ToDoubleFunction<Round> value) {
    return Median.of(all.stream().map(value::applyAsDouble).toList());
  }

  private static String fault(List<Round> all) {
    Map<String, Integer> sum = new LinkedHashMap<>();
    all.forEach(
        round -> round.faults.forEach((words, count) -> sum.merge(words, count, Integer::sum)));
    return sum.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(most -> most.getValue() + " x " + most.getKey())
        .orElse("");
  }

  private void ratio(PrintStream out) {
    List<Round> ours = rounds.getOrDefault(OURS, List.of());
    List<Round> theirs = rounds.getOrDefault(HAPROXY, List.of());
    if (!ours.isEmpty() && !theirs.isEmpty()) {
      out.printf(
          Locale.ROOT,
          "  gateway to HAProxy: longest %.2f x, median %.2f x; longest of the best rounds %.2f"
              + " x%n",
          median(ours, Round::longest) / median(theirs, Round::longest),
          median(ours, Round::median) / median(theirs, Round::median),
          best(ours) / best(theirs));
    }
  }

  private static double best(List<Round> all) {
    return all.stream().mapToDouble(Round::longest).min().orElse(Double.NaN);
  }
}
