package dev.berth.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private static final Duration SHORT = Duration.ofMillis(5);

  /** Longer than a busy machine holds a thread up between two lines of a test. */
  private static final Duration MARGIN = Duration.ofMillis(500);

  private static final Duration LONG = Duration.ofHours(1);

  private final Watchdog watchdog = Watchdog.start();

  @AfterEach
  void closeWatchdog() {
    watchdog.close();
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(20, TimeUnit.SECONDS)).as("fired in time").isTrue();
  }

  @Test
  void deadlineThatPassesRunsTheActionOnce() throws Exception {
    var runs = new AtomicInteger();
    var fired = new CountDownLatch(1);
    var guard =
        watchdog.guard(
            "one",
            () -> {
              runs.incrementAndGet();
              fired.countDown();
            });
    guard.expect(Deadline.after(SHORT));
    await(fired);
    assertThat(guard.isFired()).isTrue();
    guard.relax();
    guard.expect(Deadline.after(Duration.ZERO));
    guard.close();
    fireAnother();
    assertThat(runs).hasValue(1);
    assertThat(guard.isFired()).isTrue();
  }

  @Test
  void relaxedOrClosedGuardDoesNotFire() throws Exception {
    var runs = new AtomicInteger();
    var relaxed = watchdog.guard("relaxed", runs::incrementAndGet);
    var closed = watchdog.guard("closed", runs::incrementAndGet);
    relaxed.expect(Deadline.after(MARGIN));
    closed.expect(Deadline.after(MARGIN));
    relaxed.relax();
    closed.close();
    fireAnother();
    assertThat(runs).hasValue(0);
    assertThat(relaxed.isFired()).isFalse();
  }

  @Test
  void laterDeadlineReplacesAnEarlierOne() throws Exception {
    var guard = watchdog.guard("stretched", () -> {});
    guard.expect(Deadline.after(MARGIN));
    guard.expect(Deadline.after(LONG));
    fireAnother();
    assertThat(guard.isFired()).isFalse();
  }

  @Test
  void earlierDeadlineWakesTheWatchdogThatSleepsForALaterOne() throws Exception {
    var fired = new CountDownLatch(1);
    var guard = watchdog.guard("hurried", fired::countDown);
    guard.expect(Deadline.after(LONG));
    guard.expect(Deadline.after(SHORT));
    await(fired);
  }

  @Test
  void actionThatBlocksOrFailsHoldsUpNoOther() throws Exception {
    var release = new CountDownLatch(1);
    var blocked =
        watchdog.guard(
            "blocked",
            () -> {
              try {
                release.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
            });
    var failing =
        watchdog.guard(
            "failing",
            () -> {
              throw new IOException("cannot close");
            });
    blocked.expect(Deadline.after(Duration.ZERO));
    failing.expect(Deadline.after(Duration.ZERO));
    fireAnother();
    release.countDown();
  }

  @Test
  void closeFiresWhatIsStillExpectedAndRefusesMore() throws Exception {
    var fired = new CountDownLatch(1);
    watchdog.guard("armed", fired::countDown).expect(Deadline.after(LONG));
    var idle = watchdog.guard("idle", () -> {});
    watchdog.close();
    await(fired);
    assertThatThrownBy(() -> idle.expect(Deadline.after(LONG)))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Every armed deadline fires, however expect, relax and the watchdog's look interleave. */
  @Test
  void noDeadlineIsLostInARaceOfExpectAndRelax() throws Exception {
    long seed = System.nanoTime();
    try (var scope = new Scope("race seed " + seed, Duration.ofSeconds(30))) {
      for (int i = 0; i < 8; i++) {
        var random = new Random(seed + i);
        scope.fork("racer-" + i, () -> race(random));
      }
      scope.join(Deadline.after(Duration.ofSeconds(60)));
    }
  }

  private void race(Random random) throws InterruptedException {
    for (int round = 0; round < 300; round++) {
      var runs = new AtomicInteger();
      var fired = new CountDownLatch(1);
      var guard =
          watchdog.guard(
              "race",
              () -> {
                runs.incrementAndGet();
                fired.countDown();
              });
      for (int step = random.nextInt(20); step > 0; step--) {
        guard.expect(Deadline.after(Duration.ofNanos(random.nextInt(2_000_000))));
        if (random.nextBoolean()) {
          guard.relax();
        }
      }
      guard.expect(Deadline.after(Duration.ofNanos(random.nextInt(1_000_000))));
      await(fired);
      assertThat(guard.isFired()).isTrue();
      assertThat(runs).hasValue(1);
    }
  }

  /** A guard that was relaxed without having fired stays silent. */
  @Test
  void relaxRacedAgainstTheDeadlineIsDecidedOnce() throws Exception {
    var random = new Random(42);
    List<Guard> guards = new ArrayList<>();
    List<AtomicInteger> runs = new ArrayList<>();
    List<Boolean> firedAtRelax = new ArrayList<>();
    for (int round = 0; round < 2_000; round++) {
      var count = new AtomicInteger();
      var guard = watchdog.guard("race", count::incrementAndGet);
      guard.expect(Deadline.after(Duration.ofNanos(random.nextInt(60_000))));
      var until = Deadline.after(Duration.ofNanos(random.nextInt(60_000)));
      while (!until.isOver()) {
        Thread.onSpinWait();
      }
      guard.relax();
      guards.add(guard);
      runs.add(count);
      firedAtRelax.add(guard.isFired());
    }
    watchdog.close();
    for (int i = 0; i < guards.size(); i++) {
      assertThat(guards.get(i).isFired()).isEqualTo(firedAtRelax.get(i));
      assertThat(runs.get(i).get()).isLessThanOrEqualTo(firedAtRelax.get(i) ? 1 : 0);
    }
  }

  /** Once this returns, everything that was due before has fired too. */
  private void fireAnother() throws InterruptedException {
    var fired = new CountDownLatch(1);
    watchdog.guard("later", fired::countDown).expect(Deadline.after(MARGIN.plus(SHORT)));
    await(fired);
  }
}
