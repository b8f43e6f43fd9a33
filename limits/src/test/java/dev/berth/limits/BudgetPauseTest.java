package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lifetime.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator may ask of a budget: to give nobody anything for a time, or to begin anew. */
@Timeout(30)
class BudgetPauseTest {
  private static final Account ALICE = new Account("alice");
  private static final Deadline AT_ONCE = Deadline.after(Duration.ZERO);

  private final HandClock clock = new HandClock();
  private final Budget<String> budget = budget();

  private Budget<String> budget() {
    LimitSettings settings = LimitSettings.standard().withConfigured(2);
    return new Budget<>(
        BudgetName.of("ftp.example.com", 21),
        settings,
        clock,
        new SplittableRandom(1),
        new LimitLearner(settings).first(clock.instant()));
  }

  private Permit<String> open(String connection) throws InterruptedException {
    Permit<String> permit = ((Grant.Open<String>) budget.take(ALICE, AT_ONCE)).permit();
    permit.opened(connection);
    return permit;
  }

  @Test
  void nobodyGetsAnythingWhilePausedAndTheWaiterIsServedAtTheEnd() throws Exception {
    Permit<String> lent = open("lent");
    open("idle").park();

    List<Permit<String>> idle = budget.steering().pause();

    assertThat(idle).extracting(Permit::connection).containsExactly("idle");
    idle.forEach(Permit::left);
    assertThat(budget.steering().pausedSince()).contains(clock.instant());
    FutureTask<Grant<String>> waiter =
        new FutureTask<>(
            () -> budget.take(budget.ticket(ALICE, "a"), Deadline.after(Duration.ofSeconds(20))));
    Thread.ofVirtual().start(waiter);
    while (budget.snapshot().waiting().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(budget.steering().reasons()).containsValue("paused by the operator");
    assertThat(lent.park()).isEqualTo(Parked.RETIRE);
    lent.left();
    clock.advance(Duration.ofMinutes(1));
    assertThat(budget.take(ALICE, AT_ONCE))
        .isInstanceOfSatisfying(
            Grant.TimedOut.class,
            late -> assertThat(late.explanation().sentence()).endsWith("paused by the operator"));
    assertThat(waiter.isDone()).isFalse();

    budget.steering().resume();

    assertThat(waiter.get(20, TimeUnit.SECONDS)).isInstanceOf(Grant.Open.class);
    assertThat(budget.steering().pausedSince()).isEmpty();
  }

  @Test
  void whatWasOpenIsNotLentAgainOnceAllIsToBeRenewed() throws Exception {
    Permit<String> lent = open("lent");
    open("idle").park();

    List<Permit<String>> idle = budget.steering().renew();

    assertThat(idle).extracting(Permit::connection).containsExactly("idle");
    idle.forEach(Permit::left);
    assertThat(lent.park()).isEqualTo(Parked.RETIRE);
    lent.left();
    clock.advance(Duration.ofMinutes(1));
    assertThat(open("new").park()).isEqualTo(Parked.KEPT);
    assertThat(budget.take(ALICE, AT_ONCE)).isInstanceOf(Grant.Reuse.class);
  }

  @Test
  void whatIsBeingOpenedIsRenewedToo() throws Exception {
    Permit<String> permit = ((Grant.Open<String>) budget.take(ALICE, AT_ONCE)).permit();

    assertThat(budget.steering().renew()).isEmpty();
    permit.opened("old");

    assertThat(permit.park()).isEqualTo(Parked.RETIRE);
  }
}
