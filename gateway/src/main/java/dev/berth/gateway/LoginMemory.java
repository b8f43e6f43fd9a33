package dev.berth.gateway;

import dev.berth.lifetime.Deadline;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Which passwords a server has taken, or refused, lately. It holds no password, but what a key that
 * lives as long as this program makes of them. Any thread may call it.
 *
 * <p>Invariant: for one user and password one trial is under way at the most.
 *
 * @param <A> what a login that worked is to the caller
 */
final class LoginMemory<A> {
  /** A wrong password is asked for again rarely: servers lock accounts for more. */
  private static final Duration WRONG_FOR = Duration.ofMinutes(1);

  /** Whoever cannot be let in just now is not tried again at once: it could be a wrong password. */
  private static final Duration NOT_NOW_FOR = Duration.ofSeconds(10);

  /** Beyond it all are forgotten: somebody guesses. */
  private static final int MOST = 10_000;

  private static final String MAC = "HmacSHA256";

  private final Duration rightFor;
  private final SecretKeySpec key;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition decided = lock.newCondition();
  private final Map<Credentials, Judgement<A>> judgements = new HashMap<>(); // guarded by lock

  /** What is known of a user and password. */
  sealed interface Known<A> {
    /** The server has taken it. */
    record Right<A>(A account) implements Known<A> {}

    /** The server has refused it. */
    record Wrong<A>() implements Known<A> {}

    /**
     * The server let nobody in with it, and that says nothing of the password.
     *
     * @param reason one line for the client
     */
    record NotNow<A>(String reason) implements Known<A> {}

    /** Another thread has been trying it all the time. */
    record TooLate<A>() implements Known<A> {}

    /** Nothing: the caller tries it, and closes the trial. */
    record Unknown<A>(LoginMemory<A>.Trial trial) implements Known<A> {}
  }

  /** A user and what the key makes of the password. */
  private record Credentials(String user, String digest) {}

  /**
   * What was found out.
   *
   * @param until by {@link System#nanoTime}
   */
  private record Finding<A>(Known<A> known, long until) {}

  /** One user and password. */
  private static final class Judgement<A> {
    private @Nullable Finding<A> finding; // guarded by lock
  }

  LoginMemory(Duration rightFor) {
    this.rightFor = rightFor;
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    this.key = new SecretKeySpec(secret, MAC);
  }

  /** What is known; waits while another thread finds it out. */
  Known<A> begin(String user, String password, Deadline deadline) throws InterruptedException {
    Credentials credentials = new Credentials(user, digest(user, password));
    lock.lockInterruptibly();
    try {
      while (true) {
        Judgement<A> judgement = judgements.get(credentials);
        Finding<A> finding = judgement == null ? null : judgement.finding;
        if (judgement == null || (finding != null && finding.until - System.nanoTime() <= 0)) {
          makeRoomLocked();
          Judgement<A> begun = new Judgement<>();
          judgements.put(credentials, begun);
          return new Known.Unknown<>(new Trial(credentials, begun));
        }
        if (finding != null) {
          return finding.known;
        }
        if (deadline.isOver()) {
          return new Known.TooLate<>();
        }
        decided.awaitNanos(deadline.remainingNanos());
      }
    } finally {
      lock.unlock();
    }
  }

  private void makeRoomLocked() {
    assert lock.isHeldByCurrentThread();
    if (judgements.size() >= MOST) {
      judgements.values().removeIf(judgement -> judgement.finding != null);
    }
  }

  private String digest(String user, String password) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      mac.update(user.getBytes(StandardCharsets.UTF_16BE));
      mac.update(new byte[2]); // Neither holds a NUL.
      byte[] digest = mac.doFinal(password.getBytes(StandardCharsets.UTF_16BE));
      return new String(digest, StandardCharsets.ISO_8859_1);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The server does not take these any more. */
  void forget(Predicate<A> which) {
    lock.lock();
    try {
      judgements
          .values()
          .removeIf(it ->
              it.finding != null
                  && it.finding.known instanceof Known.Right<A>(A account)
                  && which.test(account));
    } finally {
      lock.unlock();
    }
  }

  /** The right to try one user and password. Belongs to one thread. */
  final class Trial implements AutoCloseable {
    private final Credentials credentials;
    private final Judgement<A> judgement;

    private Trial(Credentials credentials, Judgement<A> judgement) {
      this.credentials = credentials;
      this.judgement = judgement;
    }

    /** The server has taken it. */
    void right(A account) {
      decide(new Known.Right<>(account), rightFor);
    }

    /** The server has refused it. */
    void wrong() {
      decide(new Known.Wrong<>(), WRONG_FOR);
    }

    /** The server has refused something else. */
    void notNow(String reason) {
      decide(new Known.NotNow<>(reason), NOT_NOW_FOR);
    }

    private void decide(Known<A> known, Duration time) {
      lock.lock();
      try {
        judgement.finding = new Finding<>(known, System.nanoTime() + time.toNanos());
      } finally {
        lock.unlock();
      }
    }

    /** Who waits goes on; if nothing was found out, the next one tries. */
    @Override
    public void close() {
      lock.lock();
      try {
        if (judgement.finding == null) {
          judgements.remove(credentials, judgement);
        }
        decided.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
