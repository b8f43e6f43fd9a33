package dev.berth.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who of those that wait gets what. Guarded by the lock of its budget. */
final class Dispatch<C> {
  private final Budget<C> budget;
  private final Places<C> places;
  private final WaitQueue<C> queue;
  private final Learned learned;
  private final LimitSettings settings;
  private final Exchange exchange;
  private final Shares shares = new Shares();

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
    // Places on their way out become free for those in front: nothing else need close for them.
    Occupancy before = all();
    int owed = before.leaving() + before.settling();
    Round round = new Round(owed, now);
    while (round.serveNext()) {
      round = new Round(owed, now); // Who was served has had more than before.
    }
    return round.wake;
  }

  /** One look along the queue, until somebody is served. */
  private final class Round {
    private final Instant now;
    private final Set<Account> denied = new HashSet<>();
    private final Set<Account> heldBack = new HashSet<>(); // their long uses
    private int owed; // places that become free by themselves
    private Instant wake = places.nextSettled(settings.settle());

    Round(int owed, Instant now) {
      this.owed = owed;
      this.now = now;
    }

    /** Whether there was somebody. */
    boolean serveNext() {
      for (Ticket ticket : inOrder(now)) {
        if (!denied.contains(ticket.account()) && serve(ticket)) {
          return true;
        }
      }
      return false;
    }

    private boolean serve(Ticket ticket) {
      Account account = ticket.account();
      if (ticket.isLong() && heldBack.contains(account)) {
        return false; // Nothing has changed since the one before: there may be a thousand of them.
      }
      if (isHeldBack(ticket)) {
        heldBack.add(account); // What there is is kept for others of the account.
        return isRaise() && open(ticket, mayOpen(account));
      }
      if (handOver(waiter(ticket), now)) {
        return true;
      }
      MayOpen answer = mayOpen(account);
      boolean isServed = false;
      if (answer instanceof MayOpen.Now) {
        isServed = open(ticket, answer);
      } else if (oneFewerWouldDo(ticket, now)) {
        if (owed > 0) {
          owed--;
          return false;
        }
        isServed = evictFor(waiter(ticket), now);
      }
      if (!isServed && ticket.takesAny()) {
        denied.add(account); // Others of it get nothing either, but where they want less.
      }
      return isServed;
    }

    private MayOpen mayOpen(Account account) {
      MayOpen answer = Dispatch.this.mayOpen(account, now);
      if (answer instanceof MayOpen.NotBefore(Instant instant, String why)) {
        wake = instant.isBefore(wake) ? instant : wake;
      }
      return answer;
    }

    private boolean open(Ticket ticket, MayOpen answer) {
      if (answer instanceof MayOpen.Now && exchange.hasSlotBeside(places.all().size())) {
        Waiter<C> waiter = waiter(ticket);
        give(waiter, new Grant.Open<>(Dispatch.this.open(waiter, now)));
        return true;
      }
      return false;
    }
  }

  private Waiter<C> waiter(Ticket ticket) {
    return queue.find(ticket).orElseThrow();
  }

  /** Who waits, in the order of their turns. */
  List<Ticket> inOrder(Instant now) {
    // Asked behind each file, of which mostly nobody waits for one.
    return queue.size() < 2 ? queue.tickets() : shares.order(queue.tickets(), places.all(), now);
  }

  /** How many have their turn before a ticket that waits, or is about to wait again. */
  int ahead(Ticket ticket, Instant now) {
    Set<Ticket> all = new LinkedHashSet<>(queue.tickets());
    all.add(ticket);
    return shares.order(all, places.all(), now).indexOf(ticket);
  }

  /** For so long of its time its client has moved nothing. */
  void stoodStill(Ticket ticket, Duration time) {
    shares.stoodStill(ticket, time);
  }

  /** Who had a connection for so long has it no more. */
  void had(Ticket ticket, Duration time) {
    shares.had(ticket, time);
    if (shares.areMany()) {
      shares.forgetBut(
          Stream.concat(
                  queue.tickets().stream(),
                  places.where(Place::isAtWork).stream().map(Place::holder))
              .toList());
    }
  }

  /**
   * Whether it has to wait though there may be a connection: long uses leave some to brief ones.
   * Not while the limit is not known: then there is one more as soon as somebody wants it.
   */
  private boolean isHeldBack(Ticket ticket) {
    if (!ticket.isLong() || settings.reserve() == 0) {
      return false;
    }
    LimitState state = learned.state();
    Ceiling ofAccount = state.accounts().get(ticket.account());
    return isFullOfLong(state.address(), all(), place -> true)
        || (ofAccount != null
            && isFullOfLong(
                ofAccount,
                own(ticket.account()),
                place -> place.account().equals(ticket.account())));
  }

  private boolean isFullOfLong(Ceiling ceiling, Occupancy all, Predicate<Place<C>> counted) {
    if (ceiling.evidence().isUntested()) {
      return false;
    }
    List<Place<C>> ours = places.where(counted);
    int others = all.used() - ours.size() + all.outside().connections();
    int forLong = Math.max(1, ceiling.room() - others - settings.reserve());
    long longs = ours.stream().filter(it -> it.isAtWork() && it.holder().isLong()).count();
    return longs >= forLong;
  }

  /** Whether one more would be more than is known to be allowed, and so for whoever wants it. */
  private boolean isRaise() {
    return all().used() >= learned.state().address().room();
  }

  /** What this ticket waits for, a clause. */
  String why(Ticket ticket, Instant now) {
    MayOpen answer = mayOpen(ticket.account(), now);
    boolean isAnyThere =
        answer instanceof MayOpen.Now || places.lastParked(ticket.account()) != null;
    if (isAnyThere && isHeldBack(ticket)) {
      return "the rest is kept for short commands";
    }
    return switch (answer) {
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
    if (idle == null || !waiter.ticket().takesAny()) {
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
      victim = places.longestIdle(place -> !(patient && isAwaitedBy(place.account())));
    }
    if (victim == null) {
      return false;
    }
    victim.move(PlaceState.LEAVING, now);
    give(waiter, new Grant.Evict<>(victim.newPermit(budget)));
    return true;
  }

  private boolean isAwaitedBy(Account account) {
    return queue.tickets().stream().anyMatch(it -> it.account().equals(account) && !isHeldBack(it));
  }

  private void give(Waiter<C> waiter, Grant<C> grant) {
    if (!(grant instanceof Grant.Evict)) {
      shares.served(waiter.ticket()); // Who closes another's is not served by that.
    }
    queue.remove(waiter);
    waiter.give(grant);
  }

  /** Whether somebody waits who could open a connection if only we had a slot. */
  boolean lacksSlot(Instant now) {
    return !exchange.hasSlotBeside(places.all().size())
        && queue.tickets().stream()
            .anyMatch(it ->
                mayOpen(it.account(), now) instanceof MayOpen.Now
                    && (isRaise() || !isHeldBack(it)));
  }

  /** Whether somebody waits who could open a connection if another program had one fewer. */
  boolean awaitsOthers(Instant now) {
    return !exchange.elsewhere().isNobody()
        && queue.tickets().stream()
            .filter(it -> !isHeldBack(it))
            .map(Ticket::account)
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
    boolean isOwn = !ticket.takesAny() && places.lastParked(account) != null;
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
