package dev.berth.monitor;

import dev.berth.gateway.GatewaySnapshot;
import dev.berth.gateway.GatewaySnapshot.ClientState;
import dev.berth.gateway.GatewaySnapshot.Lending;
import dev.berth.gateway.GatewaySnapshot.Totals;
import dev.berth.gateway.GatewaySnapshot.UpstreamState;
import dev.berth.limits.PlaceState;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The metrics of one moment, in the text format of Prometheus. Nothing is counted here: all is
 * taken from one snapshot. Labels have names of upstreams and states, never of users.
 */
final class Scrape {
  static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  /** One value and its labels' values, in the order of {@link Metric#labels}. */
  private record Point(List<String> labels, double value) {}

  private final Map<Metric, List<Point>> points = new EnumMap<>(Metric.class);

  private Scrape() {}

  static String of(GatewaySnapshot now, Watched.Door door) throws IOException {
    Scrape scrape = new Scrape();
    scrape.add(Metric.START_TIME, now.since().getEpochSecond());
    scrape.add(Metric.SESSIONS, door.sessions());
    scrape.add(Metric.SESSIONS_WAITING, door.waiting());
    scrape.add(Metric.TURNED_AWAY, door.turnedAway());
    for (UpstreamState upstream : now.upstreams()) {
      scrape.state(upstream, now);
      scrape.clients(upstream.name(), now.clients());
      scrape.totals(upstream.name(), upstream.totals());
    }
    return scrape.text();
  }

  private void state(UpstreamState upstream, GatewaySnapshot now) {
    String name = upstream.name();
    add(Metric.LIMIT, upstream.limit(), name);
    for (PlaceState state : PlaceState.values()) {
      if (state != PlaceState.FREE) {
        String word = state.name().toLowerCase(Locale.ROOT);
        add(Metric.CONNECTIONS, upstream.places().getOrDefault(state, 0), name, word);
      }
    }
    add(Metric.ELSEWHERE, upstream.elsewhere(), name);
    add(Metric.WAITING, upstream.waiting(), name);
    double longest =
        now.queue().stream()
            .filter(turn -> turn.upstream().equals(name))
            .mapToDouble(turn -> Pages.seconds(Duration.between(turn.since(), now.at())))
            .max()
            .orElse(0);
    add(Metric.LONGEST_WAIT, longest, name);
    add(Metric.PAUSED, upstream.lending() instanceof Lending.Paused ? 1 : 0, name);
  }

  private void clients(String upstream, List<ClientState> clients) {
    Map<String, Integer> states = new TreeMap<>();
    for (String word : List.of("loggingIn", "idle", "answered", "waiting", "opening", "leased")) {
      states.put(word, 0);
    }
    clients.stream()
        .filter(client -> client.upstream().equals(upstream))
        .forEach(client -> states.merge(Pages.word(client.doing()), 1, Integer::sum));
    states.forEach((word, count) -> add(Metric.CLIENTS, count, upstream, word));
  }

  private void totals(String upstream, Totals totals) {
    add(Metric.LOGINS, totals.loginsByMemory(), upstream, "memory");
    add(Metric.LOGINS, totals.loginsAtServer(), upstream, "server");
    add(Metric.LOGINS, totals.loginsRefused(), upstream, "refused");
    add(Metric.LEASES, totals.leases(), upstream);
    add(Metric.LEASE_WAIT, Pages.seconds(totals.waited()), upstream);
    add(Metric.UNSERVED, totals.unserved(), upstream);
    add(Metric.REFUSALS, totals.refusals(), upstream);
    add(Metric.BYTES, totals.bytesUp(), upstream, "up");
    add(Metric.BYTES, totals.bytesDown(), upstream, "down");
    add(Metric.REPLAYS, totals.replays(), upstream);
    add(Metric.GAVE_WAY, totals.gaveWay(), upstream);
  }

  private void add(Metric metric, Number value, String... labels) {
    points
        .computeIfAbsent(metric, any -> new ArrayList<>())
        .add(new Point(List.of(labels), value.doubleValue()));
  }

  private String text() throws IOException {
    List<MetricSnapshot> all = new ArrayList<>();
    points.forEach((metric, its) ->
        all.add(
            switch (metric.kind()) {
              case COUNTER -> counter(metric, its);
              case GAUGE -> gauge(metric, its);
            }));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create()
        .write(out, new MetricSnapshots(all), EscapingScheme.UNDERSCORE_ESCAPING);
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The library adds the end of a counter's name itself. */
  private static MetricSnapshot counter(Metric metric, List<Point> points) {
    String stem = metric.id().substring(0, metric.id().length() - "_total".length());
    CounterSnapshot.Builder builder = CounterSnapshot.builder().name(stem).help(metric.about());
    for (Point point : points) {
      builder.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(Labels.of(metric.labels(), point.labels()))
              .value(point.value())
              .build());
    }
    return builder.build();
  }

  private static MetricSnapshot gauge(Metric metric, List<Point> points) {
    GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name(metric.id()).help(metric.about());
    for (Point point : points) {
      builder.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(Labels.of(metric.labels(), point.labels()))
              .value(point.value())
              .build());
    }
    return builder.build();
  }
}
