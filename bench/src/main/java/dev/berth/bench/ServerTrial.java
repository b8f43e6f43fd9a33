package dev.berth.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The measurements of servers, each with all of them in turn: a round that does not count, then the
 * rounds. A server that fails at something is shown with what it said.
 */
final class ServerTrial {
  static final long BIG_BYTES = 1L << 30;
  static final int SMALL_FILES = 2000;

  /** With Nagle's algorithm and delayed acknowledgements one server does 23 files a second. */
  private static final int FEW_SMALL_FILES = 100;

  private static final int NO_LIMIT = 20_000;
  private static final int TIGHT_LIMIT = 2;
  private static final int MANY_CLIENTS = 8;
  private static final int MILLIS = 3000;

  /**
   * So often a new server does what is measured before it is: a JVM compiles as it goes, and what
   * counts is a server that runs for days. It has compiled TLS after 4 GiB, the ways of small files
   * after 10,000.
   */
  private static final int FILE_WARM_UPS = 4;

  private static final int SMALL_WARM_UPS = 5;

  private static final int[] IDLE = {100, 1000, 10_000};

  private final Load load;
  private final Path root;
  private final int rounds;
  private final PrintStream out = System.out;

  /** What is known of one server in one measurement: a list of samples by column. */
  private final Map<String, Map<String, List<Double>>> samples = new LinkedHashMap<>();

  private final Map<String, String> remarks = new LinkedHashMap<>();

  ServerTrial(Load load, Path root, int rounds) {
    this.load = load;
    this.root = root;
    this.rounds = rounds;
  }

  /** One round with one server. */
  private interface Round {
    void run(Contender contender, Contender.Running server, CpuMeter meter) throws IOException;
  }

  private void all(String title, List<Contender> contenders, int limit, Round round)
      throws IOException {
    samples.clear();
    remarks.clear();
    long[] before = busy();
    for (int i = 0; i <= rounds; i++) {
      for (Contender contender : contenders) {
        if (i == 1) {
          samples.remove(contender.name()); // The warm-up.
        }
        try (CpuMeter meter = CpuMeter.enter(contender.name())) {
          try (Contender.Running server = contender.start(root, limit)) {
            meter.leave();
            round.run(contender, server, meter);
          } finally {
            meter.leave();
          }
          System.err.println(title + ": " + contender.name() + " " + i);
        } catch (IOException e) {
          remarks.put(contender.name(), String.valueOf(e.getMessage()));
          System.err.println(title + ": " + contender.name() + ": " + e);
        }
      }
    }
    print(title, contenders, before);
  }

  private void add(Contender contender, String column, double value) {
    samples
        .computeIfAbsent(contender.name(), name -> new LinkedHashMap<>())
        .computeIfAbsent(column, name -> new ArrayList<>())
        .add(value);
  }

  /** One file of 1 GiB each way, in plain text and in TLS. */
  void files(List<Contender> contenders) throws IOException {
    for (String protection : List.of("plain", "tls")) {
      for (String verb : List.of("retr", "stor")) {
        String title = verb.toUpperCase(Locale.ROOT) + " of 1 GiB, " + protection;
        all(
            title,
            contenders,
            NO_LIMIT,
            (contender, server, meter) -> {
              server.own();
              String name = verb.equals("retr") ? "big" : "up";
              for (int i = 0; i < FILE_WARM_UPS; i++) {
                load.run(verb, server.port(), name, BIG_BYTES, protection, 0);
                Files.deleteIfExists(root.resolve("up")); // Each writes a new file.
              }
              WarmMemory.take(root, 2 * BIG_BYTES); // The file, and the one it is sent from.
              double cpu = meter.seconds();
              Load.Result result = load.run(verb, server.port(), name, BIG_BYTES, protection, 0);
              add(contender, "MB/s", BIG_BYTES / 1e6 / result.number("seconds"));
              add(contender, "server CPU s", meter.seconds() - cpu);
              add(contender, "client CPU s", result.number("cpu"));
              remarks.put(
                  contender.name(), result.text("cipher") + " resumed=" + result.text("resumed"));
            });
      }
    }
  }

  /** Many small files over one session. */
  void small(List<Contender> contenders) throws IOException {
    for (String way : List.of("wait", "packet")) {
      all(
          "RETR of 1 KiB files, EPSV each, " + way,
          contenders,
          NO_LIMIT,
          (contender, server, meter) -> {
            server.own();
            int count = contender.name().startsWith("apache") ? FEW_SMALL_FILES : SMALL_FILES;
            double first = load.run("small", server.port(), "small", count, way).number("seconds");
            for (int i = 1; i < SMALL_WARM_UPS; i++) {
              load.run("small", server.port(), "small", count, way);
            }
            double cpu = meter.seconds();
            double seconds =
                load.run("small", server.port(), "small", count, way).number("seconds");
            add(contender, "files/s", count / seconds);
            add(contender, "files/s when new", count / first);
            add(contender, "CPU us a file", (meter.seconds() - cpu) / count * 1e6);
          });
    }
  }

  /** Sessions that do nothing. */
  void sessions(List<Contender> contenders) throws IOException {
    for (int clients : new int[] {1, MANY_CLIENTS}) {
      all(
          "connect, USER, PASS, QUIT: clients " + clients,
          contenders,
          NO_LIMIT,
          (contender, server, meter) -> {
            load.run("sessions", server.port(), clients, MILLIS / 2);
            double cpu = meter.seconds();
            Load.Result result = load.run("sessions", server.port(), clients, MILLIS);
            add(contender, "sessions/s", result.number("count") / result.number("seconds"));
            add(
                contender,
                "CPU ms a session",
                (meter.seconds() - cpu) / result.number("count") * 1000);
            add(contender, "p50 ms", result.number("p50"));
            add(contender, "p99 ms", result.number("p99"));
          });
    }
  }

  /** A storm at a limit, alone and beside a RETR. */
  void refusals(List<Contender> contenders) throws IOException {
    all(
        "refusals: limit 2, 8 connectors",
        contenders,
        TIGHT_LIMIT,
        (contender, server, meter) -> {
          server.own();
          double alone;
          int port = server.port();
          load.run("retr", port, "big", BIG_BYTES, "plain", 0);
          alone =
              BIG_BYTES
                  / 1e6
                  / load.run("retr", port, "big", BIG_BYTES, "plain", 0).number("seconds");
          pause(500);
          try (Load.Going held = load.start("hold", port, TIGHT_LIMIT)) {
            held.result();
            double cpu = meter.seconds();
            Load.Result storm = load.run("refused", port, MANY_CLIENTS, MILLIS);
            add(contender, "refused/s", storm.number("count") / storm.number("seconds"));
            add(contender, "CPU ms each", (meter.seconds() - cpu) / storm.number("count") * 1000);
            add(contender, "p99 ms", storm.number("p99"));
            remarks.put(contender.name(), storm.text("answer"));
          }
          pause(1000);
          beside(contender, port, alone);
        });
  }

  private void beside(Contender contender, int port, double alone) throws IOException {
    try (Load.Going held = load.start("hold", port, 1)) {
      held.result();
      try (Load.Going file = load.start("retr", port, "big", BIG_BYTES, "plain", 1500)) {
        pause(500);
        Load.Result storm = load.run("refused", port, MANY_CLIENTS, MILLIS + 1000);
        double rate = BIG_BYTES / 1e6 / file.result().number("seconds");
        add(contender, "beside RETR/s", storm.number("count") / storm.number("seconds"));
        add(contender, "RETR MB/s before", alone);
        add(contender, "during", rate);
        add(contender, "kept %", 100 * rate / alone);
      }
    }
  }

  /** Sessions that are logged in and do nothing. */
  void idle(List<Contender> contenders) throws IOException {
    for (int count : IDLE) {
      List<Contender> able = contenders.stream().filter(it -> it.mostIdle() >= count).toList();
      all(
          count + " idle sessions",
          able,
          NO_LIMIT,
          (contender, server, meter) -> {
            double empty = meter.mebibytes();
            try (Load.Going held = load.start("hold", server.port(), count)) {
              add(contender, "log-in of all s", held.result().number("seconds"));
              pause(1500);
              double full = meter.mebibytes();
              add(contender, "empty MiB", empty);
              add(contender, "MiB", full);
              add(contender, "KiB each", (full - empty) * 1024 / count);
            }
          });
    }
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(millis * 1_000_000);
  }

  private void print(String title, List<Contender> contenders, long[] before) throws IOException {
    out.printf("%n%s%n", title);
    boolean hasTitles = false;
    for (Contender contender : contenders) {
      Map<String, List<Double>> columns = samples.getOrDefault(contender.name(), Map.of());
      if (!hasTitles && !columns.isEmpty()) {
        out.printf("  %-18s", "");
        columns.keySet().forEach(column -> out.printf(" %28s", column));
        out.println();
        hasTitles = true;
      }
      out.printf("  %-18s", contender.name());
      columns.values().forEach(values -> out.printf(" %28s", shown(values)));
      out.println("  " + remarks.getOrDefault(contender.name(), ""));
    }
    ratios(contenders);
    long[] after = busy();
    out.printf(
        Locale.ROOT,
        "  the machine's processors were %.0f %% busy%n",
        100.0 * (after[0] - before[0]) / Math.max(1, after[1] - before[1]));
    out.flush();
  }

  private static String shown(List<Double> values) {
    return String.format(
        Locale.ROOT,
        "%s (%s..%s)",
        number(median(values)),
        number(Collections.min(values)),
        number(Collections.max(values)));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 1 ? "%.2f" : "%.3f", value);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Ours by each other's, in the first column: by the medians, and by the best rounds. */
  private void ratios(List<Contender> contenders) {
    Map<String, List<Double>> ours = samples.get(contenders.getFirst().name());
    if (ours == null || ours.isEmpty()) {
      return;
    }
    String column = ours.keySet().iterator().next();
    List<Double> own = ours.getOrDefault(column, List.of());
    List<String> words = new ArrayList<>();
    for (Contender other : contenders.subList(1, contenders.size())) {
      List<Double> values = samples.getOrDefault(other.name(), Map.of()).get(column);
      if (values != null) {
        words.add(
            String.format(
                Locale.ROOT,
                "%.2f x %s (best rounds %.2f x)",
                median(own) / median(values),
                other.name(),
                Collections.max(own) / Collections.max(values)));
      }
    }
    out.printf("  %s of %s: %s%n", column, contenders.getFirst().name(), String.join(", ", words));
  }

  /** proc(5), stat: ticks in which the processors worked, and all. */
  private static long[] busy() throws IOException {
    String[] fields =
        Files.readAllLines(Path.of("/proc/stat"))
            .getFirst()
            .replaceFirst("cpu +", "")
            .split(" ", -1);
    long[] ticks = Arrays.stream(fields).limit(8).mapToLong(Long::parseLong).toArray();
    long sum = Arrays.stream(ticks).sum();
    return new long[] {sum - ticks[3] - ticks[4], sum};
  }
}
