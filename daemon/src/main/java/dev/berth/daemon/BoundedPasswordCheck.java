package dev.berth.daemon;

import dev.berth.server.PasswordCheck;
import dev.berth.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks passwords, not more at once than there are processors: each takes memory, and all of one
 * processor. A password that was right is known again for a while, so that a client which opens ten
 * connections pays once; of a wrong one nothing is kept, and it costs the full time. Any thread.
 *
 * <p>What is known again is an HMAC of the password and its hash under a key of this process. So a
 * changed hash is checked anew, and nothing is learned from what is kept without the key.
 */
final class BoundedPasswordCheck implements PasswordCheck {
  private static final int MOST_KNOWN = 10_000;
  private static final long KNOWN_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final String HMAC = "HmacSHA256";

  private final Semaphore places;
  private final BiPredicate<String, String> judge;
  private final LongSupplier nanos;
  private final SecretKeySpec key;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Long> known =
      new LinkedHashMap<>(16, 0.75f, true); // guarded by lock; since when

  /**
   * A check.
   *
   * @param atOnce how many at once; more wait, in order
   * @param judge checks a password against a hash
   * @param nanos the time, as {@link System#nanoTime} counts it
   */
  BoundedPasswordCheck(int atOnce, BiPredicate<String, String> judge, LongSupplier nanos) {
    this.places = new Semaphore(atOnce, true);
    this.judge = judge;
    this.nanos = nanos;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, HMAC);
  }

  /** As many at once as there are processors. */
  static BoundedPasswordCheck ofThisMachine() {
    return new BoundedPasswordCheck(
        Runtime.getRuntime().availableProcessors(), PasswordHash::matches, System::nanoTime);
  }

  @Override
  public boolean matches(String password, String hash) {
    String mark = mark(password, hash);
    if (isKnown(mark)) {
      return true;
    }
    places.acquireUninterruptibly();
    boolean matches;
    try {
      matches = judge.test(password, hash);
    } finally {
      places.release();
    }
    if (matches) {
      remember(mark);
    }
    return matches;
  }

  private boolean isKnown(String mark) {
    lock.lock();
    try {
      Long since = known.get(mark);
      return since != null && nanos.getAsLong() - since < KNOWN_NANOS;
    } finally {
      lock.unlock();
    }
  }

  private void remember(String mark) {
    lock.lock();
    try {
      known.put(mark, nanos.getAsLong());
      if (known.size() > MOST_KNOWN) {
        known.remove(known.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  private String mark(String password, String hash) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      mac.update(hash.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return new String(mac.doFinal(Octets.toBytes(password)), StandardCharsets.ISO_8859_1);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}
