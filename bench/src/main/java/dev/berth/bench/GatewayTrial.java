package dev.berth.bench;

import dev.berth.testkit.WanLink;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A server directly and through a gateway before it, in turn: rounds that do not count, for the
 * gateway's JVM compiles as it goes, then the counted ones. Server and gateway run on through all
 * of them.
 */
final class GatewayTrial {
  static final int SMALL_FILES = 500;
  private static final int SMALL_BYTES = 1024;
  private static final int CURLS = 20;
  private static final int FAR_CURLS = 5;

  private static final int NO_LIMIT = 20_000;
  private static final int BULK_WARM_UPS = 4;
  private static final int SMALL_WARM_UPS = 8;
  private static final WanLink.Line FAR = WanLink.Line.ofMegabits(Duration.ofMillis(50), 100);

  private final Load load;
  private final Path launcher;
  private final Path work;
  private final Path root;
  private final GatewayOptions options;

  /**
   * A trial.
   *
   * @param launcher {@code ./berth} of the checkout
   * @param work in memory; with {@code root} in it, which the servers serve
   */
  GatewayTrial(Load load, Path launcher, Path work, GatewayOptions options) {
    this.load = load;
    this.launcher = launcher;
    this.work = work;
    this.root = work.resolve("root");
    this.options = options;
  }

  /** One run; gives what it is compared by. */
  @FunctionalInterface
  private interface Run {
    double at(int port) throws IOException;
  }

  /** What is compared, and how. */
  private record Plan(Comparison line, int warmUps, Run run) {}

  /** What is compared with one server. */
  @FunctionalInterface
  private interface Plans {
    List<Plan> of(Contender.Running server);
  }

  /** One big file each way, by the load client and by curl. */
  List<Comparison> bulk(Contender contender) throws IOException {
    List<Comparison> lines = new ArrayList<>();
    for (GatewayFront.Protection protection : GatewayFront.Protection.values()) {
      lines.addAll(
          compare(
              contender,
              protection,
              Line::none,
              running ->
                  List.of(
                      byLoad(running, protection, "retr"),
                      byLoad(running, protection, "stor"),
                      byCurl(running, protection, "retr"),
                      byCurl(running, protection, "stor"))));
    }
    return lines;
  }

  private Plan byLoad(Contender.Running server, GatewayFront.Protection protection, String verb) {
    long bytes = options.bytes();
    return new Plan(
        bulkLine(protection, verb, "ftpload"),
        BULK_WARM_UPS,
        port -> {
          prepareBig(server);
          String name = verb.equals("retr") ? "big" : "up";
          double seconds =
              load.run(verb, port, name, bytes, protection.word(), 0).number("seconds");
          checkUpload(verb);
          return bytes / 1e6 / seconds;
        });
  }

  private Plan byCurl(Contender.Running server, GatewayFront.Protection protection, String verb) {
    List<String> words = new ArrayList<>();
    if (protection == GatewayFront.Protection.TLS) {
      words.add("--ssl-reqd");
    }
    return new Plan(
        bulkLine(protection, verb, "curl"),
        BULK_WARM_UPS / 2,
        port -> {
          prepareBig(server);
          List<String> all = new ArrayList<>(words);
          all.addAll(
              verb.equals("retr")
                  ? List.of("-o", "/dev/null", CurlProcess.url(port, "big"))
                  : List.of("-T", "" + root.resolve("big"), CurlProcess.url(port, "up")));
          double seconds = CurlProcess.run(work.resolve("said"), all);
          checkUpload(verb);
          return options.bytes() / 1e6 / seconds;
        });
  }

  private static Comparison bulkLine(
      GatewayFront.Protection protection, String verb, String client) {
    String name = "%s, %s, %s".formatted(verb.toUpperCase(Locale.ROOT), protection.word(), client);
    return new Comparison(name, Comparison.Measure.RATE, "at least 0.8 x");
  }

  private void prepareBig(Contender.Running server) throws IOException {
    Files.deleteIfExists(root.resolve("up"));
    server.own();
    WarmMemory.take(work, 2 * options.bytes()); // The file, and the one it is sent from.
  }

  private void checkUpload(String verb) throws IOException {
    Path up = root.resolve("up");
    if (verb.equals("stor") && (!Files.exists(up) || Files.size(up) != options.bytes())) {
      throw new IOException("the file did not arrive whole");
    }
    Files.deleteIfExists(up);
  }

  /** Small files, over one session and by a curl each. */
  List<Comparison> small(Contender contender) throws IOException {
    return compare(
        contender,
        GatewayFront.Protection.PLAIN,
        Line::none,
        running -> List.of(oneSession(), curls(CURLS, "small/", nearLine())));
  }

  private Plan oneSession() {
    String name = "RETR of 1 KiB, %d in one session, each".formatted(SMALL_FILES);
    return new Plan(
        new Comparison(name, Comparison.Measure.ADDED, "at most +1 ms"),
        SMALL_WARM_UPS,
        port ->
            load.run("small", port, "small", SMALL_FILES, "wait").number("seconds")
                * 1000
                / SMALL_FILES);
  }

  private static Comparison nearLine() {
    String name = "a curl for 1 KiB in another folder";
    return new Comparison(name, Comparison.Measure.ADDED, "at most +1 ms");
  }

  /** One file by a curl, 50 ms from the server; the gateway is beside the client. */
  List<Comparison> cron(Contender contender) throws IOException {
    return compare(
        contender,
        GatewayFront.Protection.PLAIN,
        Line::far,
        running ->
            List.of(
                curls(FAR_CURLS, "", farLine("in the login folder")),
                curls(FAR_CURLS, "small/", farLine("in another folder"))));
  }

  private static Comparison farLine(String where) {
    String name = "a curl for 1 KiB " + where + ", 50 ms away";
    return new Comparison(name, Comparison.Measure.TIME, "at most 0.4 x");
  }

  /** The median of some. */
  private Plan curls(int count, String folder, Comparison line) {
    return new Plan(
        line,
        SMALL_WARM_UPS / 2,
        port -> {
          Path local = work.resolve("local");
          List<Double> millis = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            Files.deleteIfExists(local);
            List<String> words = List.of("-o", "" + local, CurlProcess.url(port, folder + i));
            millis.add(1000 * CurlProcess.run(work.resolve("said"), words));
            if (Files.size(local) != SMALL_BYTES) {
              throw new IOException("the file did not arrive whole");
            }
          }
          return Median.of(millis);
        });
  }

  /** Lays a line to a server, or none. */
  @FunctionalInterface
  private interface Laying {
    Line lay(InetSocketAddress server) throws IOException;
  }

  /** The way to a server, from clients and gateway alike. */
  private record Line(InetSocketAddress address, Closeable end) implements Closeable {
    static Line none(InetSocketAddress server) {
      return new Line(server, () -> {});
    }

    static Line far(InetSocketAddress server) throws IOException {
      WanLink link = WanLink.start(server, FAR);
      return new Line(link.address(), link::close);
    }

    @Override
    public void close() throws IOException {
      end.close();
    }
  }

  private List<Comparison> compare(
      Contender contender, GatewayFront.Protection protection, Laying laying, Plans plans)
      throws IOException {
    GatewayFront opening = new GatewayFront(launcher, work, protection, List.of("limit = 2"));
    List<Comparison> lines = new ArrayList<>();
    try (Contender.Running server = contender.start(root, NO_LIMIT);
        Line line = laying.lay(loopback(server.port()));
        Front gateway = opening.open(line.address)) {
      server.own();
      Map<Comparison.Way, Integer> ports =
          Map.of(
              Comparison.Way.DIRECT, line.address.getPort(),
              Comparison.Way.GATEWAY, gateway.port());
      for (Plan plan : plans.of(server)) {
        rounds(contender, plan, ports);
        lines.add(plan.line);
      }
    }
    return lines;
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Who goes first changes from round to round. */
  private void rounds(Contender contender, Plan plan, Map<Comparison.Way, Integer> ports) {
    List<Comparison.Way> ways = List.of(Comparison.Way.values());
    for (int i = -plan.warmUps; i < options.rounds(); i++) {
      for (Comparison.Way way : i % 2 == 0 ? ways : ways.reversed()) {
        try {
          double value = plan.run.at(ports.getOrDefault(way, 0));
          System.err.printf(
              Locale.ROOT,
              "  %s, %s %s %d: %.3f%n",
              contender.name(),
              plan.line.name(),
              way,
              i,
              value);
          if (i >= 0) {
            plan.line.add(way, value);
          }
        } catch (IOException e) {
          plan.line.fault(way, String.valueOf(e.getMessage()));
        }
      }
    }
  }
}
