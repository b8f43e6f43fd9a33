package dev.berth.gateway;

import dev.berth.gateway.GatewaySnapshot.ClientState;
import dev.berth.gateway.GatewaySnapshot.Doing;
import dev.berth.gateway.GatewaySnapshot.Lending;
import dev.berth.gateway.GatewaySnapshot.PoolState;
import dev.berth.gateway.GatewaySnapshot.Turn;
import dev.berth.gateway.GatewaySnapshot.UpstreamState;
import dev.berth.gateway.GatewaySnapshot.Wish;
import dev.berth.limits.Account;
import dev.berth.limits.PlaceState;
import dev.berth.limits.Snapshot;
import dev.berth.limits.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One upstream and its clients, put together for operators: what the budget says of tickets, and
 * what the clients say of theirs. Made for one look.
 */
final class Overview {
  private final Upstream upstream;
  private final List<Client> clients;
  private final Snapshot budget;
  private final Map<Long, String> reasons; // by ticket
  private final Optional<Instant> pausedSince;
  private final Map<Long, Integer> positions = new HashMap<>(); // by ticket

  /** Of all clients, those of other upstreams are left out. */
  Overview(Upstream upstream, List<Client> all) {
    this.upstream = upstream;
    this.clients = all.stream().filter(client -> client.isOf(upstream)).toList();
    this.budget = upstream.pools().budget();
    this.reasons = upstream.pools().reasons();
    this.pausedSince = upstream.pools().pausedSince();
    for (Ticket ticket : budget.waiting()) {
      positions.put(ticket.number(), positions.size() + 1);
    }
  }

  UpstreamState upstream() {
    Map<PlaceState, Integer> places = new EnumMap<>(PlaceState.class);
    budget.holders().forEach(holder -> places.merge(holder.state(), 1, Integer::sum));
    return new UpstreamState(
        upstream.name(),
        upstream.place(),
        budget.state().address().limit(),
        budget.state().address().evidence(),
        places,
        budget.elsewhere().size() + budget.outsiders().size(),
        budget.waiting().size(),
        lending(),
        upstream.tally().totals(upstream.pools().refusals()));
  }

  private Lending lending() {
    if (pausedSince.isPresent()) {
      return new Lending.Paused(pausedSince.get());
    }
    Instant until = budget.state().pace().until();
    return budget.at().isBefore(until)
        ? new Lending.OpensLater(until, budget.state().pace().why())
        : new Lending.Usual();
  }

  List<PoolState> pools() {
    Map<Account, Map<PlaceState, Integer>> places = new TreeMap<>();
    for (Snapshot.Holder holder : budget.holders()) {
      places
          .computeIfAbsent(holder.ticket().account(), any -> new EnumMap<>(PlaceState.class))
          .merge(holder.state(), 1, Integer::sum);
    }
    Map<Account, Integer> waiting = new HashMap<>();
    for (Ticket ticket : budget.waiting()) {
      places.computeIfAbsent(ticket.account(), any -> new EnumMap<>(PlaceState.class));
      waiting.merge(ticket.account(), 1, Integer::sum);
    }
    List<PoolState> pools = new ArrayList<>();
    places.forEach((account, its) ->
        pools.add(
            new PoolState(upstream.name(), account.name(), its, waiting.getOrDefault(account, 0))));
    return pools;
  }

  List<ClientState> clients() {
    return clients.stream().map(client -> client.state(doing(client))).toList();
  }

  private Doing doing(Client client) {
    return switch (client.step()) {
      case Client.Step.LoggingIn(Instant since) -> new Doing.LoggingIn(since);
      case Client.Step.Idle(Instant since) -> new Doing.Idle(since, client.isHolding());
      case Client.Step.Answered(Instant since, String command) ->
          new Doing.Answered(since, command);
      case Client.Step.Leased(Instant since, String command) -> new Doing.Leased(since, command);
      case Client.Step.Asking asking -> asking(asking);
    };
  }

  /** Who has left the queue, and has none yet, has one opened. */
  private Doing asking(Client.Step.Asking asking) {
    Integer position = positions.get(asking.ticket());
    if (position == null) {
      return new Doing.Opening(asking.since(), asking.command());
    }
    return new Doing.Waiting(asking.since(), asking.command(), position, why(asking.ticket()));
  }

  /** The budget may have served its last one between two looks. */
  private String why(long ticket) {
    return reasons.getOrDefault(ticket, "its turn has just come");
  }

  List<Turn> queue() {
    Map<Long, Wish> wishes = new HashMap<>();
    for (Client client : clients) {
      if (client.step() instanceof Client.Step.Asking asking) {
        wishes.put(asking.ticket(), new Wish.Command(client.session(), asking.command()));
      }
    }
    List<Turn> turns = new ArrayList<>();
    for (Ticket ticket : budget.waiting()) {
      Wish other = !ticket.takesAny() ? new Wish.Login() : new Wish.Other(ticket.purpose());
      turns.add(
          new Turn(
              upstream.name(),
              turns.size() + 1,
              ticket.account().name(),
              wishes.getOrDefault(ticket.number(), other),
              ticket.since(),
              why(ticket.number())));
    }
    return turns;
  }

  /** All upstreams together. */
  static GatewaySnapshot of(List<Upstream> upstreams, Clients clients, Instant since) {
    List<Client> all = clients.present();
    List<Overview> each = upstreams.stream().map(it -> new Overview(it, all)).toList();
    return new GatewaySnapshot(
        clients.now(),
        since,
        each.stream().map(Overview::upstream).toList(),
        each.stream().flatMap(it -> it.pools().stream()).toList(),
        each.stream()
            .flatMap(it -> it.clients().stream())
            .sorted(Comparator.comparingLong(ClientState::session))
            .toList(),
        each.stream().flatMap(it -> it.queue().stream()).toList());
  }
}
