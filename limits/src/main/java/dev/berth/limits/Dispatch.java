package dev.berth.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who of those that wait gets what. Guarded by the lock of its budget. */
final class Dispatch<C> {
  private final Budget<C> budget;
  private final Places<C> places;
  private final WaitQueue<C> queue;
  private final Learned learned;
  private final LimitSettings settings;
  private final Exchange exchange;

  Dispatch(
      Budget<C> budget,
      Places<C> places,
      WaitQueue<C> queue,
      Learned learned,
      LimitSettings settings,
      Exchange exchange) {
    this.budget = budget;
    this.places = places;
    this.queue = queue;
    this.learned = learned;
    this.settings = settings;
    this.exchange = exchange;
  }

  /**
   * Gives each waiter in turn what it can have now.
   *
   * @return when more may be possible though nothing happens; {@link Instant#MAX} for never
   */
  Instant serve(Instant now) {
    Instant wake = places.nextSettled(settings.settle());
    // Places on their way out become free for those in front: nothing else need close for them.
    Occupancy before = all();
    int owed = before.leaving() + before.settling();
    Set<Account> denied = new HashSet<>();
    for (Waiter<C> waiter : queue.inOrder()) {
      Account account = waiter.ticket().account();
      if (denied.contains(account) || handOver(waiter, now)) {
        continue;
      }
      MayOpen answer = mayOpen(account, now);
      if (answer instanceof MayOpen.NotBefore(Instant instant, String why)) {
        wake = instant.isBefore(wake) ? instant : wake;
      }
      if (answer instanceof MayOpen.Now) {
        if (exchange.hasSlotBeside(places.all().size())) {
          give(waiter, new Grant.Open<>(open(waiter, now)));
        } else {
          deny(denied, waiter);
        }
      } else if (!oneFewerWouldDo(waiter.ticket(), now)) {
        deny(denied, waiter);
      } else if (owed > 0) {
        owed--;
      } else if (!evictFor(waiter, now)) {
        deny(denied, waiter);
      }
    }
    return wake;
  }

  /** Others of the account get nothing either, but where they want less. */
  private static <C> void deny(Set<Account> denied, Waiter<C> waiter) {
    if (waiter.ticket().wanted() == Ticket.Wanted.ANY) {
      denied.add(waiter.ticket().account());
    }
  }

  /** What the next connection of this account waits for, a clause. */
  String why(Account account, Instant now) {
    return switch (mayOpen(account, now)) {
      case MayOpen.Now yes -> "a place has just become free";
      case MayOpen.Full full -> full.why();
      case MayOpen.NotBefore later ->
          later.why() + ", next try in " + Spoken.time(Duration.between(now, later.instant()));
    };
  }

  /** Undoes a grant that nobody has seen. */
  void takeBack(Grant<C> grant, Instant now) {
    switch (grant) {
      case Grant.Reuse<C> reuse -> reuse.permit().place().move(PlaceState.IDLE, now);
      case Grant.Open<C> open -> places.free(open.permit().place(), now);
      case Grant.Evict<C> evict -> evict.permit().place().move(PlaceState.IDLE, now);
      case Grant.TimedOut<C> nothing -> {}
      case Grant.Closed<C> nothing -> {}
    }
  }

  private boolean handOver(Waiter<C> waiter, Instant now) {
    Place<C> idle = places.lastParked(waiter.ticket().account());
    if (idle == null || waiter.ticket().wanted() == Ticket.Wanted.NEW) {
      return false;
    }
    idle.move(PlaceState.LEASED, now);
    idle.lendTo(waiter.ticket());
    give(waiter, new Grant.Reuse<>(idle.newPermit(budget)));
    return true;
  }

  private Permit<C> open(Waiter<C> waiter, Instant now) {
    Held beside = mayCount(waiter.ticket().account());
    return places.add(waiter.ticket(), now, beside).newPermit(budget);
  }

  /** What the server may count just now, of all programs. */
  private Held mayCount(Account account) {
    Held ours = places.mayCount(account);
    Elsewhere elsewhere = exchange.elsewhere();
    return elsewhere.isNobody()
        ? ours
        : elsewhere.mayCount(ours, AccountKey.of(exchange.common(), account));
  }

  private boolean evictFor(Waiter<C> waiter, Instant now) {
    Ticket ticket = waiter.ticket();
    boolean patient = ticket.since().plus(settings.patience()).isAfter(now);
    // Its own one first, for the account may be what is full. Who takes any has none of its own.
    @Nullable Place<C> victim = places.longestIdle(it -> it.account().equals(ticket.account()));
    if (victim == null) {
      victim = places.longestIdle(place -> !(patient && queue.anyOf(place.account())));
    }
    if (victim == null) {
      return false;
    }
    victim.move(PlaceState.LEAVING, now);
    give(waiter, new Grant.Evict<>(victim.newPermit(budget)));
    return true;
  }

  private void give(Waiter<C> waiter, Grant<C> grant) {
    queue.remove(waiter);
    waiter.give(grant);
  }

  /** Whether somebody waits who could open a connection if only we had a slot. */
  boolean lacksSlot(Instant now) {
    return !exchange.hasSlotBeside(places.all().size())
        && queue.inOrder().stream()
            .anyMatch(it -> mayOpen(it.ticket().account(), now) instanceof MayOpen.Now);
  }

  /** Whether somebody waits who could open a connection if another program had one fewer. */
  boolean awaitsOthers(Instant now) {
    return !exchange.elsewhere().isNobody()
        && queue.inOrder().stream()
            .map(it -> it.ticket().account())
            .anyMatch(account ->
                learned.mayOpen(account, all().withOneFewer(), own(account).withOneFewer(), now)
                    instanceof MayOpen.Now);
  }

  /** Are more open than may be, over all or of this account? */
  boolean isOver(Account account) {
    Ceiling ofAccount = learned.state().accounts().get(account);
    return all().open() > learned.state().address().room()
        || (ofAccount != null && own(account).open() > ofAccount.room());
  }

  private MayOpen mayOpen(Account account, Instant now) {
    return exchange.hasUntold()
        ? new MayOpen.Full("what was just seen is being told to other programs")
        : learned.mayOpen(account, all(), own(account), now);
  }

  /** Would there be room for this account if one idle connection of another were gone? */
  private boolean oneFewerWouldDo(Ticket ticket, Instant now) {
    Account account = ticket.account();
    Occupancy own = own(account);
    boolean isOwn = ticket.wanted() == Ticket.Wanted.NEW && places.lastParked(account) != null;
    return learned.mayOpen(account, all().withOneFewer(), isOwn ? own.withOneFewer() : own, now)
        instanceof MayOpen.Now;
  }

  /** All places, those of other programs too. */
  Occupancy all() {
    return exchange.elsewhere().with(places.occupancy(place -> true, queue.size()));
  }

  Occupancy own(Account account) {
    Occupancy ours = places.occupancy(place -> place.account().equals(account), queue.size());
    Elsewhere elsewhere = exchange.elsewhere();
    return elsewhere.isNobody() && elsewhere.outsiders().isEmpty()
        ? ours
        : elsewhere.with(ours, AccountKey.of(exchange.common(), account));
  }
}
