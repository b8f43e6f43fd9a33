package dev.berth.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;
import dev.berth.lifetime.Deadline;
import dev.berth.pool.FirstLogin.Turn;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FirstLoginTest {
  private static final Leasing.Refused WRONG =
      new Leasing.Refused(new Refusal.LoginFailure("530 Login incorrect."), Phase.PASS);

  private final FirstLogin login = new FirstLogin();

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(30));
  }

  private static Deadline now() {
    return Deadline.after(Duration.ZERO);
  }

  @Test
  void oneTriesAndTheOthersWait() throws InterruptedException {
    assertThat(login.enter(soon())).isEqualTo(Turn.TRY);
    assertThat(login.enter(now())).isEqualTo(Turn.TOO_LATE);
  }

  @Test
  void credentialsThatWorkLetEverybodyGo() throws InterruptedException {
    login.enter(soon());
    login.proven();
    login.undecided();

    assertThat(login.enter(now())).isEqualTo(Turn.GO);
    assertThat(login.isProven()).isTrue();
  }

  @Test
  void credentialsThatDoNotWorkStopEverybody() throws InterruptedException {
    login.enter(soon());
    login.condemned(WRONG);
    login.undecided();
    login.proven();

    assertThat(login.enter(now())).isEqualTo(Turn.STOP);
    assertThat(login.refusal()).contains(WRONG);
  }

  @Test
  void oneThatGivesUpLeavesTheTryToTheNext() throws InterruptedException {
    login.enter(soon());
    login.undecided();

    assertThat(login.enter(now())).isEqualTo(Turn.TRY);
  }

  @Test
  void aDoubtStaysWhenAnEarlierAttemptGetsIn() throws InterruptedException {
    login.enter(soon());
    login.proven();
    login.doubted(WRONG);
    login.proven();

    assertThat(login.enter(now())).isEqualTo(Turn.GO);
    assertThat(login.refusal()).contains(WRONG);
  }

  @Test
  void anInterruptEndsTheWait() throws InterruptedException {
    login.enter(soon());
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> login.enter(soon())).isInstanceOf(InterruptedException.class);
  }

  @Test
  void hundredThreadsNeverTryTwoAtOnceAndNoneAfterTheDecision() throws InterruptedException {
    for (int round = 0; round < 50; round++) {
      race(new FirstLogin(), round % 2 == 0);
    }
  }

  /** The first three give up; the fourth decides. */
  private static void race(FirstLogin login, boolean works) throws InterruptedException {
    AtomicInteger trying = new AtomicInteger();
    AtomicInteger tries = new AtomicInteger();
    AtomicInteger wrong = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    for (int n = 0; n < 100; n++) {
      threads.submit(() -> {
        start.await();
        Turn turn = login.enter(soon());
        if (turn == Turn.TRY) {
          if (trying.incrementAndGet() > 1) {
            wrong.incrementAndGet();
          }
          boolean decides = tries.incrementAndGet() == 4;
          Thread.yield();
          trying.decrementAndGet();
          if (decides && works) {
            login.proven();
          } else if (decides) {
            login.condemned(WRONG);
          }
          login.undecided();
        } else if (turn != (works ? Turn.GO : Turn.STOP)) {
          wrong.incrementAndGet();
        }
        return null;
      });
    }
    start.countDown();
    threads.shutdown();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(wrong).hasValue(0);
    assertThat(tries).hasValue(4);
  }
}
