package dev.berth.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {
  /** Of "password", as PHP, Python and htpasswd write them. */
  private static final String BCRYPT =
      "$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi";

  @Test
  void newHashMatchesItsPasswordAlone() {
    String hash = PasswordHash.of("gr\u00fcn \udcff");

    assertThat(hash).startsWith("$argon2id$v=19$m=12288,t=3,p=1$");
    assertThat(PasswordHash.checked(hash)).isEqualTo(hash);
    assertThat(PasswordHash.matches("gr\u00fcn \udcff", hash)).isTrue();
    assertThat(PasswordHash.matches("grun", hash)).isFalse();
    assertThat(PasswordHash.of("gr\u00fcn \udcff")).isNotEqualTo(hash);
  }

  @Test
  void hashThatStaysInMemoryMatchesItsPasswordAloneAndIsTakenFromNoFile() {
    String hash = PasswordHash.inMemory("gr\u00fcn \udcff");

    assertThat(PasswordHash.matches("gr\u00fcn \udcff", hash)).isTrue();
    assertThat(PasswordHash.matches("grun", hash)).isFalse();
    assertThat(PasswordHash.matches("gr\u00fcn \udcff", hash.substring(0, 20))).isFalse();
    assertThat(PasswordHash.inMemory("gr\u00fcn \udcff")).isNotEqualTo(hash);
    assertThatThrownBy(() -> PasswordHash.checked(hash))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$2a", "$2b", "$2y"})
  void bcryptOfOtherProgramsIsKnown(String prefix) {
    String hash = prefix + BCRYPT.substring(3);

    assertThat(PasswordHash.matches("password", hash)).isTrue();
    assertThat(PasswordHash.matches("passwort", hash)).isFalse();
  }

  @Test
  void argon2idOfTheReferenceProgramIsKnown() {
    // printf password | argon2 somesalt -id -t 2 -m 16 -p 1 (the test vectors of its sources)
    String hash =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    assertThat(PasswordHash.matches("password", hash)).isTrue();
    assertThat(PasswordHash.matches("differentpassword", hash)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "$1$abc$def",
        "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=16,t=999,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=4,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$2b$31$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi",
        "$2b$10$short"
      })
  void whatIsNoHashOrCostsTooMuchMatchesNothing(String hash) {
    assertThat(PasswordHash.matches("password", hash)).isFalse();
    assertThatThrownBy(() -> PasswordHash.checked(hash))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("c29tZXNhbHQ")
        .isNotEqualTo("secret");
  }

  @Test
  void noMoreAreCheckedAtOnceThanThereIsRoomFor() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    BoundedPasswordCheck check =
        new BoundedPasswordCheck(
            2,
            (password, hash) -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              two.countDown();
              await(two);
              now.decrementAndGet();
              return false;
            },
            System::nanoTime);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, 20)
              .mapToObj(i -> threads.submit(() -> check.matches("p" + i, "h")))
              .toList();
      for (Future<Boolean> one : all) {
        assertThat(result(one)).isFalse();
      }
    }

    assertThat(most).hasValue(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean result(Future<Boolean> future)
      throws InterruptedException, ExecutionException {
    return future.get();
  }

  @Test
  void rightPasswordIsKnownAgainForAWhileAndAWrongOneNever() {
    AtomicInteger judged = new AtomicInteger();
    AtomicLong nanos = new AtomicLong();
    BoundedPasswordCheck check =
        new BoundedPasswordCheck(
            1,
            (password, hash) -> {
              judged.incrementAndGet();
              return password.equals("right");
            },
            nanos::get);

    assertThat(check.matches("right", "h")).isTrue();
    assertThat(check.matches("right", "h")).isTrue();
    assertThat(judged).hasValue(1);
    assertThat(check.matches("wrong", "h")).isFalse();
    assertThat(check.matches("wrong", "h")).isFalse();
    assertThat(judged).hasValue(3);
    assertThat(check.matches("right", "another hash")).isTrue();
    assertThat(judged).hasValue(4);
    nanos.set(TimeUnit.MINUTES.toNanos(10));
    assertThat(check.matches("right", "h")).isTrue();
    assertThat(judged).hasValue(5);
  }
}
