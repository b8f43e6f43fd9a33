package dev.berth.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ScopeTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private static Scope scope() {
    return new Scope("test", SOON);
  }

  @Test
  void joinWaitsForTheNormalEndOfEveryTask() throws Exception {
    var ended = new AtomicInteger();
    try (var scope = scope()) {
      for (int i = 0; i < 100; i++) {
        scope.fork("worker-" + i, ended::incrementAndGet);
      }
      scope.join(Deadline.after(SOON));
      assertThat(ended).hasValue(100);
    }
  }

  @Test
  void threadsAreVirtualAndCarryTheirName() throws Exception {
    var seen = new AtomicReference<Thread>();
    try (var scope = scope()) {
      scope.fork("session-17", () -> seen.set(Thread.currentThread()));
      scope.join(Deadline.after(SOON));
    }
    assertThat(seen.get().getName()).isEqualTo("session-17");
    assertThat(seen.get().isVirtual()).isTrue();
  }

  @Test
  void platformThreadsCarryTheirNameAndAreEndedWithTheScope() throws Exception {
    var seen = new AtomicReference<Thread>();
    var running = new CountDownLatch(1);
    try (var scope = scope()) {
      scope.forkPlatform(
          "crew-1",
          () -> {
            seen.set(Thread.currentThread());
            running.countDown();
            new CountDownLatch(1).await();
          });
      running.await();
    }
    assertThat(seen.get().getName()).isEqualTo("crew-1");
    assertThat(seen.get().isVirtual()).isFalse();
    assertThat(seen.get().join(SOON)).isTrue();
  }

  @Test
  void aFailureOnAPlatformThreadEndsTheJoin() throws Exception {
    var failure = new IOException("the disk is full");
    try (var scope = scope()) {
      scope.forkPlatform(
          "crew-1",
          () -> {
            throw failure;
          });
      assertThatThrownBy(() -> scope.join(Deadline.after(SOON))).isSameAs(failure);
    }
  }

  @Test
  void closeInterruptsWhatRunsAndThatIsNoFailure() throws Exception {
    var interrupted = new AtomicBoolean();
    try (var scope = scope()) {
      var running = new CountDownLatch(1);
      scope.fork(
          "sleeper",
          () -> {
            running.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              interrupted.set(true);
              throw e;
            }
          });
      running.await();
    }
    assertThat(interrupted).isTrue();
  }

  @Test
  void firstFailureEndsTheJoinAndIsNotThrownAgainByTheClose() throws Exception {
    var failure = new IOException("the disk is full");
    try (var scope = scope()) {
      scope.fork("sleeper", () -> new CountDownLatch(1).await());
      scope.fork(
          "writer",
          () -> {
            throw failure;
          });
      assertThatThrownBy(() -> scope.join(Deadline.after(SOON))).isSameAs(failure);
    }
  }

  @Test
  void closeThrowsTheFirstFailureWithTheRestUnderIt() throws Exception {
    var first = new IOException("first");
    var second = new IllegalStateException("second");
    var scope = scope();
    var secondWaits = new CountDownLatch(1);
    var firstThread = new AtomicReference<Thread>();
    var firstRuns = new CountDownLatch(1);
    scope.fork(
        "second",
        () -> {
          try {
            secondWaits.countDown();
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            throw second;
          }
        });
    scope.fork(
        "first",
        () -> {
          firstThread.set(Thread.currentThread());
          firstRuns.countDown();
          throw first;
        });
    secondWaits.await();
    firstRuns.await();
    // Else the close may come before the failure is noted, and the second one be the first.
    assertThat(firstThread.get().join(SOON)).isTrue();
    assertThatThrownBy(scope::close).isSameAs(first).hasSuppressedException(second);
  }

  @Test
  void joinThatRunsOutOfTimeNamesWhatStillRuns() throws Exception {
    try (var scope = scope()) {
      scope.fork("upstream-4/data", () -> new CountDownLatch(1).await());
      assertThatThrownBy(() -> scope.join(Deadline.after(Duration.ofMillis(20))))
          .isInstanceOfSatisfying(
              LeftRunningException.class,
              e -> assertThat(e.threads()).containsExactly("upstream-4/data"))
          .hasMessageContaining("upstream-4/data");
    }
  }

  @Test
  void closeNamesAThreadThatDoesNotEnd() throws Exception {
    var release = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    var scope = new Scope("stubborn", Duration.ofMillis(20));
    var running = new CountDownLatch(1);
    scope.fork(
        "mule",
        () -> {
          running.countDown();
          while (release.getCount() > 0) {
            try {
              release.await();
            } catch (InterruptedException e) {
              running.countDown();
            }
          }
          ended.countDown();
        });
    running.await();
    assertThatThrownBy(scope::close)
        .isInstanceOf(LeftRunningException.class)
        .hasMessageContaining("mule");
    release.countDown();
    ended.await();
  }

  @Test
  void nothingStartsAfterTheCloseAndASecondCloseDoesNothing() throws Exception {
    var scope = scope();
    scope.close();
    assertThatCode(scope::close).doesNotThrowAnyException();
    assertThatThrownBy(() -> scope.fork("late", () -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("late");
  }

  @Test
  void aThreadMayForkIntoItsScopeButNotCloseIt() throws Exception {
    var second = new AtomicBoolean();
    var thrown = new AtomicReference<Throwable>();
    var scope = scope();
    Scope.Task closeFromWithin = scope::close;
    scope.fork(
        "first",
        () -> {
          scope.fork("second", () -> second.set(true));
          try {
            closeFromWithin.run();
          } catch (IllegalStateException e) {
            thrown.set(e);
          }
        });
    scope.join(Deadline.after(SOON));
    scope.close();
    assertThat(second).isTrue();
    assertThat(thrown.get()).hasMessageContaining("of its own");
  }

  @Test
  void interruptOfTheClosingThreadSurvivesTheClose() throws Exception {
    var scope = scope();
    scope.fork("sleeper", () -> new CountDownLatch(1).await());
    Thread.currentThread().interrupt();
    scope.close();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void forkRacedAgainstCloseEitherRunsToItsEndOrNeverStarts() throws Exception {
    for (int round = 0; round < 500; round++) {
      var started = new AtomicInteger();
      var ended = new AtomicInteger();
      var scope = scope();
      var forker =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  while (true) {
                    scope.fork(
                        "racer",
                        () -> {
                          started.incrementAndGet();
                          ended.incrementAndGet();
                        });
                    Thread.onSpinWait();
                    if (started.get() > 50) {
                      return;
                    }
                  }
                } catch (IllegalStateException expected) {
                  started.get();
                }
              });
      scope.close();
      assertThat(ended.get()).isEqualTo(started.get());
      int atClose = started.get();
      forker.join();
      assertThat(started.get()).isEqualTo(atClose);
    }
  }
}
