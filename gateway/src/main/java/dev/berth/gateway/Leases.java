package dev.berth.gateway;

import dev.berth.client.FtpConnection;
import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Guard;
import dev.berth.lifetime.Watchdog;
import dev.berth.limits.Wish;
import dev.berth.pool.Lease;
import dev.berth.pool.LeaseRequest;
import dev.berth.pool.Leasing;
import dev.berth.session.BufferShelf;
import dev.berth.session.RelayFailed;
import dev.berth.session.RelayedCommand;
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
  /** So long a connection that has come for a transfer is kept for the client to ask for that. */
  private static final Duration NEXT = Duration.ofSeconds(1);

  private static final Duration GOODBYE = Duration.ofSeconds(1);

  private final UpstreamAccount account;
  private final Watchdog watchdog;
  private final Client client;
  private Guard guard; // confined to the session's thread
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Lease kept; // guarded by lock; for the client's next command
  private @Nullable LeaseRequest wish; // of the next transfer, which keeps its turn; confined
  private boolean isForTransfer; // what is kept; confined to the session's thread
  private boolean isPinned; // confined to the session's thread

  Leases(UpstreamAccount account, Client client, Watchdog watchdog) {
    this.account = account;
    this.client = client;
    this.watchdog = watchdog;
    this.guard = guard();
  }

  private Guard guard() {
    return watchdog.guard("lease of " + client.name(), this::release);
  }

  /** The connection that is kept for this client, if there is one; its owner gives it back. */
  Optional<Lease> takeKept() {
    guard.relax();
    Optional<Lease> own = swap(null);
    if (own.isPresent()) {
      client.leases();
    }
    return own;
  }

  /**
   * As above, if anything but a RNTO may follow on it: ProFTPD answers 501 else, and Pure-FTPd
   * remembers the RNFR. On a connection that is the client's alone this is as it is without us.
   *
   * @throws RelayFailed if there was a connection for this client alone, and it is lost
   */
  Optional<Lease> takeReusable() throws RelayFailed {
    Optional<Lease> own = takeKept();
    if (own.isPresent() && !isFit(own.get().connection())) {
      own.get().close();
      own = Optional.empty();
    }
    if (isPinned && own.isEmpty()) {
      throw Words.lostForGood(account.upstream());
    }
    return own;
  }

  private boolean isFit(FtpConnection connection) {
    return isPinned ? connection.mayGoOn() : connection.isReusable();
  }

  private Optional<Lease> swap(@Nullable Lease other) {
    lock.lock();
    try {
      Lease before = kept;
      kept = other;
      client.holds(other != null);
      return Optional.ofNullable(before);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a connection for one command.
   *
   * @throws RelayFailed with the reason if there is none in time
   */
  Lease take(String verb, Duration patience) throws IOException, InterruptedException {
    Optional<Lease> own = takeReusable();
    if (own.isPresent()) {
      return own.get();
    }
    isForTransfer = false; // It has been kept in vain.
    LeaseRequest request = request(verb, mayPin(verb) ? Wish.Use.KEPT : Wish.Use.BRIEF);
    Leasing leasing = request.await(Deadline.after(patience));
    if (leasing instanceof Leasing.Leased(Lease lease)) {
      return own(lease);
    }
    client.isUnserved();
    throw Words.noConnection(account, leasing, request.ahead());
  }

  /**
   * Waits for a connection for the client's next command, which finds it kept; not as long where
   * the server is away.
   *
   * @return whether there is one; else the server is away
   * @throws RelayFailed with the reason if there is none though the server is there
   */
  boolean awaitUnlessAway(String verb, Duration patience) throws IOException, InterruptedException {
    Optional<Lease> own = takeReusable();
    if (own.isPresent()) {
      keepFor(own.get(), NEXT);
      return true;
    }
    LeaseRequest request = request(verb, Wish.Use.BRIEF);
    Deadline deadline = Deadline.after(patience);
    Leasing leasing = request.await(deadline.atMost(Upstream.KNOWN_WAIT));
    if (leasing instanceof Leasing.TimedOut && !account.upstream().isAway()) {
      leasing = request.await(deadline);
    }
    if (leasing instanceof Leasing.Leased(Lease lease)) {
      keepFor(own(lease), NEXT);
      return true;
    }
    boolean isUnheard =
        leasing instanceof Leasing.TimedOut || leasing instanceof Leasing.Unreachable;
    if (isUnheard && account.upstream().isAway()) {
      return false;
    }
    client.isUnserved();
    throw Words.noConnection(account, leasing, request.ahead());
  }

  /** Lent to this client, from now on. */
  Lease own(Lease lease) {
    lease.connection().passage().lendTo(this);
    client.leases();
    if (account.loginFolder() instanceof UpstreamAccount.LoginFolder.Untold) {
      pin(); // Where it goes from there cannot be set on another one.
    }
    return lease;
  }

  /**
   * The connection that the client has just now is its alone, up to its end: something may be left
   * on it that nobody else must have, and that no other one has.
   */
  void pin() {
    isPinned = true;
  }

  /** Whether the client has the same connection all the time. */
  boolean isPinned() {
    return isPinned;
  }

  /** Whether others may have a connection when this client gives it back. */
  boolean areShared() {
    return !holdsOn();
  }

  private boolean holdsOn() {
    return isPinned || account.upstream().pooling() == UpstreamSettings.Pooling.SESSION;
  }

  private boolean mayPin(String verb) {
    return verb.equals("SITE") && account.upstream().site() == ClientSettings.Site.PIN;
  }

  /** A wish, for who tells the client meanwhile how it stands. */
  LeaseRequest request(String verb, Wish.Use use) {
    boolean keeps =
        account.upstream().pooling() == UpstreamSettings.Pooling.SESSION
            || account.loginFolder() instanceof UpstreamAccount.LoginFolder.Untold;
    Wish.Use real = keeps ? Wish.Use.KEPT : use;
    LeaseRequest request =
        account.pool().request(verb + " for " + client.name(), real, client.share());
    client.asks(request.number());
    return request;
  }

  /** For a download of this client. */
  Ahead ahead(Downloads spool, Ahead.Origin origin, BufferShelf buffers, AtomicLong moved) {
    return new Ahead(spool, origin, watchdog, buffers, moved);
  }

  /**
   * Waits for the connection of a transfer before that is asked for. If it comes in time, it is
   * kept for it, and lent to questions before it; else the wish keeps its turn.
   *
   * @param command who ends its wait withdraws the wish
   */
  void awaitTransfer(RelayedCommand command, Duration patience)
      throws IOException, InterruptedException {
    withdrawWish();
    Optional<Lease> own = takeReusable();
    if (own.isPresent()) {
      keepForTransfer(own.get());
      return;
    }
    LeaseRequest request = request(command.verb(), Wish.Use.LONG);
    try (RelayedCommand.Listening listening = command.listen(request::withdraw)) {
      Leasing leasing = request.await(Deadline.after(patience));
      if (leasing instanceof Leasing.Leased(Lease lease)) {
        keepForTransfer(own(lease));
      } else if (leasing instanceof Leasing.TimedOut && !listening.isEnded()) {
        wish = request;
      }
    }
  }

  private void keepForTransfer(Lease lease) {
    isForTransfer = true;
    keepFor(lease, NEXT);
  }

  /** The wish for a transfer's connection: the one that waits already, or a new one. */
  LeaseRequest transferRequest(String verb, Wish.Use use) {
    LeaseRequest waiting = wish;
    wish = null;
    if (waiting == null) {
      return request(verb, use);
    }
    client.asks(waiting.number());
    return waiting;
  }

  /** The connection that is kept for this client's transfer is for it from now on. */
  void beginTransfer() {
    isForTransfer = false;
  }

  private void withdrawWish() {
    LeaseRequest waiting = wish;
    wish = null;
    if (waiting != null) {
      waiting.withdraw();
    }
  }

  /** Gives a connection back, or keeps it where clients have one of their own. */
  void giveBack(Lease lease) {
    if (holdsOn()) {
      keep(lease);
    } else if (isForTransfer && lease.connection().isReusable()) {
      keepFor(lease, NEXT);
    } else {
      client.givesBack();
      lease.close();
    }
  }

  private void keep(Lease lease) {
    swap(lease).ifPresent(Lease::close); // There is none: one is borrowed at a time.
  }

  /** Keeps a connection for the client's next command, for so long at the most. */
  void keepFor(Lease lease, Duration time) {
    keep(lease);
    if (!holdsOn()) {
      if (guard.isFired()) {
        guard = guard();
      }
      guard.expect(Deadline.after(time));
    }
  }

  /** Whose they are. */
  Client client() {
    return client;
  }

  private void release() {
    swap(null).ifPresent(Lease::close);
  }

  @Override
  public void close() {
    guard.close();
    withdrawWish();
    if (isPinned) {
      swap(null)
          .ifPresent(lease -> {
            lease.connection().quit(GOODBYE);
            lease.close();
          });
    }
    release();
  }
}
