package dev.berth.limits;

import dev.berth.dialects.Refusal;
import dev.berth.lifetime.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The connections to one server from one address: who has one, who waits, and how many there may
 * be. A monitor: any thread may call it; nothing is done under its lock but moves in memory. It
 * opens and closes no connection itself; who takes a {@link Grant} does.
 *
 * <p>Invariant: the places that are not free never outnumber the ceiling, but for one granted
 * probe, or while a ceiling that just fell is still being drained. Every place is in exactly one
 * {@link PlaceState}; no other count is kept.
 *
 * <p>Who has had least of the connections is served first, by account and then by client ({@link
 * Share}); among equals the order is that of the tickets. Brief uses go before long ones, and long
 * ones leave {@link LimitSettings#reserve} connections to them. A waiter that cannot use what there
 * is lets others pass: an idle connection goes to a waiter of its account, unless a waiter of
 * another account, for whom it would have to close, has been watching for {@link
 * LimitSettings#patience}.
 *
 * @param <C> what a connection is to the caller
 */
public final class Budget<C> {
  private final BudgetName name;
  private final LimitSettings settings;
  private final InstantSource clock;
  private final RandomGenerator jitter;

  private final ReentrantLock lock = new ReentrantLock();
  private final Places<C> places = new Places<>(); // guarded by lock
  private final WaitQueue<C> queue = new WaitQueue<>(); // guarded by lock
  private final Learned learned; // guarded by lock
  private final Exchange exchange = new Exchange(lock.newCondition()); // guarded by lock
  private final Dispatch<C> dispatch; // guarded by lock
  private final SharedSide shared;
  private final Steering<C> steering;
  private Instant wakeAt = Instant.MAX; // guarded by lock
  private long tickets; // guarded by lock
  private boolean closed; // guarded by lock

  /**
   * A budget that begins with what was known before.
   *
   * @param clock a clock that does not step: {@link dev.berth.lifetime.SteadyClock}
   * @param jitter spreads the pauses of many programs
   * @param known from {@link LimitLearner#first} or {@link LimitLearner#resume}
   */
  public Budget(
      BudgetName name,
      LimitSettings settings,
      InstantSource clock,
      RandomGenerator jitter,
      LimitState known) {
    this.name = name;
    this.settings = settings;
    this.clock = clock;
    this.jitter = jitter;
    this.learned = new Learned(new LimitLearner(settings), known);
    this.dispatch = new Dispatch<>(this, places, queue, learned, settings, exchange);
    this.shared = new SharedSide(this, lock, learned, places, dispatch, exchange);
    this.steering = new Steering<>(this, lock, places, queue);
  }

  /** The side on which {@link Sharing} calls it. */
  SharedSide shared() {
    return shared;
  }

  BudgetName name() {
    return name;
  }

  LimitSettings settings() {
    return settings;
  }

  InstantSource clock() {
    return clock;
  }

  /** As {@link #ticket(Wish)}, for {@link Wish#of any connection}. */
  public Ticket ticket(Account account, String purpose) {
    return ticket(Wish.of(account, purpose));
  }

  /** A turn in the queue, from now on. */
  public Ticket ticket(Wish wish) {
    lock.lock();
    try {
      tickets++;
      return new Ticket(tickets, wish, clock.instant());
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #take(Ticket, Deadline)} with a new ticket that names the calling thread. */
  public Grant<C> take(Account account, Deadline deadline) throws InterruptedException {
    return take(ticket(account, Thread.currentThread().getName()), deadline);
  }

  /**
   * Waits for a connection, or for the right to open one. A deadline that is over takes what is
   * there at once, or nothing.
   *
   * @throws InterruptedException if the thread is interrupted; what it was handed in that moment
   *     has been passed on
   * @throws IllegalStateException if another thread waits with this ticket
   */
  public Grant<C> take(Ticket ticket, Deadline deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (closed) {
        return new Grant.Closed<>();
      }
      if (isFullLocked() && ticket.number() > queue.youngest()) {
        return new Grant.TimedOut<>(
            explainLocked(ticket, queue.size() + " are waiting already, as many as may"));
      }
      Waiter<C> waiter = new Waiter<>(ticket, lock.newCondition());
      queue.add(waiter);
      return awaitLocked(waiter, deadline);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the wait for this ticket, if somebody waits with it: nothing is wanted any more, and the
   * waiter gets {@link Grant.TimedOut}. What it was handed already stays handed.
   */
  public void withdraw(Ticket ticket) {
    lock.lock();
    try {
      queue
          .find(ticket)
          .ifPresent(waiter -> {
            queue.remove(waiter);
            waiter.give(new Grant.TimedOut<>(explainLocked(ticket, "it is not wanted any more")));
          });
    } finally {
      lock.unlock();
    }
  }

  private Grant<C> awaitLocked(Waiter<C> waiter, Deadline deadline) throws InterruptedException {
    try {
      dispatchLocked();
      Grant<C> grant = waiter.grant();
      while (grant == null) {
        if (deadline.isOver()) {
          Explanation why = explainLocked(waiter.ticket(), whyLocked(waiter.ticket()));
          return new Grant.TimedOut<>(why);
        }
        waiter.turn().awaitNanos(Math.min(deadline.remainingNanos(), untilWakeLocked(waiter)));
        if (waiter.grant() == null) {
          dispatchLocked();
        }
        grant = waiter.grant();
      }
      return grant;
    } catch (InterruptedException e) {
      Grant<C> handed = waiter.grant();
      if (handed != null) {
        dispatch.takeBack(handed, clock.instant());
      }
      throw e;
    } finally {
      queue.remove(waiter);
      dispatchLocked();
    }
  }

  /** The first in the queue wakes by itself when the pace or a settling place allows more. */
  private long untilWakeLocked(Waiter<C> waiter) {
    if (!queue.isFirst(waiter) || wakeAt.equals(Instant.MAX)) {
      return Long.MAX_VALUE;
    }
    long nanos = Duration.between(clock.instant(), wakeAt).toNanos();
    return Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1));
  }

  /** Serves who waits, after any change. */
  void dispatchLocked() {
    assert lock.isHeldByCurrentThread();
    Instant now = clock.instant();
    freeTheSettledLocked(now);
    wakeAt = closed || steering.isPausedLocked() ? Instant.MAX : dispatch.serve(now);
    queue.wakeFirst();
    exchange.counted(places.all().size(), queue.size());
  }

  /** What becomes free goes to another program first, if one waits that has fewer places. */
  private void freeTheSettledLocked(Instant now) {
    assert lock.isHeldByCurrentThread();
    int freed = places.freeTheSettled(now, settings.settle());
    if (freed > 0 && exchange.elsewhere().isPoorer(exchange.slots(), 1)) {
      exchange.slots(Math.max(places.all().size(), exchange.slots() - freed));
    }
  }

  void opened(Permit<C> permit, C connection) {
    change(
        permit,
        PlaceState.OPENING,
        PlaceState.LEASED,
        place -> {
          place.carries(connection);
          return new Observation.Opened(place.account(), places.open(place.account()));
        });
  }

  void refused(Permit<C> permit, Refusal refusal) {
    change(
        permit,
        PlaceState.OPENING,
        PlaceState.REFUSED,
        place ->
            new Observation.Refused(
                place.account(),
                places.mayCount(place.account()),
                place.besideAtFirst(),
                refusal,
                jitter.nextDouble()));
  }

  void unreachable(Permit<C> permit, String what) {
    change(
        permit,
        PlaceState.OPENING,
        PlaceState.REFUSED,
        place ->
            new Observation.Unreachable(
                place.account(), places.open(place.account()), what, jitter.nextDouble()));
  }

  void turnedAway(Permit<C> permit, Refusal refusal) {
    change(
        permit,
        PlaceState.LEASED,
        PlaceState.LEAVING,
        place ->
            new Observation.Refused(
                place.account(),
                places.mayCount(place.account()).withoutOne(),
                refusal,
                jitter.nextDouble()));
  }

  void stoodStill(Permit<C> permit, Duration time) {
    lock.lock();
    try {
      dispatch.stoodStill(placeLocked(permit).holder(), time);
    } finally {
      lock.unlock();
    }
  }

  Parked park(Permit<C> permit) {
    lock.lock();
    try {
      Place<C> place = placeLocked(permit);
      boolean unwanted =
          isEndingLocked(place) || exchange.owes() || dispatch.isOver(place.account());
      moveLocked(place, PlaceState.LEASED, unwanted ? PlaceState.LEAVING : PlaceState.IDLE);
      exchange.paid();
      dispatchLocked();
      return unwanted ? Parked.RETIRE : Parked.KEPT;
    } finally {
      lock.unlock();
    }
  }

  void leaving(Permit<C> permit) {
    lock.lock();
    try {
      Place<C> place = placeLocked(permit);
      PlaceState from =
          place.state() == PlaceState.OPENING ? PlaceState.OPENING : PlaceState.LEASED;
      moveLocked(place, from, PlaceState.LEAVING);
    } finally {
      lock.unlock();
    }
  }

  void announce(Permit<C> permit) {
    lock.lock();
    try {
      PlaceState state = placeLocked(permit).state();
      if (state != PlaceState.LEAVING) {
        throw new IllegalStateException("a place that is " + state + " is not about to be closed");
      }
      exchange.awaitShown();
    } finally {
      lock.unlock();
    }
  }

  void left(Permit<C> permit) {
    lock.lock();
    try {
      moveLocked(placeLocked(permit), PlaceState.LEAVING, PlaceState.SETTLING);
      dispatchLocked();
    } finally {
      lock.unlock();
    }
  }

  Account accountOf(Permit<C> permit) {
    lock.lock();
    try {
      return placeLocked(permit).account();
    } finally {
      lock.unlock();
    }
  }

  C connectionOf(Permit<C> permit) {
    lock.lock();
    try {
      return placeLocked(permit).connection();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The idle connections that should be closed now: idle for so long, wanted by another program, or
   * more than the server allows. Whoever calls this closes each and calls {@link Permit#left}. To
   * be called by the one maintenance thread, from time to time.
   */
  public List<Permit<C>> overdue(Instant now, Duration idleFor) {
    lock.lock();
    try {
      dispatchLocked();
      boolean wanted = queue.size() == 0 && !exchange.elsewhere().waiting().isEmpty();
      return retireLocked(place ->
          wanted
              || !now.isBefore(place.since().plus(idleFor))
              || isEndingLocked(place)
              || dispatch.isOver(place.account()));
    } finally {
      lock.unlock();
    }
  }

  /** The idle connections that are to be closed, each of which is about to leave from now on. */
  List<Permit<C>> retireLocked(Predicate<Place<C>> which) {
    assert lock.isHeldByCurrentThread();
    List<Permit<C>> retired = new ArrayList<>();
    for (Place<C> place : places.where(p -> p.state() == PlaceState.IDLE && which.test(p))) {
      moveLocked(place, PlaceState.IDLE, PlaceState.LEAVING);
      retired.add(place.newPermit(this));
    }
    return retired;
  }

  /**
   * Lends the connections that have been idle for so long, to be kept alive by the one maintenance
   * thread, which gives each back with {@link Permit#park} or closes it.
   */
  public List<Permit<C>> rested(Instant now, Duration idleFor) {
    lock.lock();
    try {
      List<Permit<C>> lent = new ArrayList<>();
      for (Place<C> place : places.where(p -> p.state() == PlaceState.IDLE)) {
        if (!now.isBefore(place.since().plus(idleFor))) {
          moveLocked(place, PlaceState.IDLE, PlaceState.LEASED);
          lent.add(place.newPermit(this));
        }
      }
      return lent;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the budget: all who wait get {@link Grant.Closed}, and so do all who ask later; what is at
   * work is retired when it is given back. May be called twice.
   *
   * @return the idle connections, for the caller to close and {@link Permit#left}
   */
  public List<Permit<C>> close() {
    lock.lock();
    try {
      closed = true;
      for (Waiter<C> waiter : queue.all()) {
        queue.remove(waiter);
        waiter.give(new Grant.Closed<>());
      }
      return retireLocked(place -> true);
    } finally {
      lock.unlock();
    }
  }

  /** What operators may have it do. */
  public Steering<C> steering() {
    return steering;
  }

  private boolean isEndingLocked(Place<C> place) {
    assert lock.isHeldByCurrentThread();
    return closed || steering.isPausedLocked() || place.isOutlived();
  }

  String whyLocked(Ticket ticket) {
    assert lock.isHeldByCurrentThread();
    return steering.isPausedLocked()
        ? "paused by the operator"
        : dispatch.why(ticket, clock.instant());
  }

  /** Everything as it is now. */
  public Snapshot snapshot() {
    lock.lock();
    try {
      return snapshotLocked();
    } finally {
      lock.unlock();
    }
  }

  /** Whether anybody waits. */
  public boolean isAwaited() {
    lock.lock();
    try {
      return queue.size() > 0;
    } finally {
      lock.unlock();
    }
  }

  /** How many have waited for so long; none while an operator has it paused. */
  public Pressure pressure(Duration atLeast) {
    lock.lock();
    try {
      return closed || steering.isPausedLocked()
          ? Pressure.NONE
          : queue.since(clock.instant().minus(atLeast));
    } finally {
      lock.unlock();
    }
  }

  /** Whether as many wait as may: who comes now is turned away. */
  public boolean isQueueFull() {
    lock.lock();
    try {
      return isFullLocked();
    } finally {
      lock.unlock();
    }
  }

  private boolean isFullLocked() {
    assert lock.isHeldByCurrentThread();
    return queue.size() >= settings.mostWaiters();
  }

  /** How many have their turn before a ticket that waits, or is about to wait again. */
  public int ahead(Ticket ticket) {
    lock.lock();
    try {
      return dispatch.ahead(ticket, clock.instant());
    } finally {
      lock.unlock();
    }
  }

  /** Why a ticket waits, if it does not have what it waits for yet. */
  public Explanation explain(Ticket ticket) {
    lock.lock();
    try {
      return explainLocked(ticket, whyLocked(ticket));
    } finally {
      lock.unlock();
    }
  }

  /**
   * What was learned since the news with this sequence number, oldest first; 0 for all that are
   * kept, the last 64.
   */
  public List<LimitLearned> news(long after) {
    lock.lock();
    try {
      return learned.news(after);
    } finally {
      lock.unlock();
    }
  }

  private void change(
      Permit<C> permit,
      PlaceState from,
      PlaceState to,
      Function<Place<C>, Observation> observation) {
    lock.lock();
    try {
      Place<C> place = placeLocked(permit);
      moveLocked(place, from, to);
      Observation seen = observation.apply(place);
      if (exchange.isShared()) {
        exchange.awaitTold(exchange.tell(seen));
      } else {
        learned.learn(seen, clock.instant());
      }
      dispatchLocked();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether a lease should be given back soon: another program waits, and it is its turn; or more
   * are open than may be, for the limit was set lower meanwhile.
   */
  public boolean isWantedElsewhere(Account account) {
    lock.lock();
    try {
      return exchange.owes() || dispatch.isOver(account);
    } finally {
      lock.unlock();
    }
  }

  private Place<C> placeLocked(Permit<C> permit) {
    assert lock.isHeldByCurrentThread();
    Place<C> place = permit.place();
    if (!place.isHeldBy(permit)) {
      throw new IllegalStateException("this permit was given back; its place is " + place.state());
    }
    return place;
  }

  private void moveLocked(Place<C> place, PlaceState from, PlaceState to) {
    assert lock.isHeldByCurrentThread();
    if (place.state() != from) {
      throw new IllegalStateException(
          "a place that is " + place.state() + " cannot become " + to + " as if it were " + from);
    }
    Instant now = clock.instant();
    if (place.isAtWork()) {
      dispatch.had(place.holder(), Duration.between(place.since(), now));
    }
    place.move(to, now);
    exchange.changed();
  }

  Snapshot snapshotLocked() {
    assert lock.isHeldByCurrentThread();
    Instant now = clock.instant();
    freeTheSettledLocked(now);
    return new Snapshot(
        name,
        now,
        learned.state(),
        places.all().stream()
            .map(p -> new Snapshot.Holder(p.holder(), p.state(), p.since()))
            .toList(),
        dispatch.inOrder(now),
        exchange.elsewhere().holders(),
        exchange.elsewhere().outsiders(),
        closed);
  }

  private Explanation explainLocked(Ticket ticket, String why) {
    return new Explanation(ticket, why, snapshotLocked());
  }
}
