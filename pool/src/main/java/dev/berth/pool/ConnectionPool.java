package dev.berth.pool;

import dev.berth.client.Connector;
import dev.berth.client.FtpConnection;
import dev.berth.client.Login;
import dev.berth.client.Opening;
import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;
import dev.berth.lifetime.Deadline;
import dev.berth.limits.Account;
import dev.berth.limits.Budget;
import dev.berth.limits.Grant;
import dev.berth.limits.LimitLearned;
import dev.berth.limits.Parked;
import dev.berth.limits.Permit;
import dev.berth.limits.Snapshot;
import dev.berth.limits.Ticket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The connections of one login to one server, opened as its budget allows, lent and reused. Made by
 * whoever wires the program, which closes it when no lease is out. Any thread may call it.
 *
 * <p>It adds to the budget what has to do with connections: opening and closing them, and that
 * credentials which nobody has seen to work are tried by one thread at a time.
 */
public final class ConnectionPool implements AutoCloseable {
  private static final Duration GOODBYE = Duration.ofSeconds(3);

  private final Connector connector;
  private final Login login;
  private final Account account;
  private final Budget<PooledConnection> budget;
  private final WhenUnreachable whenUnreachable;
  private final PoolListener listener;
  private final FirstLogin firstLogin = new FirstLogin();
  private final Standstill standstill = new Standstill();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicLong told = new AtomicLong();

  /**
   * A pool without a connection.
   *
   * @param budget shared by all pools to the same server from the same address
   */
  public ConnectionPool(
      Connector connector,
      Login login,
      Budget<PooledConnection> budget,
      WhenUnreachable whenUnreachable,
      PoolListener listener) {
    this.connector = connector;
    this.login = login;
    this.account = new Account(login.user());
    this.budget = budget;
    this.whenUnreachable = whenUnreachable;
    this.listener = listener;
  }

  /**
   * Waits for a connection: an idle one, or a new one as soon as the budget allows.
   *
   * @param purpose what it is for, in words that others may read: {@code mirror /pub}
   * @throws IOException what no waiting mends: a certificate that is not trusted, a server that
   *     does not speak FTP
   * @throws InterruptedException if the thread is interrupted
   */
  public Leasing lease(String purpose, Deadline deadline) throws IOException, InterruptedException {
    return request(purpose).await(deadline);
  }

  /** A wish for a connection, to be awaited by one thread and perhaps withdrawn by another. */
  public LeaseRequest request(String purpose) {
    return new LeaseRequest(this, budget.ticket(account, purpose));
  }

  void withdraw(Ticket ticket) {
    budget.withdraw(ticket);
  }

  Leasing lease(Ticket ticket, Deadline deadline) throws IOException, InterruptedException {
    standstill.waits();
    boolean leased = false;
    try {
      Leasing leasing = enter(ticket, deadline);
      leased = leasing instanceof Leasing.Leased;
      return leasing;
    } finally {
      if (leased) {
        standstill.worksAfterWaiting();
      } else {
        standstill.givesUp();
      }
    }
  }

  private Leasing enter(Ticket ticket, Deadline deadline) throws IOException, InterruptedException {
    return switch (firstLogin.enter(deadline)) {
      case GO -> take(ticket, deadline);
      case STOP -> firstLogin.refusal().orElseThrow();
      case TOO_LATE -> new Leasing.TimedOut(budget.explain(ticket).sentence());
      case TRY -> {
        try {
          yield take(ticket, deadline);
        } finally {
          firstLogin.undecided();
        }
      }
    };
  }

  private Leasing take(Ticket ticket, Deadline deadline) throws IOException, InterruptedException {
    while (true) {
      Optional<Leasing> leasing =
          switch (budget.take(ticket, deadline)) {
            case Grant.Reuse<PooledConnection> reuse -> reuse(reuse.permit());
            case Grant.Open<PooledConnection> open -> open(open.permit());
            case Grant.Evict<PooledConnection> evict -> {
              end(evict.permit());
              yield Optional.empty();
            }
            case Grant.TimedOut<PooledConnection> late ->
                Optional.of(new Leasing.TimedOut(late.explanation().sentence()));
            case Grant.Closed<PooledConnection> closed -> Optional.of(new Leasing.Closed());
          };
      if (leasing.isPresent()) {
        return leasing.get();
      }
    }
  }

  private Optional<Leasing> reuse(Permit<PooledConnection> permit) {
    PooledConnection pooled = permit.connection();
    if (pooled.isAlive()) {
      return leased(permit, pooled.connection());
    }
    permit.leaving();
    end(permit);
    return Optional.empty();
  }

  private Optional<Leasing> leased(Permit<PooledConnection> permit, FtpConnection connection) {
    return Optional.of(new Leasing.Leased(new Lease(this, permit, connection)));
  }

  private Optional<Leasing> open(Permit<PooledConnection> permit) throws IOException {
    Opening opening;
    try {
      opening = connector.open("upstream-" + opened.incrementAndGet(), login);
    } catch (IOException | RuntimeException e) {
      permit.leaving();
      permit.left();
      throw e;
    }
    Optional<Leasing> leasing =
        switch (opening) {
          case Opening.Opened done -> {
            firstLogin.proven();
            permit.opened(new PooledConnection(done.connection()));
            yield leased(permit, done.connection());
          }
          case Opening.Refused refused -> refused(permit, refused);
          case Opening.Unreachable unreachable -> unreachable(permit, unreachable.reason());
        };
    tellNews();
    return leasing;
  }

  private Optional<Leasing> refused(Permit<PooledConnection> permit, Opening.Refused refused) {
    Refusal refusal = refused.refusal();
    refusals.incrementAndGet();
    permit.refused(refusal);
    listener.refused(refusal);
    if (mayTryAgain(refusal, refused.phase())) {
      return Optional.empty();
    }
    Leasing.Refused last = new Leasing.Refused(refusal, refused.phase());
    firstLogin.condemned(last);
    return Optional.of(last);
  }

  /**
   * Whether the same login may be tried again after a pause. What could mean a wrong password is
   * never tried again (a server may lock the account): so not even a silent close behind PASS,
   * unless the password has worked before.
   */
  private boolean mayTryAgain(Refusal refusal, Phase phase) {
    return switch (refusal) {
      case Refusal.Limit limit -> true;
      case Refusal.Overload overload -> true;
      case Refusal.ShuttingDown down -> true;
      case Refusal.Unavailable unavailable -> true;
      case Refusal.Silent silent -> phase != Phase.PASS || firstLogin.isProven();
      case Refusal.LoginFailure login -> false;
      case Refusal.Denied denied -> false;
      case Refusal.IdleTimeout idle -> false;
      case Refusal.TlsRequired tls -> false;
      case Refusal.Quota quota -> false;
      case Refusal.DataLimit data -> false;
      case Refusal.Unclear unclear -> false;
    };
  }

  private Optional<Leasing> unreachable(Permit<PooledConnection> permit, String reason) {
    permit.unreachable(reason);
    boolean never = !firstLogin.isProven() && refusals.get() == 0;
    return never && whenUnreachable == WhenUnreachable.TELL
        ? Optional.of(new Leasing.Unreachable(reason))
        : Optional.empty();
  }

  private void tellNews() {
    for (LimitLearned news : budget.news(told.get())) {
      if (told.getAndAccumulate(news.sequence(), Math::max) < news.sequence()) {
        listener.learned(news);
      }
    }
  }

  void giveBack(Permit<PooledConnection> permit) {
    PooledConnection pooled = permit.connection();
    pooled.used();
    standstill.ends();
    if (!pooled.connection().isReusable()) {
      permit.leaving();
      end(permit);
    } else if (permit.park() == Parked.RETIRE) {
      end(permit);
    }
  }

  private static void end(Permit<PooledConnection> permit) {
    try {
      permit.connection().connection().quit(GOODBYE);
    } finally {
      permit.left();
    }
  }

  /**
   * Closes what has been idle for too long: others may want its place.
   *
   * @param now the time of the budget's clock
   */
  public void maintain(Instant now, Duration idleFor) {
    budget.overdue(now, idleFor).forEach(ConnectionPool::end);
  }

  /** What the first who waits waits for, in one sentence, while no connection is at work. */
  public Optional<String> waitsFor() {
    Snapshot now = budget.snapshot();
    return now.waiting().isEmpty() || isAnyAtWork()
        ? Optional.empty()
        : Optional.of(budget.explain(now.waiting().getFirst()).sentence());
  }

  /** Whether any of its connections is lent just now. */
  public boolean isAnyAtWork() {
    return standstill.isAnyAtWork();
  }

  /** How often the server turned a connection away. */
  public int refusals() {
    return refusals.get();
  }

  /** How long somebody waited while no connection was at work. */
  public Duration standstill() {
    return standstill.total();
  }

  /** The budget as it is now: what is known of the limit, who holds what, who waits. */
  public Snapshot budget() {
    return budget.snapshot();
  }

  /** Where its connections go. */
  public Connector connector() {
    return connector;
  }

  /**
   * Ends all idle connections in order, each with QUIT; who waits is told that the pool is closed.
   */
  @Override
  public void close() {
    budget.close().forEach(ConnectionPool::end);
  }
}
