package dev.berth.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is scraped, what is documented, and what stands in {@link Metric}: all the same. */
final class MetricsTest {
  private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\n\"])*\"";

  /** The grammar of the text format, version 0.0.4. */
  private static final Pattern SAMPLE =
      Pattern.compile(
          "[a-zA-Z_:][a-zA-Z0-9_:]*(?:\\{%1$s(?:,%1$s)*,?})? [-+]?[0-9.]+(?:E[-+]?[0-9]+)?(?: [0-9]+)?"
              .formatted(LABEL));

  private static final Pattern HELP = Pattern.compile("# HELP [a-zA-Z_:][a-zA-Z0-9_:]* .+");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE [a-zA-Z_:][a-zA-Z0-9_:]* (counter|gauge)");

  private static String scrape() throws IOException {
    Scripted gateway = new Scripted();
    return Scrape.of(gateway.snapshot(), gateway.door());
  }

  @Test
  void eachLineIsOfTheTextFormat() throws IOException {
    List<String> lines = scrape().lines().toList();

    assertThat(lines)
        .hasSizeGreaterThan(3 * Metric.values().length)
        .allMatch(line ->
            SAMPLE.matcher(line).matches()
                || HELP.matcher(line).matches()
                || TYPE.matcher(line).matches());
  }

  @Test
  void whatIsScrapedHasTheNamesKindsAndLabelsOfTheOneList() throws IOException {
    String text = scrape();

    for (Metric metric : Metric.values()) {
      String kind = metric.kind().name().toLowerCase(Locale.ROOT);
      assertThat(text).contains("# TYPE " + metric.id() + " " + kind + "\n");
      String labels =
          metric.labels().stream()
              .sorted()
              .map(it -> it + "=\"[^\"]*\"")
              .collect(Collectors.joining(","));
      String sample = metric.id() + (labels.isEmpty() ? "" : "\\{" + labels + "\\}") + " [0-9].*";
      assertThat(text.lines().filter(line -> line.matches(metric.id() + "[ {].*")))
          .as(metric.id())
          .isNotEmpty()
          .allMatch(line -> line.matches(sample));
    }
    assertThat(text.lines().filter(line -> line.startsWith("# TYPE")))
        .hasSize(Metric.values().length);
  }

  @Test
  void valuesAreThoseOfTheSnapshot() throws IOException {
    assertThat(scrape())
        .contains("berth_upstream_limit{upstream=\"acme\"} 2.0\n")
        .contains("berth_upstream_connections{state=\"leased\",upstream=\"acme\"} 1.0\n")
        .contains("berth_upstream_connections{state=\"idle\",upstream=\"acme\"} 0.0\n")
        .contains("berth_gateway_clients{state=\"waiting\",upstream=\"acme\"} 1.0\n")
        .contains("berth_upstream_longest_wait_seconds{upstream=\"acme\"} 40.0\n")
        .contains("berth_upstream_paused{upstream=\"other\"} 1.0\n")
        .contains("berth_upstream_lease_wait_seconds_total{upstream=\"acme\"} 1.5\n")
        .contains("berth_upstream_bytes_total{direction=\"down\",upstream=\"acme\"} 2000.0\n")
        .doesNotContain("ann");
  }

  @Test
  void thePageHasThemAllInTheirOrder() throws IOException {
    Matcher row =
        Pattern.compile("(?m)^\\| `(berth_[a-z_]+)` \\| ([a-z]+) \\| ([^|]*)\\| ([^|]+) \\|$")
            .matcher(Files.readString(root().resolve("docs/metrics.md")));
    List<String> documented = new ArrayList<>();
    while (row.find()) {
      documented.add(
          String.join(" ", row.group(1), row.group(2), row.group(3).strip(), row.group(4)));
    }

    assertThat(documented)
        .containsExactlyElementsOf(
            Arrays.stream(Metric.values())
                .map(it ->
                    String.join(
                        " ",
                        it.id(),
                        it.kind().name().toLowerCase(Locale.ROOT),
                        it.labels().stream()
                            .map(label -> "`" + label + "`")
                            .collect(Collectors.joining(", ")),
                        it.about()))
                .toList());
  }

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("ARCHITECTURE.md"))) {
      at = at.getParent();
    }
    return at;
  }
}
