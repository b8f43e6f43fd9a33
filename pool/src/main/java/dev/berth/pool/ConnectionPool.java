package dev.berth.pool;

import dev.berth.client.Connector;
import dev.berth.client.FtpConnection;
import dev.berth.client.Login;
import dev.berth.dialects.Refusal;
import dev.berth.dialects.Stated;
import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Scope;
import dev.berth.limits.Account;
import dev.berth.limits.Budget;
import dev.berth.limits.Explanation;
import dev.berth.limits.Grant;
import dev.berth.limits.Parked;
import dev.berth.limits.Permit;
import dev.berth.limits.Share;
import dev.berth.limits.Snapshot;
import dev.berth.limits.Ticket;
import dev.berth.limits.Wish;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The connections of one login to one server, opened as its budget allows, lent and reused. Made by
 * whoever wires the program, which closes it when no lease is out. Any thread may call it.
 *
 * <p>It adds to the budget what has to do with connections: opening and closing them, and that
 * credentials which nobody has seen to work are tried by one thread at a time.
 */
public final class ConnectionPool implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ConnectionPool.class.getName());

  /** A shorter wait is gone before anybody has read why. */
  private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

  private static final Duration GOODBYE = Duration.ofSeconds(3);

  private final Connector connector;
  private final Account account;
  private final Budget<PooledConnection> budget;
  private final FirstLogin firstLogin = new FirstLogin();
  private final Standstill standstill = new Standstill();
  private final Opener opener;
  private final Runnable afterwards;

  /**
   * A pool for an application, with all that it needs around it. No connection is made before one
   * is asked for.
   *
   * @return to be closed when no lease is out: one that is lent still can do nothing any more but
   *     be given back, which ends it without a QUIT
   * @throws IllegalStateException if it is to share with neighbours, and a pool of this program to
   *     the same server does so already: one is enough for any number of threads
   */
  public static ConnectionPool open(PoolSettings settings) {
    return ServerPools.open(settings.ofServer()).pool(settings.login());
  }

  /**
   * A pool without a connection, for a program that wires what is around it itself.
   *
   * @param budget shared by all pools to the same server from the same address
   */
  public ConnectionPool(
      Connector connector,
      Login login,
      Budget<PooledConnection> budget,
      WhenUnreachable whenUnreachable,
      PoolListener listener) {
    this(connector, login, budget, whenUnreachable, listener, () -> {});
  }

  /**
   * As above.
   *
   * @param afterwards done when all connections are closed
   */
  ConnectionPool(
      Connector connector,
      Login login,
      Budget<PooledConnection> budget,
      WhenUnreachable whenUnreachable,
      PoolListener listener,
      Runnable afterwards) {
    this.afterwards = afterwards;
    this.connector = connector;
    this.account = new Account(login.user());
    this.budget = budget;
    this.opener = new Opener(connector, login, budget, firstLogin, whenUnreachable, listener);
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

  /**
   * As {@link #lease}, but always over a connection that is opened for it: then the server has
   * taken this very password. Where there is no other place, an idle connection makes room.
   *
   * @param share on whose behalf
   * @throws IOException as {@link #lease}
   * @throws InterruptedException if the thread is interrupted
   */
  public Leasing prove(String purpose, Share share, Deadline deadline)
      throws IOException, InterruptedException {
    Wish wish = new Wish(account, purpose, Wish.Wanted.NEW, Wish.Use.BRIEF, share);
    return lease(budget.ticket(wish), deadline);
  }

  /**
   * As {@link #lease}, but whom the server turns away does not try again: for who wants to know
   * whether there may be one more. The credentials must have opened a connection before.
   *
   * @throws IOException what no waiting mends
   * @throws InterruptedException if the thread is interrupted
   */
  Attempt attempt(String purpose, Deadline deadline) throws IOException, InterruptedException {
    Ticket ticket = budget.ticket(account, purpose);
    Optional<Attempt> end = Optional.empty();
    while (end.isEmpty()) {
      end =
          switch (budget.take(ticket, deadline)) {
            case Grant.Reuse<PooledConnection> reuse -> reuse(reuse.permit()).map(Attempt::of);
            case Grant.Open<PooledConnection> open ->
                Optional.of(opener.openOnce(open.permit(), made -> leased(open.permit(), made)));
            case Grant.Evict<PooledConnection> evict -> {
              end(evict.permit());
              yield Optional.empty();
            }
            case Grant.TimedOut<PooledConnection> late ->
                Optional.of(new Attempt.NoRoom(late.explanation().sentence()));
            case Grant.Closed<PooledConnection> closed ->
                Optional.of(new Attempt.NoRoom("the pool was closed"));
          };
    }
    return end.get();
  }

  /** As below, perhaps for long, and on behalf of nobody in particular. */
  public LeaseRequest request(String purpose) {
    return request(purpose, Wish.Use.LONG, Share.EQUAL);
  }

  /**
   * A wish for a connection, to be awaited by one thread and perhaps withdrawn by another.
   *
   * @param purpose as of {@link #lease}
   * @param use how long it will be held
   * @param share on whose behalf
   */
  public LeaseRequest request(String purpose, Wish.Use use, Share share) {
    Wish wish = new Wish(account, purpose, Wish.Wanted.ANY, use, share);
    return new LeaseRequest(this, budget.ticket(wish));
  }

  /** How many are before a ticket that waits, or is about to wait again. */
  int ahead(Ticket ticket) {
    return budget.ahead(ticket);
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
            case Grant.Reuse<PooledConnection> reuse ->
                reuse(reuse.permit()).map(Leasing.class::cast);
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

  private Optional<Leasing> open(Permit<PooledConnection> permit)
      throws IOException, InterruptedException {
    standstill.opens();
    try {
      return opener.open(permit, connection -> leased(permit, connection));
    } finally {
      standstill.opened();
    }
  }

  private Optional<Leasing.Leased> reuse(Permit<PooledConnection> permit) {
    PooledConnection pooled = permit.connection();
    if (pooled.isAlive()) {
      return Optional.of(leased(permit, pooled.connection()));
    }
    retire(permit);
    return Optional.empty();
  }

  private Leasing.Leased leased(Permit<PooledConnection> permit, FtpConnection connection) {
    return new Leasing.Leased(new Lease(this, permit, connection));
  }

  boolean isWantedElsewhere() {
    return budget.isWantedElsewhere(account);
  }

  void giveBack(Permit<PooledConnection> permit) {
    PooledConnection pooled = permit.connection();
    pooled.used();
    standstill.ends();
    if (!pooled.connection().isReusable()) {
      retire(permit);
    } else if (permit.park() == Parked.RETIRE) {
      end(permit);
    }
  }

  /** What cannot be used again is closed; if the server has ended it, its words are news. */
  private void retire(Permit<PooledConnection> permit) {
    FtpConnection connection = permit.connection().connection();
    Duration rested = connection.rested();
    Optional<Refusal> farewell = connection.hearFarewell();
    if (farewell.isPresent() && farewell.get() instanceof Refusal.IdleTimeout idle) {
      connector
          .traits()
          .closedAfter(
              idle.seconds() instanceof Stated.Figure(int seconds)
                  ? Duration.ofSeconds(seconds)
                  : rested);
    }
    try {
      farewell.ifPresentOrElse(why -> opener.turnedAway(permit, why), permit::leaving);
    } finally {
      end(permit);
    }
  }

  private static void end(Permit<PooledConnection> permit) {
    permit.announce();
    try {
      permit.connection().connection().quit(GOODBYE);
    } finally {
      permit.left();
    }
  }

  /**
   * Closes what has been idle for too long: others may want its place. Until then a connection is
   * kept alive while the job goes on; else it is closed before the server would close it.
   *
   * @param now the time of the budget's clock
   */
  public void maintain(Instant now, Duration idleFor) {
    Duration patience = connector.traits().idleTime();
    boolean isWanted = isAnyAtWork() || isAwaited();
    if (isWanted) {
      budget.overdue(now, idleFor).forEach(ConnectionPool::end);
      Duration half = patience.dividedBy(2);
      if (half.compareTo(idleFor) < 0) {
        budget.rested(now, half).forEach(permit -> keepAlive(permit, idleFor));
      }
    } else {
      Duration before = patience.multipliedBy(4).dividedBy(5);
      Duration bound = before.compareTo(idleFor) < 0 ? before : idleFor;
      budget.overdue(now, bound).forEach(ConnectionPool::end);
    }
  }

  private void keepAlive(Permit<PooledConnection> permit, Duration idleFor) {
    PooledConnection pooled = permit.connection();
    boolean isOverdue = pooled.rested().compareTo(idleFor) >= 0;
    if (isOverdue || !pooled.isKeptAlive()) {
      retire(permit);
    } else if (permit.park() == Parked.RETIRE) {
      end(permit);
    }
  }

  /** What the first who waits waits for, in one sentence, while no connection is at work. */
  public Optional<String> waitsFor() {
    Snapshot now = budget.snapshot();
    if (now.waiting().isEmpty() || isAnyAtWork()) {
      return Optional.empty();
    }
    Explanation why = budget.explain(now.waiting().getFirst());
    return Optional.of(why)
        .filter(wait -> wait.waited().compareTo(WORTH_TELLING) >= 0)
        .map(Explanation::sentence);
  }

  /** Whether anybody waits for a connection to the server. */
  public boolean isAwaited() {
    return budget.isAwaited();
  }

  /** Whether any of its connections is lent just now. */
  public boolean isAnyAtWork() {
    return standstill.isAnyAtWork();
  }

  /** How often the server turned a connection away. */
  public int refusals() {
    return opener.refusals();
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
   * Ends all idle connections in order, each with QUIT and all at once; who waits is told that the
   * pool is closed. Takes some seconds at the most, and an interrupt does not shorten it.
   */
  @Override
  public void close() {
    try {
      endAll(budget.close(), connector.settings().server());
    } finally {
      afterwards.run();
    }
  }

  /** Ends connections in order, all at once. Seconds at the most; an interrupt changes nothing. */
  static void endAll(List<Permit<PooledConnection>> permits, String server) {
    boolean interrupted = Thread.interrupted();
    try (Scope goodbyes = new Scope("goodbyes", GOODBYE)) {
      for (Permit<PooledConnection> permit : permits) {
        goodbyes.forkPlatform("goodbye", () -> end(permit));
      }
      goodbyes.join(Deadline.after(GOODBYE.plus(GOODBYE)));
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "event=close-late server=" + server, e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
