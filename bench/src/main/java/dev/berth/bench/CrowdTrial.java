package dev.berth.bench;

import dev.berth.testkit.WireTap;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Many curls at once, a file each, before a server that takes {@value #LIMIT} connections: on each
 * way to it in turn. Each way has a server of its own, so that what one keeps open takes no place
 * from another; all run on through all rounds.
 */
final class CrowdTrial {
  private static final int LIMIT = 2;
  private static final int BYTES = 100_000;
  private static final int WARM_UPS = 4;

  /** Servers count a session a moment longer than its client. */
  private static final long PAUSE_NANOS = 1_500_000_000;

  private final Path launcher;
  private final Path work;
  private final Path root;
  private final GatewayOptions options;
  private final OtherFronts others;

  /**
   * A trial.
   *
   * @param checkout with {@code ./berth} and {@code .peers}
   * @param work in memory; with {@code root} in it, which the servers serve
   */
  CrowdTrial(Path checkout, Path work, GatewayOptions options) {
    this.launcher = checkout.resolve("berth");
    this.work = work;
    this.root = work.resolve("root");
    this.options = options;
    this.others = new OtherFronts(checkout.resolve(".peers"), work);
  }

  /** A way to a server, with all that was started for it. */
  private record Way(Contender.Running server, WireTap tap, Front front) implements Closeable {
    @Override
    public void close() throws IOException {
      try (server;
          tap) {
        front.close();
      }
    }
  }

  /** Runs all rounds before one server. */
  CrowdTable run(Contender contender) throws IOException {
    byte[] content = new byte[BYTES];
    Files.write(root.resolve("file"), content);
    CrowdTable table = new CrowdTable(options.clients());
    Map<String, Way> ways = new LinkedHashMap<>();
    try {
      openings().forEach((name, opening) -> open(contender, name, opening, ways, table));
      for (int i = -WARM_UPS; i < options.rounds(); i++) {
        for (Map.Entry<String, Way> way : ways.entrySet()) {
          CrowdTable.Round round = round(way.getValue(), content);
          System.err.printf(
              "  %s, %s %d: %d finished%n",
              contender.name(), way.getKey(), i, round.seconds().size());
          if (i >= 0) {
            table.add(way.getKey(), round);
          }
        }
      }
    } finally {
      close(ways.values());
    }
    return table;
  }

  private void open(
      Contender contender,
      String name,
      Optional<Front.Opening> opening,
      Map<String, Way> ways,
      CrowdTable table) {
    try {
      if (opening.isPresent()) {
        ways.put(name, open(contender, opening.get()));
      } else {
        table.remark(name, "not there: skipped");
      }
    } catch (IOException e) {
      table.remark(name, "does not start: skipped: " + e.getMessage());
    }
  }

  private static void close(Collection<Way> ways) throws IOException {
    List<IOException> failures = new ArrayList<>();
    for (Way way : ways) {
      try {
        way.close();
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      IOException failure = new IOException("something is left", failures.removeFirst());
      failures.forEach(failure::addSuppressed);
      throw failure;
    }
  }

  private Map<String, Optional<Front.Opening>> openings() {
    Map<String, Optional<Front.Opening>> all = new LinkedHashMap<>();
    all.put("directly", Optional.of(Front.Direct::of));
    all.put(CrowdTable.OURS, Optional.of(gateway("limit = " + LIMIT)));
    all.put("the same, reserve 0", Optional.of(gateway("limit = " + LIMIT, "reserve = 0")));
    all.put("berth gateway, limit auto", Optional.of(gateway("limit = \"auto\"")));
    all.put(CrowdTable.HAPROXY, others.haproxy(LIMIT));
    all.put("ProFTPD mod_proxy", others.modProxy());
    return all;
  }

  private Front.Opening gateway(String... lines) {
    return new GatewayFront(launcher, work, GatewayFront.Protection.PLAIN, List.of(lines));
  }

  private Way open(Contender contender, Front.Opening opening) throws IOException {
    Contender.Running server = contender.start(root, LIMIT);
    try {
      server.own();
      return open(server, opening);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static Way open(Contender.Running server, Front.Opening opening) throws IOException {
    WireTap tap =
        WireTap.before(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    try {
      return new Way(server, tap, opening.open(tap.address()));
    } catch (IOException | RuntimeException e) {
      tap.close();
      throw e;
    }
  }

  private CrowdTable.Round round(Way way, byte[] content) throws IOException {
    LockSupport.parkNanos(PAUSE_NANOS);
    int refusedBefore = way.tap.refused();
    Path folder = Files.createDirectory(work.resolve("crowd"));
    List<CurlProcess> curls = new ArrayList<>();
    for (int i = 0; i < options.clients(); i++) {
      List<String> words =
          List.of("-o", "" + folder.resolve("" + i), CurlProcess.url(way.front.port(), "file"));
      curls.add(CurlProcess.start(folder.resolve("said-" + i), words));
    }
    List<Double> seconds = new ArrayList<>();
    Map<String, Integer> faults = new LinkedHashMap<>();
    for (int i = 0; i < curls.size(); i++) {
      CurlProcess.Ended ended = curls.get(i).ended();
      Path local = folder.resolve("" + i);
      if (ended.exit() != 0) {
        faults.merge("exit " + ended.exit() + ": " + ended.said(), 1, Integer::sum);
      } else if (!Files.exists(local) || !Arrays.equals(Files.readAllBytes(local), content)) {
        faults.merge("exit 0, but not whole", 1, Integer::sum);
      } else {
        seconds.add(ended.seconds());
      }
    }
    Contest.remove(folder);
    return new CrowdTable.Round(seconds, way.tap.refused() - refusedBefore, faults);
  }
}
