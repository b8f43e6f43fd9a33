package dev.berth.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the counted runs of one client gave. */
final class Samples {
  private final List<Double> wallSeconds = new ArrayList<>();
  private final List<Double> cpuSeconds = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  void add(double wall, double cpu) {
    wallSeconds.add(wall);
    cpuSeconds.add(cpu);
  }

  /** A run that did not do its errand. It is shown, and its time counts for nothing. */
  void fault(String words) {
    faults.add(words);
  }

  boolean isEmpty() {
    return wallSeconds.isEmpty();
  }

  List<String> faults() {
    return Collections.unmodifiableList(faults);
  }

  double wallMedian() {
    return median(wallSeconds);
  }

  double wallLeast() {
    return Collections.min(wallSeconds);
  }

  double wallMost() {
    return Collections.max(wallSeconds);
  }

  double cpuMedian() {
    return median(cpuSeconds);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
