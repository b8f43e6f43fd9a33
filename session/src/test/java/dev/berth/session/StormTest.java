package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.Pacing;
import dev.berth.admission.Rules;
import dev.berth.testkit.Await;
import dev.berth.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One prefix that comes again and again, over its limit. */
final class StormTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  /** One refusal at once, two held back; the rest is a storm. */
  private static final Pacing PACING = new Pacing(1, LONG, LONG, LONG, 2, 2, 10);

  private static final int BEFORE = 3;
  private static final int STORM = 300;
  private static final Pattern COUNT =
      Pattern.compile("event=refused-many .*cause=prefix count=(\\d+) text=\"Too many.*");

  @Test
  void eachIsToldTheReasonAndAFewLinesOfTheLogCountThemAll() throws Exception {
    Rules rules =
        Rules.standard()
            .withConnections(Map.of(LimitScope.PREFIX, Limit.refusing(1)))
            .withPacing(PACING);
    List<RawClient> clients = new ArrayList<>();
    try (ServerUnderTest server = ServerUnderTest.setup().rules(rules).start();
        LogHeard log = new LogHeard()) {
      clients.add(RawClient.connect(server.address()));
      clients.getFirst().expect("220");
      for (int i = 0; i < BEFORE; i++) {
        clients.add(RawClient.connect(server.address()));
      }
      for (int i = 0; i < STORM; i++) {
        RawClient client = RawClient.connect(server.address());
        clients.add(client);
        assertThat(client.hear()).startsWith("421 Too many connections from your address");
        assertThat(client.isEnded()).isTrue();
      }

      Await.until(
          Duration.ofSeconds(10),
          () -> "refusals logged: " + counted(log),
          () -> counted(log) == STORM);
      assertThat(log.events("refused")).hasSize(BEFORE);
      assertThat(log.events("refused-many")).hasSizeLessThan(20);
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private static int counted(LogHeard log) {
    return log.events("refused-many").stream()
        .map(COUNT::matcher)
        .filter(Matcher::matches)
        .mapToInt(match -> Integer.parseInt(match.group(1)))
        .sum();
  }
}
