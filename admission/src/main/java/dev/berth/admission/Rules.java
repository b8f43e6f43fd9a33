package dev.berth.admission;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may come in, and how many: all that can be set about it, checked as a whole.
 *
 * @param prefixes how much of an address is counted as one
 * @param connections limits of sessions, by scope; a scope that is not named has none
 * @param transfers limits of transfers under way, likewise: by {@link LimitScope#PREFIX}, {@link
 *     LimitScope#ACCOUNT}, {@link LimitScope#SERVER}
 * @param listed networks that are treated otherwise; of several the smallest decides
 * @param retryAfter when a client that was turned away at a limit is told to come again; more than
 *     zero
 * @param pacing how refusals to those who hammer are held back
 * @param detention how many may sit out the delay of a failed login
 */
public record Rules(
    PrefixLengths prefixes,
    Map<LimitScope, Limit> connections,
    Map<LimitScope, Limit> transfers,
    List<Listed> listed,
    Duration retryAfter,
    Pacing pacing,
    Detention detention) {
  private static final Set<LimitScope> OF_TRANSFERS =
      Set.of(LimitScope.PREFIX, LimitScope.ACCOUNT, LimitScope.SERVER);
  private static final Comparator<Listed> SMALLEST_FIRST =
      Comparator.comparingInt(entry -> -entry.network().length());

  /**
   * How many bits of an address are counted as one.
   *
   * @param ipv4 8 to 32. An address is one customer or a whole carrier; what is next to it tells
   *     nothing: 32
   * @param ipv6 16 to 128. One customer has a /64 at least: 64
   */
  public record PrefixLengths(int ipv4, int ipv6) {
    public PrefixLengths {
      List<String> faults = new ArrayList<>();
      Words.check(faults, ipv4 >= 8 && ipv4 <= 32, "ipv4", ipv4, "8 to 32");
      Words.check(faults, ipv6 >= 16 && ipv6 <= 128, "ipv6", ipv6, "16 to 128");
      Words.stop("prefixes", faults);
    }

    /** The prefix under which an address is counted. */
    public Network of(InetAddress address) {
      Network alone = Network.of(address);
      return Network.of(alone.base(), alone.length() == 32 ? ipv4 : ipv6);
    }
  }

  /**
   * One network and its treatment.
   *
   * @param network which addresses
   * @param treatment what they are given
   */
  public record Listed(Network network, Treatment treatment) {}

  /**
   * Bounds of the detention, in which sessions sit out the delay of a failed login.
   *
   * @param most of all; 1 to 1,000,000
   * @param mostOfPrefix of one prefix; 1 to {@code most}
   */
  public record Detention(int most, int mostOfPrefix) {
    public Detention {
      List<String> faults = new ArrayList<>();
      Words.check(faults, most >= 1 && most <= 1_000_000, "most", most, "1 to 1,000,000");
      Words.check(
          faults,
          mostOfPrefix >= 1 && mostOfPrefix <= most,
          "mostOfPrefix",
          mostOfPrefix,
          "1 to " + most);
      Words.stop("detention", faults);
    }
  }

  public Rules {
    List<String> faults = new ArrayList<>();
    for (LimitScope scope : transfers.keySet()) {
      Words.check(
          faults,
          OF_TRANSFERS.contains(scope),
          "transfers",
          scope.key(),
          "prefix, account, server");
    }
    checkPolicies(faults, connections, transfers);
    Set<Network> seen = new HashSet<>();
    for (Listed entry : listed) {
      Words.check(faults, seen.add(entry.network()), "listed", entry.network(), "listed once");
    }
    Words.check(faults, Words.isPositive(retryAfter), "retryAfter", retryAfter, "more than zero");
    Words.stop("rules", faults);
    connections = copied(connections);
    transfers = copied(transfers);
    listed = listed.stream().sorted(SMALLEST_FIRST).toList();
  }

  /**
   * What holds when nothing is set: 8 sessions of an address, one of them idle for 10 s giving way
   * at need; 1,000 sessions in all, and then the newcomer is refused.
   */
  public static Rules standard() {
    return new Rules(
        new PrefixLengths(32, 64),
        Map.of(
            LimitScope.PREFIX,
            new Limit(8, new Policy.ReplaceIdle(Duration.ofSeconds(10), 1)),
            LimitScope.SERVER,
            Limit.refusing(1_000)),
        Map.of(),
        List.of(),
        Duration.ofSeconds(30),
        Pacing.standard(),
        new Detention(1_000, 16));
  }

  /** These rules with other limits of sessions. */
  public Rules withConnections(Map<LimitScope, Limit> limits) {
    return new Rules(prefixes, limits, transfers, listed, retryAfter, pacing, detention);
  }

  /** These rules with other limits of transfers. */
  public Rules withTransfers(Map<LimitScope, Limit> limits) {
    return new Rules(prefixes, connections, limits, listed, retryAfter, pacing, detention);
  }

  /** These rules with other networks listed. */
  public Rules withListed(List<Listed> networks) {
    return new Rules(prefixes, connections, transfers, networks, retryAfter, pacing, detention);
  }

  /** These rules with other lengths of prefixes. */
  public Rules withPrefixes(PrefixLengths lengths) {
    return new Rules(lengths, connections, transfers, listed, retryAfter, pacing, detention);
  }

  /** These rules with another pacing of refusals. */
  public Rules withPacing(Pacing other) {
    return new Rules(prefixes, connections, transfers, listed, retryAfter, other, detention);
  }

  /** These rules with other bounds of the detention. */
  public Rules withDetention(Detention other) {
    return new Rules(prefixes, connections, transfers, listed, retryAfter, pacing, other);
  }

  Treatment treatment(InetAddress address) {
    for (Listed entry : listed) {
      if (entry.network().contains(address)) {
        return entry.treatment();
      }
    }
    return Treatment.USUAL;
  }

  /** Before the login nobody knows whose sessions are whose, so nobody gives way there. */
  static void checkPolicies(
      List<String> faults, Map<LimitScope, Limit> connections, Map<LimitScope, Limit> transfers) {
    connections.forEach((scope, limit) -> {
      boolean isOfAll = scope == LimitScope.LISTENER || scope == LimitScope.SERVER;
      Words.check(
          faults,
          !isOfAll || !(limit.policy() instanceof Policy.ReplaceIdle),
          "connections of " + scope.key(),
          "replace-idle",
          "refuse or queue");
    });
    transfers.forEach((scope, limit) ->
        Words.check(
            faults,
            !(limit.policy() instanceof Policy.ReplaceIdle),
            "transfers of " + scope.key(),
            "replace-idle",
            "refuse or queue"));
  }

  static Map<LimitScope, Limit> copied(Map<LimitScope, Limit> limits) {
    Map<LimitScope, Limit> copy = new EnumMap<>(LimitScope.class);
    copy.putAll(limits);
    return Collections.unmodifiableMap(copy);
  }
}
