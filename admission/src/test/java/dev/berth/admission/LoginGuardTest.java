package dev.berth.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guessing costs more and more, and honest slips do not. */
class LoginGuardTest {
  private static final InetAddress GUESSER = Door.address("192.0.2.1");
  private static final InetAddress OTHER = Door.address("192.0.2.2");
  private static final Duration WINDOW = Duration.ofMinutes(10);

  private final HandClock clock = new HandClock();
  private final LoginGuard guard = new LoginGuard(rules(List.of(), 100), clock);

  private static GuardRules rules(List<Network> exempt, int mostPrefixes) {
    return new GuardRules(
        new Rules.PrefixLengths(32, 64),
        exempt,
        WINDOW,
        Duration.ofSeconds(1),
        Duration.ofSeconds(4),
        5,
        Duration.ofMinutes(15),
        mostPrefixes);
  }

  private long delay(InetAddress caller, String account) {
    return switch (guard.failed(caller, account)) {
      case Penalty.Delay(Duration time) -> time.toSeconds();
      case Penalty.Ban ban -> -1;
    };
  }

  private List<Long> delays(InetAddress caller, String account, int times) {
    return IntStream.range(0, times).mapToObj(i -> delay(caller, account)).toList();
  }

  @Test
  void eachFailureCostsTwiceTheLastAndTooManyABan() {
    assertThat(delays(GUESSER, "root", 5)).containsExactly(1L, 2L, 4L, 4L, -1L);

    assertThat(Door.refused(guard.judge(GUESSER)).text())
        .isEqualTo(
            "Your address 192.0.2.1 is banned for guesses at passwords. Try again in 15 min.");
    assertThat(guard.judge(OTHER)).isEmpty();
  }

  @Test
  void aBanEndsAndTheCountBeginsAnew() {
    delays(GUESSER, "root", 5);
    clock.advance(Duration.ofMinutes(15));

    assertThat(guard.judge(GUESSER)).isEmpty();
    assertThat(delay(GUESSER, "root")).isEqualTo(1);
  }

  @Test
  void failuresAreForgottenAfterTheWindow() {
    delays(GUESSER, "root", 3);
    clock.advance(WINDOW.minusSeconds(1));
    delay(GUESSER, "root");
    clock.advance(Duration.ofSeconds(1));

    assertThat(delay(GUESSER, "root")).isEqualTo(2);
  }

  @Test
  void onesOwnAccountDoesNotWashOffGuessesAtOthers() {
    for (int i = 0; i < 4; i++) {
      delay(GUESSER, "victim" + i);
      guard.succeeded(GUESSER, "mallory");
    }

    assertThat(delay(GUESSER, "victim")).isEqualTo(-1);
  }

  @Test
  void whoRemembersThePasswordInTheEndIsForgiven() {
    delays(GUESSER, "alice", 4);
    guard.succeeded(GUESSER, "alice");

    assertThat(delay(GUESSER, "alice")).isEqualTo(1);
  }

  @Test
  void aNameThatIsNoAccountIsNeverTakenBack() {
    delays(GUESSER, "x".repeat(129), 4);
    guard.succeeded(GUESSER, "");

    assertThat(delay(GUESSER, "x".repeat(129))).isEqualTo(-1);
  }

  @Test
  void onePrefixOfIpv6IsOneGuesser() {
    for (int i = 0; i < 5; i++) {
      guard.failed(Door.address("2001:db8::" + i), "root");
    }

    assertThat(guard.judge(Door.address("2001:db8::ffff"))).isPresent();
    assertThat(guard.judge(Door.address("2001:db8:0:1::"))).isEmpty();
  }

  @Test
  void whoIsExemptIsNeitherDelayedNorBanned() {
    delays(GUESSER, "root", 5);
    guard.reload(rules(List.of(Network.parse("192.0.2.0/24")), 100));

    assertThat(guard.judge(GUESSER)).isEmpty();
    assertThat(delays(OTHER, "root", 20)).containsOnly(0L);
  }

  @Test
  @Timeout(10)
  void ofTenThousandPrefixesThatFailedAsManyAreRememberedAsIsSet() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(delay(guesser(i), "user" + i)).isEqualTo(1);
    }

    int remembered = 0;
    for (int i = 9_999; i >= 0; i--) { // The newest first: who is asked about becomes the newest.
      remembered += delay(guesser(i), "root") > 1 ? 1 : 0;
    }
    assertThat(remembered).isEqualTo(100);
    for (int i = 0; i < 10_000; i++) {
      delays(guesser(i), "root", 5);
    }
    long banned =
        IntStream.range(0, 10_000).filter(i -> guard.judge(guesser(i)).isPresent()).count();
    assertThat(banned).isEqualTo(100);
    assertThat(guard.judge(OTHER)).isEmpty();
    assertThat(delay(OTHER, "root")).isEqualTo(1);
  }

  private static InetAddress guesser(int number) {
    return Door.address("10.1." + number / 250 + "." + number % 250);
  }

  @Test
  void tenThousandFailuresOfOneAreOneBanAndNoOneElses() throws Exception {
    List<Thread> threads = new ArrayList<>();
    AtomicInteger bans = new AtomicInteger();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int n = 0; n < 1250; n++) {
                  bans.addAndGet(delay(GUESSER, "user" + n) < 0 ? 1 : 0);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(bans).hasValue(2000);
    assertThat(Door.refused(guard.judge(GUESSER)).text())
        .isEqualTo(
            "Your address 192.0.2.1 is banned for guesses at passwords. Try again in 15 min.");
    assertThat(guard.judge(OTHER)).isEmpty();
    assertThat(delay(OTHER, "user1")).isEqualTo(1);
  }

  @Test
  void theOldestIsForgottenWhenThereAreTooMany() {
    guard.reload(rules(List.of(), 2));
    delays(GUESSER, "root", 4);
    delay(OTHER, "root");
    delay(Door.address("192.0.2.3"), "root");
    assertThat(delay(GUESSER, "root")).isEqualTo(1);

    for (int i = 1; i <= 3; i++) {
      delays(Door.address("198.51.100." + i), "root", 5);
    }
    assertThat(guard.judge(Door.address("198.51.100.1"))).isEmpty();
    assertThat(guard.judge(Door.address("198.51.100.2"))).isPresent();
    assertThat(guard.judge(Door.address("198.51.100.3"))).isPresent();
  }
}
