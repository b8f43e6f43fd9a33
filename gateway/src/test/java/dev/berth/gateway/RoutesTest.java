package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.ConnectSettings;
import dev.berth.limits.LimitSettings;
import dev.berth.pool.PoolSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a user name leads, and that it leads nowhere else. */
@Timeout(60)
class RoutesTest {
  private static final GatewayTerms ALONE =
      new GatewayTerms(new PoolSettings.Memory.None(), new PoolSettings.Neighbours.None());

  private final Map<String, Upstream> upstreams = new LinkedHashMap<>();

  RoutesTest() throws IOException {
    add("acme", "ftp.acme.test", 21);
    add("other", "ftp.other.test", 2121);
    add("twice-a", "twice.test", 21);
    add("twice-b", "twice.test", 22);
  }

  private void add(String name, String host, int port) throws IOException {
    UpstreamSettings settings =
        UpstreamSettings.usual(name, ConnectSettings.of(host, port), LimitSettings.standard());
    upstreams.put(
        name,
        Upstream.open(
            settings,
            ALONE,
            Duration.ZERO,
            (password, hash) -> false,
            new GivingWay(Duration.ofSeconds(20), Duration.ofSeconds(20))));
  }

  @AfterEach
  void close() throws IOException {
    for (Upstream upstream : upstreams.values()) {
      upstream.close();
    }
  }

  private Routes routes(boolean hasUsual) {
    GatewaySettings.Usual others =
        hasUsual ? new GatewaySettings.Usual.Upstream("acme") : new GatewaySettings.Usual.Nowhere();
    return new Routes(
        upstreams, new GatewaySettings.Usual.ByListener(Map.of("scanners", "Other"), others));
  }

  private static String shown(Optional<Routes.Route> route) {
    return route.map(it -> it.user() + " to " + it.upstream().name()).orElse("nowhere");
  }

  @ParameterizedTest
  @CsvSource({
    "ann, '', ann to acme",
    "ann@other, '', ann to other",
    "ann@OTHER, '', ann to other",
    "ann@ftp.other.test, '', ann to other",
    "ann@ftp.other.test:2121, '', ann to other",
    "ann@ftp.other.test 2121, '', ann to other",
    "ann@mail.test@other, '', ann@mail.test to other",
    "ann@mail.test, '', ann@mail.test to acme",
    "ann, other, ann to other",
    "ann, ftp.other.test, ann to other",
    "ann@acme, other, ann to acme",
    "ann, evil.test, nowhere",
    "ann@ftp.other.test:22, '', ann@ftp.other.test:22 to acme",
    "ann@evil.test:21, '', ann@evil.test:21 to acme",
    "ann@twice.test:21, '', ann to twice-a",
    "ann@twice.test:22, '', ann to twice-b",
    "ann@twice.test, '', ann@twice.test to acme",
    "@other, '', @other to acme",
  })
  void namesLeadToUpstreams(String user, String host, String way) {
    assertThat(shown(routes(true).of(user, "main", host))).isEqualTo(way);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", "ann@evil.test", "ann@127.0.0.1:21", "@", "ann@"})
  void withoutAUsualOneAPlainNameLeadsNowhere(String user) {
    assertThat(shown(routes(false).of(user, "main", ""))).isEqualTo("nowhere");
  }

  @ParameterizedTest
  @CsvSource({
    "ann, '', ann to other",
    "ann@mail.test, '', ann@mail.test to other",
    "ann@acme, '', ann to acme",
    "ann, acme, ann to acme",
    "ann, evil.test, nowhere",
  })
  void listenerLeadsPlainNamesToItsUpstream(String user, String host, String way) {
    assertThat(shown(routes(true).of(user, "scanners", host))).isEqualTo(way);
    assertThat(shown(routes(false).of(user, "scanners", host))).isEqualTo(way);
  }
}
