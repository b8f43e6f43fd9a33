package dev.berth.gateway;

import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Guard;
import dev.berth.lifetime.Watchdog;
import dev.berth.pool.Lease;
import dev.berth.pool.LeaseRequest;
import dev.berth.pool.Leasing;
import dev.berth.session.BufferShelf;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections that one client borrows, one at a time. Confined to the session's thread, but
 * that a lease which was kept for a time is given back by another when that is over.
 */
final class Leases implements AutoCloseable {
  private static final Duration GOODBYE = Duration.ofSeconds(1);

  private final UpstreamAccount account;
  private final Watchdog watchdog;
  private Guard guard; // confined to the session's thread
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Lease kept; // guarded by lock; for the client's next command
  private boolean isSoiled; // confined to the session's thread

  Leases(UpstreamAccount account, Watchdog watchdog) {
    this.account = account;
    this.watchdog = watchdog;
    this.guard = guard();
  }

  private Guard guard() {
    return watchdog.guard("lease of " + account.user(), this::release);
  }

  /** The connection that is kept for this client, if there is one; its owner gives it back. */
  Optional<Lease> takeKept() {
    guard.relax();
    return swap(null);
  }

  /**
   * As above, if anything but a RNTO may follow on it: ProFTPD answers 501 else, and Pure-FTPd
   * remembers the RNFR.
   */
  Optional<Lease> takeReusable() {
    Optional<Lease> own = takeKept();
    if (own.isPresent() && !own.get().connection().isReusable()) {
      own.get().close();
      return Optional.empty();
    }
    return own;
  }

  private Optional<Lease> swap(@Nullable Lease other) {
    lock.lock();
    try {
      Lease before = kept;
      kept = other;
      return Optional.ofNullable(before);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a connection.
   *
   * @throws dev.berth.session.RelayFailed with the reason if there is none in time
   */
  Lease take(Duration patience) throws IOException, InterruptedException {
    Optional<Lease> own = takeReusable();
    if (own.isPresent()) {
      return own.get();
    }
    LeaseRequest request = request();
    Leasing leasing = request.await(Deadline.after(patience));
    if (leasing instanceof Leasing.Leased(Lease lease)) {
      return own(lease);
    }
    throw Words.noConnection(account, leasing, request.ahead());
  }

  /** Lent to this client, from now on. */
  Lease own(Lease lease) {
    lease.connection().passage().lendTo(this);
    return lease;
  }

  /** Something may be left behind on the client's connection that nobody else must have. */
  void soil() {
    isSoiled = true;
  }

  /** A wish, for who tells the client meanwhile how it stands. */
  LeaseRequest request() {
    return account.pool().request(account.user());
  }

  /** For a download of this client. */
  Ahead ahead(Downloads spool, Ahead.Origin origin, BufferShelf buffers, AtomicLong moved) {
    return new Ahead(spool, origin, watchdog, buffers, moved);
  }

  /** Gives a connection back, or keeps it where clients have one of their own. */
  void giveBack(Lease lease) {
    switch (account.upstream().pooling()) {
      case TRANSFER -> lease.close();
      case SESSION -> keep(lease);
    }
  }

  private void keep(Lease lease) {
    swap(lease).ifPresent(Lease::close); // There is none: one is borrowed at a time.
  }

  /** Keeps a connection for the client's next command, for so long at the most. */
  void keepFor(Lease lease, Duration time) {
    keep(lease);
    if (account.upstream().pooling() == UpstreamSettings.Pooling.TRANSFER) {
      if (guard.isFired()) {
        guard = guard();
      }
      guard.expect(Deadline.after(time));
    }
  }

  private void release() {
    swap(null).ifPresent(Lease::close);
  }

  @Override
  public void close() {
    guard.close();
    if (isSoiled) {
      swap(null)
          .ifPresent(lease -> {
            lease.connection().quit(GOODBYE);
            lease.close();
          });
    }
    release();
  }
}
