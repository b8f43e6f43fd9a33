package dev.berth.daemon;

import dev.berth.admission.GuardRules;
import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.Network;
import dev.berth.admission.Pacing;
import dev.berth.admission.Policy;
import dev.berth.admission.Rules;
import dev.berth.admission.Rules.Detention;
import dev.berth.admission.Rules.Listed;
import dev.berth.admission.Rules.PrefixLengths;
import dev.berth.admission.Treatment;
import dev.berth.settings.TomlSection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads who may come in: {@code [limits]}, {@code [[network]]}, {@code [login-failures]}. */
final class LimitsReader {
  private static final int MOST = 1_000_000;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(100);
  private static final int MOST_WAITING = 100;
  private static final Duration IDLE_FOR = Duration.ofSeconds(10);
  private static final List<LimitScope> OF_CONNECTIONS = List.of(LimitScope.values());
  private static final List<LimitScope> OF_TRANSFERS =
      List.of(LimitScope.PREFIX, LimitScope.ACCOUNT, LimitScope.SERVER);

  private final TomlSection top;
  private final TomlSection failures;
  private final Rules usual;
  private final GuardRules usualGuard = GuardRules.standard();

  LimitsReader(TomlSection top, Rules usual) {
    this.top = top;
    this.usual = usual;
    this.failures = top.section("login-failures");
  }

  /** What is there, and for the rest what is usual. */
  Rules rules() {
    TomlSection limits = top.section("limits");
    PrefixLengths lengths = lengths(limits);
    Map<LimitScope, Limit> connections =
        limits(limits.section("connections"), OF_CONNECTIONS, usual.connections());
    Map<LimitScope, Limit> transfers =
        limits(limits.section("transfers"), OF_TRANSFERS, usual.transfers());
    Duration retryAfter = limits.read("retry-after", Values::time).orElse(usual.retryAfter());
    Pacing pacing = pacing(limits.section("pacing"));
    limits.end();
    List<Listed> listed = new ArrayList<>();
    for (TomlSection network : top.tables("network")) {
      listed.addAll(listed(network));
    }
    Detention detention = detention();
    return limits.make(
        () -> new Rules(lengths, connections, transfers, listed, retryAfter, pacing, detention),
        usual);
  }

  /**
   * What failed logins cost. Asked after {@link #rules}.
   *
   * @param rules which have the lengths of prefixes, and who is exempt
   */
  GuardRules guard(Rules rules) {
    Duration window = failures.read("window", Values::time).orElse(usualGuard.window());
    Duration first = failures.read("first-delay", Values::time).orElse(usualGuard.firstDelay());
    Duration longest =
        failures
            .read("longest-delay", text -> Values.timeUpTo(text, 60))
            .orElse(usualGuard.longestDelay());
    int most = failures.number("ban-after", 2, 1_000).orElse(usualGuard.failures());
    Duration ban = failures.read("ban", Values::time).orElse(usualGuard.ban());
    int remembered =
        failures.number("remembered-prefixes", 1, MOST).orElse(usualGuard.mostPrefixes());
    failures.end();
    if (!isInOrder(failures, "longest-delay", longest, "first-delay", first)) {
      return usualGuard;
    }
    List<Network> exempt =
        rules.listed().stream()
            .filter(it -> it.treatment() instanceof Treatment.Exempt)
            .map(Listed::network)
            .toList();
    return new GuardRules(rules.prefixes(), exempt, window, first, longest, most, ban, remembered);
  }

  private PrefixLengths lengths(TomlSection limits) {
    int ipv4 = limits.number("ipv4-prefix", 8, 32).orElse(usual.prefixes().ipv4());
    int ipv6 = limits.number("ipv6-prefix", 16, 128).orElse(usual.prefixes().ipv6());
    return new PrefixLengths(ipv4, ipv6);
  }

  private static Map<LimitScope, Limit> limits(
      TomlSection section, List<LimitScope> scopes, Map<LimitScope, Limit> usual) {
    Map<LimitScope, Limit> limits = new EnumMap<>(LimitScope.class);
    limits.putAll(usual);
    for (LimitScope scope : scopes) {
      String key = scope.key();
      if (section.textIfAny(key).filter("unlimited"::equals).isPresent()) {
        section.has(key);
        limits.remove(scope);
      } else if (section.isTable(key)) {
        boolean mayReplace =
            section.name().equals("connections")
                && scope != LimitScope.LISTENER
                && scope != LimitScope.SERVER;
        limit(section.section(key), mayReplace).ifPresent(limit -> limits.put(scope, limit));
      } else {
        section
            .number(key, 1, MOST)
            .ifPresent(most -> limits.put(scope, replaced(limits.get(scope), most)));
      }
    }
    section.end();
    return limits;
  }

  /** A bare number leaves the usual policy as it is. */
  private static Limit replaced(@org.jspecify.annotations.Nullable Limit usual, int most) {
    return usual == null ? Limit.refusing(most) : new Limit(most, usual.policy());
  }

  /** Before the login nobody knows whose sessions are whose: there none of them gives way. */
  private static Optional<Limit> limit(TomlSection section, boolean mayReplace) {
    Optional<Integer> most = section.number("most", 1, MOST);
    if (!section.has("most")) {
      section.fault("needs most = N, the limit");
    }
    List<String> words =
        mayReplace ? List.of("refuse", "queue", "replace-idle") : List.of("refuse", "queue");
    Optional<String> policy = section.word("policy", words);
    if (policy.isEmpty() && section.has("policy")) {
      section.know(List.of("wait", "waiting", "idle", "provisional"));
    }
    Policy read =
        switch (policy.orElse("refuse")) {
          case "queue" -> queue(section);
          case "replace-idle" -> replaceIdle(section);
          default -> new Policy.Refuse();
        };
    section.end();
    return most.map(number -> new Limit(number, read));
  }

  private static Policy queue(TomlSection section) {
    Duration wait = section.read("wait", Values::time).orElse(LONGEST_WAIT);
    int waiting = section.number("waiting", 1, 100_000).orElse(MOST_WAITING);
    return new Policy.Queue(wait, waiting);
  }

  private static Policy replaceIdle(TomlSection section) {
    Duration idle = section.read("idle", Values::time).orElse(IDLE_FOR);
    int provisional = section.number("provisional", 1, 100).orElse(1);
    return new Policy.ReplaceIdle(idle, provisional);
  }

  private List<Listed> listed(TomlSection network) {
    List<Network> addresses = network.list("addresses", Network::parse);
    if (!network.has("addresses")) {
      network.fault("needs addresses = [\"192.0.2.0/24\"]");
    }
    boolean isExempt = network.flag("exempt").orElse(false);
    Map<LimitScope, Limit> connections =
        limits(
            network.section("connections"),
            List.of(LimitScope.PREFIX, LimitScope.PREFIX_AND_ACCOUNT),
            Map.of());
    Map<LimitScope, Limit> transfers =
        limits(network.section("transfers"), List.of(LimitScope.PREFIX), Map.of());
    network.end();
    if (isExempt && !(connections.isEmpty() && transfers.isEmpty())) {
      network.fault("exempt", "= true: who is exempt has no limits by address");
    }
    Treatment.Allowance nothing = new Treatment.Allowance(Map.of(), Map.of());
    Treatment treatment =
        isExempt
            ? new Treatment.Exempt()
            : network.make(() -> new Treatment.Allowance(connections, transfers), nothing);
    return addresses.stream().map(address -> new Listed(address, treatment)).toList();
  }

  private Pacing pacing(TomlSection section) {
    Pacing none = usual.pacing();
    int free = section.number("free", 0, 1_000).orElse(none.free());
    Duration first = section.read("first", Values::time).orElse(none.first());
    Duration longest =
        section.read("longest", text -> Values.timeUpTo(text, 30)).orElse(none.longest());
    Duration halfLife = section.read("half-life", Values::time).orElse(none.halfLife());
    int held = section.number("held", 0, 100_000).orElse(none.mostHeld());
    int ofPrefix =
        section.number("held-of-prefix", 0, held).orElse(Math.min(held, none.mostHeldOfPrefix()));
    int remembered = section.number("remembered-prefixes", 1, MOST).orElse(none.mostPrefixes());
    section.end();
    return isInOrder(section, "longest", longest, "first", first)
        ? new Pacing(free, first, longest, halfLife, held, ofPrefix, remembered)
        : none;
  }

  private Detention detention() {
    Detention none = usual.detention();
    int most = failures.number("waiting", 1, MOST).orElse(none.most());
    int ofPrefix =
        failures.number("waiting-of-prefix", 1, most).orElse(Math.min(most, none.mostOfPrefix()));
    return new Detention(most, ofPrefix);
  }

  private static boolean isInOrder(
      TomlSection section, String greaterKey, Duration greater, String lesserKey, Duration lesser) {
    if (greater.compareTo(lesser) >= 0) {
      return true;
    }
    section.fault(
        section.has(greaterKey) ? greaterKey : lesserKey,
        ": " + greaterKey + " must not be shorter than " + lesserKey);
    return false;
  }
}
