package dev.berth.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules are right as a whole, or say all that is wrong with them. */
class RulesTest {
  @Test
  void allFaultsAreSaidAtOnce() {
    Rules.Listed twice = new Rules.Listed(Network.parse("192.0.2.0/24"), new Treatment.Exempt());

    assertThatThrownBy(() ->
            new Rules(
                new Rules.PrefixLengths(32, 64),
                Map.of(LimitScope.SERVER, Door.replace(2)),
                Map.of(LimitScope.LISTENER, Limit.refusing(2)),
                List.of(twice, twice),
                Duration.ZERO,
                Pacing.standard(),
                new Rules.Detention(10, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "rules: transfers = listener must be prefix, account, server; "
                + "connections of server = replace-idle must be refuse or queue; "
                + "listed = 192.0.2.0/24 must be listed once; "
                + "retryAfter = PT0S must be more than zero");
  }

  @Test
  void anAllowanceIsByAddress() {
    assertThatThrownBy(() ->
            new Treatment.Allowance(
                Map.of(LimitScope.ACCOUNT, Limit.refusing(2)),
                Map.of(LimitScope.PREFIX, Door.replace(2))))
        .hasMessage(
            "allowance: connections = account must be by address; "
                + "transfers of prefix = replace-idle must be refuse or queue");
  }

  @Test
  void eachValueHasARange() {
    assertThatThrownBy(() -> Limit.refusing(0)).hasMessageContaining("1 to 1,000,000");
    assertThatThrownBy(() -> new Policy.Queue(Duration.ZERO, 0))
        .hasMessage(
            "queue: longestWait = PT0S must be more than zero; mostWaiting = 0 must be 1 to"
                + " 100,000");
    assertThatThrownBy(() -> new Policy.ReplaceIdle(Duration.ofSeconds(-1), 0))
        .hasMessageContaining("idleFor")
        .hasMessageContaining("mostProvisional");
    assertThatThrownBy(() -> new Rules.PrefixLengths(33, 129))
        .hasMessageContaining("ipv4 = 33")
        .hasMessageContaining("ipv6 = 129");
    assertThatThrownBy(() -> new Rules.Detention(1, 2)).hasMessageContaining("1 to 1");
    assertThatThrownBy(
            () -> new Pacing(-1, Duration.ZERO, Duration.ofDays(1), Duration.ZERO, -1, 0, 0))
        .hasMessageContaining("halfLife");
    assertThatThrownBy(() ->
            new GuardRules(
                new Rules.PrefixLengths(32, 64),
                List.of(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofDays(1),
                1,
                Duration.ZERO,
                0))
        .hasMessageContaining("window")
        .hasMessageContaining("ban")
        .hasMessageContaining("mostPrefixes");
  }

  @Test
  void theSmallestListedNetworkDecides() {
    Rules.Listed large =
        new Rules.Listed(
            Network.parse("192.0.2.0/24"), new Treatment.Allowance(Map.of(), Map.of()));
    Rules.Listed small = new Rules.Listed(Network.parse("192.0.2.7"), new Treatment.Exempt());
    Rules rules = Rules.standard().withListed(List.of(large, small));

    assertThat(rules.treatment(Door.address("192.0.2.7"))).isSameAs(small.treatment());
    assertThat(rules.treatment(Door.address("192.0.2.8"))).isSameAs(large.treatment());
  }

  @Test
  void aNameOfSomebodyElseStaysInOneLineOfTheLog() {
    assertThat(Words.name("a\r\n230 in" + "x".repeat(99)))
        .startsWith("a??230 inxxx")
        .endsWith("...")
        .hasSize(67);
  }

  @Test
  void aNameOfSomebodyElseIsInNoRefusal() {
    Refusal.Full full =
        new Refusal.Full(
            Count.CONNECTIONS,
            LimitScope.PREFIX_AND_ACCOUNT,
            "idle tls from 192.0.2.7",
            2,
            2,
            2,
            Duration.ofMinutes(3),
            Duration.ofHours(3));

    assertThat(full.text())
        .isEqualTo(
            "Too many connections of your account from your address: limit 2, 2 in use, "
                + "2 of them unused (3 min). Try again in 3 h.");
  }
}
