package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.Refusal;
import dev.berth.dialects.Stated;
import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events that collide, round after round; and a storm of them against one limit. */
@Timeout(120)
class BudgetRaceTest {
  private static final Account ALICE = new Account("alice");
  private static final Account BOB = new Account("bob");
  private static final int ROUNDS = 1000;
  private static final Deadline LONG = Deadline.after(Duration.ofSeconds(100));

  /** What each racing thread did wrong, if anything. */
  private final ConcurrentLinkedQueue<Throwable> faults = new ConcurrentLinkedQueue<>();

  @Test
  void anInterruptedWaiterPassesOnWhatItWasHanded() throws Exception {
    Budget<String> budget = budget(1);
    Permit<String> held = open(budget, ALICE);
    for (int round = 0; round < ROUNDS; round++) {
      CyclicBarrier start = new CyclicBarrier(2);
      Thread waiter = taker(budget, ALICE, LONG);
      awaitWaiting(budget, 1);
      Thread interrupter = racer(start, waiter::interrupt);
      Permit<String> parked = held;
      start.await();
      parked.park();
      interrupter.join();
      waiter.join();

      held = ((Grant.Reuse<String>) now(budget, ALICE)).permit();
    }
    assertThat(faults).isEmpty();
    assertAllIdle(budget, held);
  }

  @Test
  void anInterruptedWaiterPassesOnTheConnectionItWasToClose() throws Exception {
    Budget<String> budget = budget(1);
    Permit<String> held = open(budget, ALICE);
    for (int round = 0; round < ROUNDS; round++) {
      CyclicBarrier start = new CyclicBarrier(2);
      Thread waiter = taker(budget, BOB, LONG);
      awaitWaiting(budget, 1);
      Thread interrupter = racer(start, waiter::interrupt);
      Permit<String> parked = held;
      start.await();
      parked.park();
      interrupter.join();
      waiter.join();

      Grant<String> next = budget.take(ALICE, Deadline.after(Duration.ofSeconds(10)));
      switch (next) {
        case Grant.Reuse<String> reuse -> held = reuse.permit();
        case Grant.Open<String> opening -> {
          held = opening.permit();
          held.opened("again");
        }
        default -> throw new AssertionError("leaked: " + next + " in round " + round);
      }
    }
    assertThat(faults).isEmpty();
    assertAllIdle(budget, held);
  }

  @Test
  void aWaiterThatTimesOutLeavesThePermitForTheNext() throws Exception {
    Budget<String> budget = budget(1);
    Permit<String> held = open(budget, ALICE);
    for (int round = 0; round < ROUNDS; round++) {
      long nanos = ThreadLocalRandom.current().nextLong(200_000);
      Thread waiter = taker(budget, ALICE, Deadline.after(Duration.ofNanos(nanos)));
      long parkAt = System.nanoTime() + ThreadLocalRandom.current().nextLong(200_000);
      while (System.nanoTime() - parkAt < 0) {
        Thread.onSpinWait();
      }
      held.park();
      waiter.join();

      held = ((Grant.Reuse<String>) now(budget, ALICE)).permit();
    }
    assertThat(faults).isEmpty();
    assertAllIdle(budget, held);
  }

  @Test
  void aBudgetClosedWhileSomebodyTakesLeavesNothingBehind() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Budget<String> budget = budget(1);
      open(budget, ALICE).park();
      CyclicBarrier start = new CyclicBarrier(2);
      Thread taker = racer(start, () -> use(budget, ALICE, LONG));
      start.await();
      budget.close().forEach(Permit::left);
      taker.join();

      assertThat(now(budget, ALICE)).isInstanceOf(Grant.Closed.class);
      assertThat(budget.snapshot().open()).isZero();
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void aConnectionIsParkedOrRetiredNeverBoth() throws Exception {
    Budget<String> budget = budget(1);
    for (int round = 0; round < ROUNDS; round++) {
      Permit<String> held =
          switch (now(budget, ALICE)) {
            case Grant.Open<String>(Permit<String> permit) -> {
              permit.opened("new");
              yield permit;
            }
            case Grant.Reuse<String>(Permit<String> permit) -> permit;
            default -> throw new AssertionError("leaked in round " + round);
          };
      CyclicBarrier start = new CyclicBarrier(2);
      Thread taker = racer(start, () -> use(budget, ALICE, LONG));
      start.await();
      held.park();
      budget.overdue(Instant.MAX, Duration.ZERO).forEach(Permit::left);
      taker.join();

      assertThat(budget.snapshot().holders())
          .allMatch(holder -> holder.state() == PlaceState.IDLE)
          .hasSizeLessThanOrEqualTo(1);
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void aStormNeverHoldsMoreThanTheLimitAndLeaksNothing() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed of the storm: " + seed);
    Budget<String> budget = budget(3);
    AtomicInteger counted = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Random random = new Random(seed + i);
      threads.add(
          Thread.ofPlatform()
              .start(() -> guarded(() -> storm(budget, counted, random, random.nextInt(2) == 0))));
    }
    Random random = new Random(seed - 1);
    while (threads.stream().anyMatch(Thread::isAlive)) {
      threads.get(random.nextInt(threads.size())).interrupt();
      assertThat(budget.snapshot().open()).isLessThanOrEqualTo(3);
      for (Permit<String> idle : budget.overdue(Instant.MAX, Duration.ZERO)) {
        counted.decrementAndGet();
        idle.left();
      }
      Thread.onSpinWait();
    }

    assertThat(faults).isEmpty();
    assertThat(budget.snapshot().waiting()).isEmpty();
    assertThat(budget.snapshot().holders())
        .allMatch(holder -> holder.state() == PlaceState.IDLE)
        .hasSize(counted.get());
  }

  @Test
  void aStormAgainstAnUnknownLimitLearnsItAndIsRefusedOnce() throws Exception {
    LimitSettings settings = LimitSettings.standard();
    SteadyClock clock = SteadyClock.startingNow();
    Budget<String> budget =
        new Budget<>(
            BudgetName.of("localhost", 2121),
            settings,
            clock,
            new Random(1),
            new LimitLearner(settings).first(clock.instant()));
    AtomicInteger counted = new AtomicInteger();
    AtomicInteger refusals = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> guarded(() -> visits(budget, counted, refusals, 2, 500))));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(faults).isEmpty();
    assertThat(counted).hasValue(2);
    assertThat(refusals).hasValue(1);
    assertThat(budget.snapshot().state().address().limit()).isEqualTo(2);
  }

  /** Takes, opens, parks, closes, gives up, is interrupted: at random, some thousand times. */
  private static void storm(
      Budget<String> budget, AtomicInteger counted, Random random, boolean asAlice) {
    Account account = asAlice ? ALICE : BOB;
    for (int i = 0; i < 2000; i++) {
      try {
        Deadline deadline = Deadline.after(Duration.ofNanos(random.nextInt(2_000_000)));
        switch (budget.take(account, deadline)) {
          case Grant.Open<String>(Permit<String> permit) -> {
            if (random.nextInt(4) == 0) {
              permit.leaving();
              permit.left();
            } else {
              assertThat(counted.incrementAndGet()).isLessThanOrEqualTo(3);
              permit.opened("connection");
              end(permit, counted, random);
            }
          }
          case Grant.Reuse<String>(Permit<String> permit) -> end(permit, counted, random);
          case Grant.Evict<String>(Permit<String> permit) -> {
            counted.decrementAndGet();
            permit.left();
          }
          case Grant.TimedOut<String> late ->
              assertThat(late.explanation().sentence()).isNotEmpty();
          case Grant.Closed<String> closed -> throw new AssertionError("closed");
        }
      } catch (InterruptedException e) {
        assertThat(e).isNotNull(); // the next try
      }
    }
  }

  private static void end(Permit<String> permit, AtomicInteger counted, Random random) {
    if (random.nextInt(4) == 0) {
      permit.leaving();
      counted.decrementAndGet();
      permit.left();
    } else {
      assertThat(permit.park()).isEqualTo(Parked.KEPT);
    }
  }

  private static void visits(
      Budget<String> budget, AtomicInteger counted, AtomicInteger refusals, int limit, int times)
      throws InterruptedException {
    for (int i = 0; i < times; i++) {
      switch (budget.take(ALICE, LONG)) {
        case Grant.Open<String>(Permit<String> permit) -> {
          if (counted.incrementAndGet() > limit) {
            counted.decrementAndGet();
            refusals.incrementAndGet();
            permit.refused(
                new Refusal.Limit(
                    Refusal.Scope.ADDRESS, new Stated.Nothing(), "421 Too many connections"));
          } else {
            permit.opened("connection");
            // Held until somebody was refused: so others want more all the while.
            while (refusals.get() == 0 && !LONG.isOver()) {
              Thread.onSpinWait();
            }
            permit.park();
          }
        }
        case Grant.Reuse<String>(Permit<String> permit) -> permit.park();
        default -> throw new AssertionError("no connection");
      }
    }
  }

  private Thread taker(Budget<String> budget, Account account, Deadline deadline) {
    return Thread.ofPlatform().start(() -> guarded(() -> use(budget, account, deadline)));
  }

  /** Takes once, and gives back at once whatever it got. */
  private static void use(Budget<String> budget, Account account, Deadline deadline) {
    try {
      switch (budget.take(account, deadline)) {
        case Grant.Reuse<String>(Permit<String> permit) -> giveBack(permit);
        case Grant.Open<String>(Permit<String> permit) -> {
          permit.opened("new");
          giveBack(permit);
        }
        case Grant.Evict<String>(Permit<String> permit) -> permit.left();
        case Grant.TimedOut<String> late -> assertThat(deadline.isOver()).isTrue();
        case Grant.Closed<String> closed -> assertThat(closed).isNotNull();
      }
    } catch (InterruptedException e) {
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  private static void giveBack(Permit<String> permit) {
    if (permit.park() == Parked.RETIRE) {
      permit.left();
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  private Thread racer(CyclicBarrier start, Step step) {
    return Thread.ofPlatform()
        .start(() ->
            guarded(() -> {
              start.await();
              step.run();
            }));
  }

  private void guarded(Step step) {
    try {
      step.run();
    } catch (Throwable fault) {
      faults.add(fault);
    }
  }

  private static void assertAllIdle(Budget<String> budget, Permit<String> held) {
    held.park();
    assertThat(budget.snapshot().waiting()).isEmpty();
    assertThat(budget.snapshot().holders())
        .singleElement()
        .satisfies(holder -> assertThat(holder.state()).isEqualTo(PlaceState.IDLE));
  }

  private static void awaitWaiting(Budget<String> budget, int count) {
    while (budget.snapshot().waiting().size() < count) {
      assertThat(LONG.isOver()).isFalse();
      Thread.yield();
    }
  }

  private static Grant<String> now(Budget<String> budget, Account account)
      throws InterruptedException {
    return budget.take(account, Deadline.after(Duration.ZERO));
  }

  private static Permit<String> open(Budget<String> budget, Account account)
      throws InterruptedException {
    Permit<String> permit = ((Grant.Open<String>) now(budget, account)).permit();
    permit.opened("first");
    return permit;
  }

  private static Budget<String> budget(int limit) {
    LimitSettings settings =
        LimitSettings.standard().withConfigured(limit).withSettle(Duration.ZERO);
    SteadyClock clock = SteadyClock.startingNow();
    return new Budget<>(
        BudgetName.of("localhost", 2121),
        settings,
        clock,
        new Random(1),
        new LimitLearner(settings).first(clock.instant()));
  }
}
