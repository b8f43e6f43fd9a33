package dev.berth.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How long each account, and each client of it, has had connections, so that who had least is
 * served first (start-time fair queueing, Goyal, Vin and Cheng 1996: a newcomer begins where those
 * are who are being served, and so neither waits for what others had before it came, nor is owed
 * the time when it wanted nothing). Guarded by the lock of its budget.
 */
final class Shares {
  /** Held already by who has just been given one: several at a time go to several. */
  private static final double AT_ONCE = nanos(Duration.ofMillis(100));

  /** So long in all brief uses go before long ones; then one of those has its turn. */
  private static final double BRIEF_AT_ONCE = nanos(Duration.ofSeconds(1));

  /** Time in which nothing was moved counts as so much more of it, beside what it is. */
  private static final int FOR_NOTHING = 9;

  /** So many are remembered when they have nothing and want nothing; beyond, none of those. */
  private static final int FEW = 1024;

  private final Level accounts = new Level();
  private final Map<Account, Level> clients = new HashMap<>();
  private int most = FEW; // are kept until it is looked who matters
  private double brief; // nanoseconds of brief use since a long one was given a connection

  private static double nanos(Duration time) {
    return time.toNanos();
  }

  /** Some who share, each by its name. */
  private static final class Level {
    private final Map<String, Double> had = new HashMap<>(); // nanoseconds by weight
    private double served; // what the last to be served had had

    double of(String name) {
      return Math.max(served, had.getOrDefault(name, 0.0));
    }

    void add(String name, double weighted) {
      had.put(name, of(name) + weighted);
    }

    void forgetBut(Set<String> names) {
      had.keySet().retainAll(names);
    }
  }

  /** What is due to one ticket; less goes first. */
  private record Due(Ticket ticket, boolean isLater, double ofAccount, double ofClient) {}

  private static final Comparator<Due> ORDER =
      (one, other) -> {
        int order = Boolean.compare(one.isLater, other.isLater);
        order = order != 0 ? order : Double.compare(one.ofAccount, other.ofAccount);
        order = order != 0 ? order : Double.compare(one.ofClient, other.ofClient);
        return order != 0 ? order : Long.compare(one.ticket.number(), other.ticket.number());
      };

  /**
   * In which order tickets have their turns.
   *
   * @param places what is held just now
   */
  List<Ticket> order(Collection<Ticket> tickets, List<? extends Place<?>> places, Instant now) {
    Map<Account, Double> byAccount = new HashMap<>();
    Map<Account, Map<String, Double>> byClient = new HashMap<>();
    double briefNow = brief;
    for (Place<?> place : places) {
      if (place.isAtWork()) {
        double held = nanos(Duration.between(place.since(), now));
        Wish wish = place.holder().wish();
        Share share = wish.share();
        briefNow += place.holder().isBrief() ? held : 0;
        byAccount.merge(wish.account(), (held + AT_ONCE) / share.ofAccount(), Double::sum);
        byClient
            .computeIfAbsent(wish.account(), account -> new HashMap<>())
            .merge(share.client(), (held + AT_ONCE) / share.ofClient(), Double::sum);
      }
    }
    boolean isBriefFirst = briefNow < BRIEF_AT_ONCE;
    List<Due> dues = new ArrayList<>(tickets.size());
    for (Ticket ticket : tickets) {
      Account account = ticket.account();
      String client = ticket.wish().share().client();
      Map<String, Double> ofClients = byClient.getOrDefault(account, Map.of());
      dues.add(
          new Due(
              ticket,
              ticket.isBrief() != isBriefFirst,
              accounts.of(account.name()) + byAccount.getOrDefault(account, 0.0),
              level(account).of(client) + ofClients.getOrDefault(client, 0.0)));
    }
    dues.sort(ORDER);
    return dues.stream().map(Due::ticket).toList();
  }

  private Level level(Account account) {
    Level known = clients.get(account);
    if (known == null) {
      known = new Level();
      clients.put(account, known);
    }
    return known;
  }

  /** A connection is given to this ticket. */
  void served(Ticket ticket) {
    Level level = level(ticket.account());
    accounts.served = Math.max(accounts.served, accounts.of(ticket.account().name()));
    level.served = Math.max(level.served, level.of(ticket.wish().share().client()));
    brief = ticket.isBrief() ? brief : 0;
  }

  /** What this ticket was given it has no more, after so long. */
  void had(Ticket ticket, Duration time) {
    Share share = ticket.wish().share();
    accounts.add(ticket.account().name(), nanos(time) / share.ofAccount());
    level(ticket.account()).add(share.client(), nanos(time) / share.ofClient());
    brief += ticket.isBrief() ? nanos(time) : 0;
  }

  /**
   * For so long of what it had, its client has moved nothing. Among the clients of its account that
   * counts tenfold; the account itself is not at fault.
   */
  void stoodStill(Ticket ticket, Duration time) {
    Share share = ticket.wish().share();
    level(ticket.account()).add(share.client(), FOR_NOTHING * nanos(time) / share.ofClient());
  }

  /** Whether it is time to {@link #forgetBut}. */
  boolean areMany() {
    return kept() > most;
  }

  /** Of how many something is kept. A loop, and no streams: it is asked behind each file. */
  int kept() {
    int kept = accounts.had.size() + clients.size();
    for (Level level : clients.values()) {
      kept += level.had.size();
    }
    return kept;
  }

  /** What the others have had does not count any more. */
  void forgetBut(Collection<Ticket> active) {
    Set<String> names = new HashSet<>();
    Map<Account, Set<String>> ofClients = new HashMap<>();
    for (Ticket ticket : active) {
      names.add(ticket.account().name());
      ofClients
          .computeIfAbsent(ticket.account(), account -> new HashSet<>())
          .add(ticket.wish().share().client());
    }
    accounts.forgetBut(names);
    clients.forEach((account, level) -> level.forgetBut(ofClients.getOrDefault(account, Set.of())));
    clients
        .entrySet()
        .removeIf(it -> it.getValue().had.isEmpty() && !ofClients.containsKey(it.getKey()));
    most = FEW + 2 * kept();
  }
}
