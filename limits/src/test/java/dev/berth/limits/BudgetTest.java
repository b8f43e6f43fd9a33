package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.dialects.Refusal;
import dev.berth.dialects.Stated;
import dev.berth.lifetime.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BudgetTest {
  private static final Account ALICE = new Account("alice");
  private static final Account BOB = new Account("bob");

  private final HandClock clock = new HandClock();

  @Test
  void aParkedConnectionIsReusedByItsAccount() throws Exception {
    Budget<String> budget = configured(2);
    Permit<String> permit = open(budget, ALICE, "one");

    assertThat(permit.park()).isEqualTo(Parked.KEPT);

    assertThat(now(budget, ALICE))
        .isInstanceOfSatisfying(
            Grant.Reuse.class, reuse -> assertThat(reuse.permit().connection()).isEqualTo("one"));
  }

  private static Wish anew(Account account, String purpose) {
    return new Wish(account, purpose, Wish.Wanted.NEW, Wish.Use.LONG, Share.EQUAL);
  }

  private Grant<String> newOne(Budget<String> budget, Account account) throws Exception {
    return budget.take(budget.ticket(anew(account, "login")), Deadline.after(Duration.ZERO));
  }

  @Test
  void whoWantsANewConnectionGetsNoIdleOne() throws Exception {
    Budget<String> budget = configured(3);
    Permit<String> one = open(budget, ALICE, "one");
    open(budget, ALICE, "two").park();
    one.park();

    assertThat(newOne(budget, ALICE)).isInstanceOf(Grant.Open.class);
    assertThat(now(budget, ALICE)).isInstanceOf(Grant.Reuse.class);
    assertThat(now(budget, ALICE)).isInstanceOf(Grant.Reuse.class);
  }

  @Test
  void whereThereIsNoRoomForANewOneOneIdleOneCloses() throws Exception {
    Budget<String> budget = configured(2);
    Permit<String> one = open(budget, ALICE, "one");
    open(budget, ALICE, "two").park();
    one.park();
    Ticket ticket = budget.ticket(anew(ALICE, "login"));

    assertThat(budget.take(ticket, Deadline.after(Duration.ZERO)))
        .isInstanceOfSatisfying(Grant.Evict.class, evict -> evict.permit().left());
    assertThat(budget.take(ticket, Deadline.after(Duration.ZERO)))
        .isInstanceOf(Grant.TimedOut.class);
    clock.advance(Duration.ofMillis(250));
    assertThat(budget.take(ticket, Deadline.after(Duration.ZERO))).isInstanceOf(Grant.Open.class);
    assertThat(now(budget, ALICE)).isInstanceOf(Grant.Reuse.class);
  }

  @Test
  void whoWaitsForANewOneKeepsNobodyFromAnIdleOne() throws Exception {
    Budget<String> budget = configured(1);
    Permit<String> only = open(budget, ALICE, "one");
    FutureGrant waiting = new FutureGrant(budget, budget.ticket(anew(ALICE, "a")));
    FutureGrant second = new FutureGrant(budget, budget.ticket(ALICE, "b"));
    waiting.awaitQueued(1);
    second.awaitQueued(2);

    only.park();

    // The longer waiter makes room for itself; who takes any connection waits on.
    assertThat(waiting.get()).isInstanceOf(Grant.Evict.class);
    assertThat(budget.snapshot().waiting()).hasSize(1);
    budget.close();
    assertThat(second.get()).isInstanceOf(Grant.Closed.class);
  }

  /** One thread that waits. */
  private static final class FutureGrant {
    private final Budget<String> budget;
    private final FutureTask<Grant<String>> task;

    private FutureGrant(Budget<String> budget, Ticket ticket) {
      this.budget = budget;
      this.task =
          new FutureTask<>(() -> budget.take(ticket, Deadline.after(Duration.ofSeconds(20))));
      Thread.ofVirtual().start(task);
    }

    private void awaitQueued(int count) {
      while (budget.snapshot().waiting().size() < count) {
        Thread.onSpinWait();
      }
    }

    private Grant<String> get() throws Exception {
      return task.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void neverMoreAreGrantedThanTheLimit() throws Exception {
    Budget<String> budget = configured(2);

    assertThat(now(budget, ALICE)).isInstanceOf(Grant.Open.class);
    assertThat(now(budget, ALICE)).isInstanceOf(Grant.Open.class);
    assertThat(now(budget, ALICE)).isInstanceOf(Grant.TimedOut.class);
  }

  @Test
  void oneIsEnoughForTwoAccounts() throws Exception {
    Budget<String> budget = configured(1);
    open(budget, ALICE, "hers").park();
    Ticket ticket = budget.ticket(BOB, "list /");

    Grant<String> first = budget.take(ticket, Deadline.after(Duration.ZERO));
    assertThat(first).isInstanceOf(Grant.Evict.class);
    Permit<String> victim = ((Grant.Evict<String>) first).permit();
    assertThat(victim.connection()).isEqualTo("hers");
    victim.left();
    assertThat(budget.take(ticket, Deadline.after(Duration.ZERO)))
        .isInstanceOf(Grant.TimedOut.class);
    clock.advance(Duration.ofMillis(250));

    assertThat(budget.take(ticket, Deadline.after(Duration.ZERO))).isInstanceOf(Grant.Open.class);
  }

  @Test
  void aClosedConnectionCountsUntilItHasSettled() throws Exception {
    Budget<String> budget = configured(1);
    Permit<String> permit = open(budget, ALICE, "one");
    permit.leaving();
    assertThat(now(budget, ALICE)).isInstanceOf(Grant.TimedOut.class);
    permit.left();

    clock.advance(Duration.ofMillis(249));
    assertThat(now(budget, ALICE)).isInstanceOf(Grant.TimedOut.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(now(budget, ALICE)).isInstanceOf(Grant.Open.class);
  }

  @Test
  void aWaiterWakesByItselfWhenAPlaceHasSettled() throws Exception {
    Budget<String> budget = running(LimitSettings.standard().withConfigured(1));
    Permit<String> permit = open(budget, ALICE, "one");
    permit.leaving();
    permit.left();

    Deadline deadline = Deadline.after(Duration.ofSeconds(20));
    assertThat(budget.take(ALICE, deadline)).isInstanceOf(Grant.Open.class);
    assertThat(deadline.remaining()).isGreaterThan(Duration.ofSeconds(5));
  }

  @Test
  void aSessionTurnedAwayCountsUntilItHasLeftAndTeachesWhatWasHeldBesideIt() throws Exception {
    Budget<String> budget = learning();
    open(budget, ALICE, "one");
    Permit<String> second = open(budget, ALICE, "two");

    second.turnedAway(
        new Refusal.Limit(Refusal.Scope.ADDRESS, new Stated.Nothing(), "421 too many"));

    assertThat(budget.snapshot().open()).isEqualTo(2);
    assertThat(budget.snapshot().state().address().limit()).isEqualTo(1);
    second.left();
    clock.advance(Duration.ofSeconds(1));
    assertThat(now(budget, ALICE)).isInstanceOf(Grant.TimedOut.class);
  }

  @Test
  void whoGetsInWhileAnotherLeavesHasNotSeenMoreWorkAtOnce() throws Exception {
    Budget<String> budget = learning();
    Permit<String> first = open(budget, ALICE, "one");
    open(budget, ALICE, "two");
    Grant<String> third = now(budget, ALICE);

    first.leaving();
    first.announce();
    ((Grant.Open<String>) third).permit().opened("three");

    assertThat(budget.snapshot().state().address().limit()).isEqualTo(2);
  }

  @Test
  void anIllegalMoveNamesBothStates() throws Exception {
    Budget<String> budget = configured(1);
    Permit<String> permit = open(budget, ALICE, "one");

    assertThatThrownBy(() -> permit.refused(new Refusal.Overload("x")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("LEASED")
        .hasMessageContaining("REFUSED");
    assertThatThrownBy(permit::left).hasMessageContaining("LEASED");
    assertThatThrownBy(permit::announce).hasMessageContaining("LEASED");
    permit.leaving();
    assertThatThrownBy(permit::park).hasMessageContaining("LEAVING");
    assertThatThrownBy(permit::leaving).hasMessageContaining("LEAVING");
    assertThat(budget.snapshot().open()).isEqualTo(1);
  }

  @Test
  void aPermitGivenBackMovesNothingAnyMore() throws Exception {
    Budget<String> budget = configured(1);
    Permit<String> first = open(budget, ALICE, "one");
    first.park();
    Grant<String> second = now(budget, ALICE);

    assertThatThrownBy(first::park).hasMessageContaining("given back");
    assertThatThrownBy(first::connection).hasMessageContaining("given back");
    assertThat(((Grant.Reuse<String>) second).permit().connection()).isEqualTo("one");
  }

  @Test
  void onlyOneAttemptIsMadeAfterARefusalAndItIsNews() throws Exception {
    Budget<String> budget = learning();
    open(budget, ALICE, "one");
    open(budget, ALICE, "two");
    refuse(now(budget, ALICE), new Stated.Nothing());

    assertThat(now(budget, ALICE)).isInstanceOf(Grant.TimedOut.class);
    assertThat(budget.news(0))
        .singleElement()
        .satisfies(news -> {
          assertThat(news.after()).isEqualTo(2);
          assertThat(news.evidence().kind()).isEqualTo(Evidence.Kind.COUNTED);
        });
    assertThat(budget.news(1)).isEmpty();
  }

  @Test
  void aConnectionThatIsBeingClosedProvesNoHigherLimit() throws Exception {
    Budget<String> budget = learning();
    Permit<String> one = open(budget, ALICE, "one");
    open(budget, ALICE, "two");
    Grant<String> third = now(budget, ALICE);

    one.leaving();
    ((Grant.Open<String>) third).permit().opened("three");

    assertThat(budget.snapshot().state().address().limit()).isEqualTo(2);
  }

  @Test
  void aRefusalIsCountedWithWhatMayHaveBeenThereWhenTheAttemptBegan() throws Exception {
    Budget<String> budget = learning();
    Permit<String> one = open(budget, ALICE, "one");
    open(budget, ALICE, "two");
    Grant<String> third = now(budget, ALICE);

    one.leaving();
    one.left();
    clock.advance(Duration.ofSeconds(1));
    assertThat(budget.snapshot().holders()).hasSize(2);
    refuse(third, new Stated.Nothing());

    assertThat(budget.snapshot().state().address().limit()).isEqualTo(2);
  }

  @Test
  void aRefusalBesideAGhostAloneTeachesNoLimitAndPausesGrow() throws Exception {
    Budget<String> budget = learning();
    Permit<String> killed = open(budget, ALICE, "one");
    killed.leaving();
    killed.left();

    refuse(now(budget, ALICE), new Stated.Nothing());

    assertThat(budget.snapshot().state().address().limit()).isEqualTo(2);
    assertThat(budget.snapshot().state().pace().refusals()).isOne();
  }

  @Test
  void whatIsOverAFallenCeilingIsRetired() throws Exception {
    Budget<String> budget = learning();
    Permit<String> one = open(budget, ALICE, "one");
    Permit<String> two = open(budget, ALICE, "two");
    refuse(now(budget, ALICE), new Stated.Figure(1));

    assertThat(one.park()).isEqualTo(Parked.RETIRE);
    one.left();
    assertThat(two.park()).isEqualTo(Parked.KEPT);
  }

  @Test
  void theExplanationSaysHowLongForWhatWhyAndWhoHoldsIt() throws Exception {
    Budget<String> budget = learning();
    open(budget, ALICE, "one");
    open(budget, ALICE, "two");
    refuse(now(budget, ALICE), new Stated.Figure(2));
    Ticket ticket = budget.ticket(ALICE, "get /a.txt");
    clock.advance(Duration.ofSeconds(40));

    Grant<String> grant = budget.take(ticket, Deadline.after(Duration.ZERO));

    assertThat(((Grant.TimedOut<String>) grant).explanation().sentence())
        .startsWith(
            "waiting 40 s for 1 of 2 connections to ftp.example.com"
                + " (limit stated by the server 40 s ago); held by alice (test), at work 40 s,"
                + " and alice (test), at work 40 s; all places are taken");
  }

  @Test
  void idleConnectionsAreRetiredWhenTheyAreOverdue() throws Exception {
    Budget<String> budget = configured(2);
    open(budget, ALICE, "one").park();
    clock.advance(Duration.ofSeconds(30));
    assertThat(budget.overdue(clock.instant(), Duration.ofSeconds(31))).isEmpty();

    List<Permit<String>> overdue = budget.overdue(clock.instant(), Duration.ofSeconds(30));

    assertThat(overdue).hasSize(1);
    overdue.getFirst().left();
    clock.advance(Duration.ofSeconds(1));
    assertThat(budget.snapshot().open()).isZero();
  }

  @Test
  void closingEndsTheWaitersAndReturnsTheIdle() throws Exception {
    Budget<String> budget = configured(2);
    open(budget, ALICE, "idle").park();
    Permit<String> busy = open(budget, BOB, "busy");

    List<Permit<String>> idle = budget.close();

    assertThat(idle).extracting(Permit::connection).containsExactly("idle");
    assertThat(now(budget, ALICE)).isInstanceOf(Grant.Closed.class);
    assertThat(busy.park()).isEqualTo(Parked.RETIRE);
    assertThat(budget.close()).isEmpty();
  }

  @Test
  void waitersAreServedInTheOrderOfTheirTickets() throws Exception {
    Budget<String> budget = configured(1);
    Permit<String> held = open(budget, ALICE, "one");
    BlockingQueue<String> served = new LinkedBlockingQueue<>();
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      tickets.add(budget.ticket(ALICE, "waiter " + i));
    }
    // They ask in the wrong order; the ticket counts, as for one that comes back.
    for (int i : new int[] {3, 1, 4, 0, 2}) {
      waiter(budget, tickets.get(i), served);
      awaitWaiting(budget, served.size() + 1);
    }
    assertThat(budget.snapshot().waiting()).extracting(Ticket::number).isSorted();
    held.park();

    List<String> order = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      order.add(served.poll(20, TimeUnit.SECONDS));
    }
    assertThat(order).containsExactly("waiter 0", "waiter 1", "waiter 2", "waiter 3", "waiter 4");
  }

  @Test
  void aWaiterOfAnotherAccountIsNotStarvedForEver() throws Exception {
    Budget<String> budget = configured(1);
    Permit<String> held = open(budget, ALICE, "hers");
    BlockingQueue<String> served = new LinkedBlockingQueue<>();
    Thread bob = evictor(budget, budget.ticket(BOB, "bob"), served);
    awaitWaiting(budget, 1);
    Thread alice = evictor(budget, budget.ticket(ALICE, "alice"), served);
    awaitWaiting(budget, 2);
    clock.advance(LimitSettings.standard().patience());

    held.park();

    assertThat(served.poll(20, TimeUnit.SECONDS)).isEqualTo("bob Evict");
    alice.interrupt();
    bob.join();
    alice.join();
  }

  @Test
  void anIdleConnectionGoesToItsOwnAccountFirst() throws Exception {
    Budget<String> budget = configured(1);
    Permit<String> held = open(budget, ALICE, "hers");
    BlockingQueue<String> served = new LinkedBlockingQueue<>();
    Thread bob = evictor(budget, budget.ticket(BOB, "bob"), served);
    awaitWaiting(budget, 1);
    Thread alice = evictor(budget, budget.ticket(ALICE, "alice"), served);
    awaitWaiting(budget, 2);

    held.park();

    assertThat(served.poll(20, TimeUnit.SECONDS)).isEqualTo("alice Reuse");
    bob.interrupt();
    bob.join();
    alice.join();
  }

  @Test
  void tooManyWaitersAreTurnedAwayAtOnce() throws Exception {
    LimitSettings small =
        LimitSettings.standard().withConfigured(1).forMany(0, Duration.ofSeconds(10), 1);
    Budget<String> budget = budget(small);
    open(budget, ALICE, "one");
    BlockingQueue<String> served = new LinkedBlockingQueue<>();
    Thread first = evictor(budget, budget.ticket(ALICE, "first"), served);
    awaitWaiting(budget, 1);

    Grant<String> second = budget.take(ALICE, Deadline.after(Duration.ofSeconds(20)));

    assertThat(((Grant.TimedOut<String>) second).explanation().why()).contains("1 are waiting");
    first.interrupt();
    first.join();
  }

  @Test
  void whoComesBackWithATicketFindsItsTurnInAFullQueueToo() throws Exception {
    Budget<String> budget =
        budget(LimitSettings.standard().withConfigured(1).forMany(0, Duration.ofSeconds(10), 1));
    open(budget, ALICE, "one");
    Ticket early = budget.ticket(ALICE, "early");
    BlockingQueue<String> served = new LinkedBlockingQueue<>();
    Thread late = evictor(budget, budget.ticket(ALICE, "late"), served);
    awaitWaiting(budget, 1);

    Grant<String> grant = budget.take(early, Deadline.after(Duration.ZERO));

    assertThat(((Grant.TimedOut<String>) grant).explanation().why())
        .isEqualTo("all places are taken");
    late.interrupt();
    late.join();
  }

  private static void awaitWaiting(Budget<String> budget, int count) {
    Deadline deadline = Deadline.after(Duration.ofSeconds(20));
    while (budget.snapshot().waiting().size() < count) {
      assertThat(deadline.isOver()).isFalse();
      Thread.onSpinWait();
    }
  }

  private static void waiter(Budget<String> budget, Ticket ticket, BlockingQueue<String> served) {
    int before = budget.snapshot().waiting().size();
    Thread.startVirtualThread(() -> {
      try {
        Grant<String> grant = budget.take(ticket, Deadline.after(Duration.ofSeconds(20)));
        served.add(ticket.purpose());
        ((Grant.Reuse<String>) grant).permit().park();
      } catch (InterruptedException e) {
        served.add("interrupted");
      }
    });
    awaitWaiting(budget, before + 1);
  }

  private static Thread evictor(
      Budget<String> budget, Ticket ticket, BlockingQueue<String> served) {
    return Thread.startVirtualThread(() -> {
      try {
        Grant<String> grant = budget.take(ticket, Deadline.after(Duration.ofSeconds(20)));
        served.add(ticket.purpose() + " " + grant.getClass().getSimpleName());
      } catch (InterruptedException e) {
        served.add("interrupted");
      }
    });
  }

  private static Grant<String> now(Budget<String> budget, Account account) throws Exception {
    return budget.take(budget.ticket(account, "test"), Deadline.after(Duration.ZERO));
  }

  private static Permit<String> open(Budget<String> budget, Account account, String connection)
      throws Exception {
    Permit<String> permit = ((Grant.Open<String>) now(budget, account)).permit();
    permit.opened(connection);
    return permit;
  }

  private static void refuse(Grant<String> grant, Stated stated) {
    ((Grant.Open<String>) grant)
        .permit()
        .refused(new Refusal.Limit(Refusal.Scope.ADDRESS, stated, "421 Too many connections"));
  }

  private Budget<String> configured(int connections) {
    return budget(LimitSettings.standard().withConfigured(connections));
  }

  private Budget<String> learning() {
    return budget(LimitSettings.standard());
  }

  private Budget<String> budget(LimitSettings settings) {
    LimitState known = new LimitLearner(settings).first(clock.instant());
    return new Budget<>(
        BudgetName.of("ftp.example.com", 21), settings, clock, new Random(1), known);
  }

  private static Budget<String> running(LimitSettings settings) {
    var steady = dev.berth.lifetime.SteadyClock.startingNow();
    LimitState known = new LimitLearner(settings).first(steady.instant());
    return new Budget<>(
        BudgetName.of("ftp.example.com", 21), settings, steady, new Random(1), known);
  }
}
