package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.Refusal;
import dev.berth.dialects.Stated;
import dev.berth.lifetime.Deadline;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that long uses leave to brief ones. */
@Timeout(60)
class ReserveTest {
  private static final Account ALICE = new Account("alice");
  private static final Account BOB = new Account("bob");

  private final HandClock clock = new HandClock();

  private Budget<String> budget(LimitSettings settings) {
    LimitSettings kept = settings.forMany(1, Duration.ofSeconds(10), 100);
    return new Budget<>(
        BudgetName.of("ftp.example.com", 21),
        kept,
        clock,
        new Random(1),
        new LimitLearner(kept).first(clock.instant()));
  }

  private Budget<String> limited(int connections) {
    return budget(LimitSettings.standard().withConfigured(connections));
  }

  private static Wish wish(Account account, Wish.Use use) {
    return new Wish(account, "test", Wish.Wanted.ANY, use, Share.EQUAL);
  }

  private static Grant<String> now(Budget<String> budget, Account account, Wish.Use use)
      throws Exception {
    return budget.take(budget.ticket(wish(account, use)), Deadline.after(Duration.ZERO));
  }

  private static Permit<String> open(Budget<String> budget, Account account, Wish.Use use)
      throws Exception {
    if (now(budget, account, use) instanceof Grant.Open<String>(Permit<String> permit)) {
      permit.opened("one");
      return permit;
    }
    throw new AssertionError("nothing may be opened");
  }

  @Test
  void theLastConnectionIsForBriefUses() throws Exception {
    Budget<String> budget = limited(2);
    Permit<String> first = open(budget, ALICE, Wish.Use.LONG);

    assertHeldBack(now(budget, ALICE, Wish.Use.LONG));
    Permit<String> brief = open(budget, ALICE, Wish.Use.BRIEF);
    brief.park();
    assertHeldBack(now(budget, ALICE, Wish.Use.LONG));

    first.park();
    assertThat(now(budget, ALICE, Wish.Use.LONG)).isInstanceOf(Grant.Reuse.class);
  }

  private static void assertHeldBack(Grant<String> grant) {
    assertThat(grant)
        .isInstanceOfSatisfying(
            Grant.TimedOut.class,
            late ->
                assertThat(late.explanation().why())
                    .isEqualTo("the rest is kept for short commands"));
  }

  @Test
  void briefUsesMayHaveAllOfThem() throws Exception {
    Budget<String> budget = limited(2);
    open(budget, ALICE, Wish.Use.BRIEF);

    open(budget, ALICE, Wish.Use.BRIEF);
  }

  @Test
  void whereThereIsButOneItIsForAll() throws Exception {
    Budget<String> budget = limited(1);

    open(budget, ALICE, Wish.Use.LONG).park();

    assertThat(now(budget, ALICE, Wish.Use.LONG)).isInstanceOf(Grant.Reuse.class);
  }

  @Test
  void whileTheLimitIsNotKnownNothingIsKept() throws Exception {
    Budget<String> budget = budget(LimitSettings.standard());

    open(budget, ALICE, Wish.Use.LONG);
    open(budget, ALICE, Wish.Use.LONG);
    open(budget, ALICE, Wish.Use.LONG);

    assertThat(budget.snapshot().state().address().limit()).isEqualTo(3);
  }

  @Test
  void aLimitThatWasFoundIsTriedAgainByLongUsesToo() throws Exception {
    Budget<String> budget = budget(LimitSettings.standard());
    open(budget, ALICE, Wish.Use.LONG);
    open(budget, ALICE, Wish.Use.LONG);
    if (now(budget, ALICE, Wish.Use.LONG) instanceof Grant.Open<String>(Permit<String> third)) {
      third.refused(new Refusal.Limit(Refusal.Scope.ADDRESS, new Stated.Nothing(), "421 too many"));
    }
    clock.advance(Duration.ofSeconds(50));
    assertThat(now(budget, ALICE, Wish.Use.LONG)).isInstanceOf(Grant.TimedOut.class);

    clock.advance(Duration.ofSeconds(11));

    assertThat(now(budget, ALICE, Wish.Use.LONG)).isInstanceOf(Grant.Open.class);
  }

  @Test
  void theKeptConnectionGivesWayAtOnceToAnotherAccount() throws Exception {
    Budget<String> budget = limited(2);
    open(budget, ALICE, Wish.Use.LONG);
    open(budget, ALICE, Wish.Use.BRIEF).park();
    Thread waiting = Thread.ofVirtual().start(() -> waitInVain(budget));
    while (waiting.isAlive() && budget.snapshot().waiting().isEmpty()) {
      Thread.onSpinWait();
    }

    assertThat(now(budget, BOB, Wish.Use.BRIEF)).isInstanceOf(Grant.Evict.class);

    budget.close();
    waiting.join();
  }

  /** Short commands have had their second: what is closed for a transfer is not theirs then. */
  @Test
  void whoClosesAnothersConnectionIsNotServedByThat() throws Exception {
    Budget<String> budget = limited(1);
    Permit<String> brief = open(budget, ALICE, Wish.Use.BRIEF);
    clock.advance(Duration.ofSeconds(1));
    brief.park();
    Ticket transfer = budget.ticket(wish(BOB, Wish.Use.LONG));
    assertThat(budget.take(transfer, Deadline.after(Duration.ZERO)))
        .isInstanceOf(Grant.Evict.class);
    Ticket command = budget.ticket(wish(ALICE, Wish.Use.BRIEF));
    Thread one = Thread.ofVirtual().start(() -> waitFor(budget, command));
    Thread other = Thread.ofVirtual().start(() -> waitFor(budget, transfer));
    while (one.isAlive() && other.isAlive() && budget.snapshot().waiting().size() < 2) {
      Thread.onSpinWait();
    }

    assertThat(budget.snapshot().waiting()).containsExactly(transfer, command);

    budget.close();
    one.join();
    other.join();
  }

  private static void waitFor(Budget<String> budget, Ticket ticket) {
    try {
      budget.take(ticket, Deadline.after(Duration.ofSeconds(20)));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Alice's next transfer: it could not have the kept one itself. */
  private static void waitInVain(Budget<String> budget) {
    waitFor(budget, budget.ticket(wish(ALICE, Wish.Use.LONG)));
  }
}
