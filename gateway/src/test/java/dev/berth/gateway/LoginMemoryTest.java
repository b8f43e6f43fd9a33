package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lifetime.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is believed of a password without asking its server, and who asks. */
@Timeout(60)
class LoginMemoryTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final LoginMemory<String> memory = new LoginMemory<>(Duration.ofMinutes(10));

  private LoginMemory.Known<String> begin(String user, String password)
      throws InterruptedException {
    return memory.begin(user, password, Deadline.after(LONG));
  }

  private void decide(String user, String password, boolean isRight) throws InterruptedException {
    if (begin(user, password) instanceof LoginMemory.Known.Unknown<String>(var trial)) {
      try (trial) {
        if (isRight) {
          trial.right(user + "'s");
        } else {
          trial.wrong();
        }
      }
    } else {
      throw new AssertionError("is known already");
    }
  }

  @Test
  void whatTheServerTookIsRightWithoutAskingIt() throws InterruptedException {
    decide("ann", "secret", true);

    assertThat(begin("ann", "secret")).isEqualTo(new LoginMemory.Known.Right<>("ann's"));
  }

  @Test
  void anotherPasswordOrAnotherUserIsUnknown() throws InterruptedException {
    decide("ann", "secret", true);

    for (String[] other :
        new String[][] {{"ann", "Secret"}, {"an", "nsecret"}, {"bob", "secret"}}) {
      assertThat(begin(other[0], other[1])).isInstanceOf(LoginMemory.Known.Unknown.class);
    }
  }

  @Test
  void whatTheServerRefusedIsNotAskedAgain() throws InterruptedException {
    decide("ann", "wrong", false);

    assertThat(begin("ann", "wrong")).isEqualTo(new LoginMemory.Known.Wrong<>());
  }

  @Test
  void whatSaysNothingOfThePasswordIsToldToWhoComesSoonAfter() throws InterruptedException {
    if (begin("ann", "secret") instanceof LoginMemory.Known.Unknown<String>(var trial)) {
      try (trial) {
        trial.notNow("full");
      }
    }

    assertThat(begin("ann", "secret")).isEqualTo(new LoginMemory.Known.NotNow<>("full"));
  }

  @Test
  void whatTheServerTakesNoMoreIsUnknownAgain() throws InterruptedException {
    decide("ann", "secret", true);
    decide("bob", "secret", true);

    memory.forget("ann's"::equals);

    assertThat(begin("ann", "secret")).isInstanceOf(LoginMemory.Known.Unknown.class);
    assertThat(begin("bob", "secret")).isEqualTo(new LoginMemory.Known.Right<>("bob's"));
  }

  /** Where nothing is remembered two may try at once, and neither ends the other's trial. */
  @Test
  void theEndOfATrialIsNotTheEndOfTheNext() throws InterruptedException {
    LoginMemory<String> brief = new LoginMemory<>(Duration.ZERO);
    if (!(brief.begin("ann", "x", Deadline.after(LONG))
        instanceof LoginMemory.Known.Unknown<String>(var first))) {
      throw new AssertionError("is known already");
    }
    first.right("ann's");
    brief.begin("ann", "x", Deadline.after(LONG));
    first.close();

    assertThat(brief.begin("ann", "x", Deadline.after(Duration.ofMillis(10))))
        .isEqualTo(new LoginMemory.Known.TooLate<>());
  }

  @Test
  void whatIsTooOldIsUnknown() throws InterruptedException {
    LoginMemory<String> brief = new LoginMemory<>(Duration.ZERO);
    for (int i = 0; i < 2; i++) {
      if (brief.begin("ann", "secret", Deadline.after(LONG))
          instanceof LoginMemory.Known.Unknown<String>(var trial)) {
        try (trial) {
          trial.right("ann's");
        }
      } else {
        throw new AssertionError("believed for no time at all");
      }
    }
  }

  @Test
  void whoGivesUpLeavesTheTrialToTheNext() throws InterruptedException {
    if (begin("ann", "secret") instanceof LoginMemory.Known.Unknown<String>(var trial)) {
      trial.close();
    }

    assertThat(begin("ann", "secret")).isInstanceOf(LoginMemory.Known.Unknown.class);
  }

  @Test
  void whoWaitsForAnothersTrialDoesNotWaitForEver() throws InterruptedException {
    begin("ann", "secret");

    assertThat(memory.begin("ann", "secret", Deadline.after(Duration.ofMillis(10))))
        .isEqualTo(new LoginMemory.Known.TooLate<>());
  }

  @Test
  void ofManyAtOnceOneAsksTheServer() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch ready = new CountDownLatch(50);
    List<FutureTask<LoginMemory.Known<String>>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      FutureTask<LoginMemory.Known<String>> one =
          new FutureTask<>(() -> {
            ready.countDown();
            ready.await();
            LoginMemory.Known<String> known = begin("ann", "secret");
            if (known instanceof LoginMemory.Known.Unknown<String>(var trial)) {
              try (trial) {
                asked.incrementAndGet();
                trial.right("ann's");
              }
              return new LoginMemory.Known.Right<>("ann's");
            }
            return known;
          });
      all.add(one);
      Thread.ofVirtual().start(one);
    }

    for (FutureTask<LoginMemory.Known<String>> one : all) {
      assertThat(one.get()).isEqualTo(new LoginMemory.Known.Right<>("ann's"));
    }
    assertThat(asked).hasValue(1);
  }

  /** Somebody guesses. */
  @Test
  void whatIsKeptStaysBounded() throws InterruptedException {
    decide("ann", "secret", true);
    for (int i = 0; i < 10_000; i++) {
      decide("ann", "guess " + i, false);
    }

    assertThat(begin("ann", "secret")).isInstanceOf(LoginMemory.Known.Unknown.class);
  }
}
