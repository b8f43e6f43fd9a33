package dev.berth.gateway;

import dev.berth.client.Login;
import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Scope;
import dev.berth.limits.Share;
import dev.berth.pool.ConnectionPool;
import dev.berth.wire.Octets;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Brings what is pending to the server: for each user one thread, which ends when he has nothing
 * pending. What fails for a time holds up what came later of the same user, for cameras and their
 * readers count on the order; what the server refuses for good is put aside. Any thread may call
 * it.
 */
final class Deliveries implements Closeable {
  private static final Logger LOG = System.getLogger(Deliveries.class.getName());
  private static final Duration LOCK_EVERY = Duration.ofSeconds(1);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

  private final String upstream;
  private final Spool spool;
  private final Receipts receipts;
  private final Duration alarm;
  private final Connections connections;
  private final Scope scope;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<String> knocked = new HashSet<>(); // guarded by lock; let in again
  private int underWay; // guarded by lock
  private boolean isEnding; // guarded by lock

  /**
   * Over what deliveries go.
   *
   * @param pools the connections of a login
   * @param shares what is due to a user's deliveries
   * @param refused hears of a login that the server does not take
   */
  record Connections(
      Function<SpoolAccount, ConnectionPool> pools,
      Function<String, Share> shares,
      Consumer<Login> refused) {}

  /**
   * None yet.
   *
   * @param connections over which
   */
  Deliveries(
      String upstream, Spool spool, Receipts receipts, Duration alarm, Connections connections) {
    this.upstream = upstream;
    this.spool = spool;
    this.receipts = receipts;
    this.alarm = alarm;
    this.connections = connections;
    this.scope = new Scope("deliveries to " + upstream, CLOSE_WITHIN);
  }

  /**
   * Begins with what lies there. If another gateway has it: as soon as that ends.
   *
   * @throws IOException if it cannot be read
   */
  void start() throws IOException {
    if (!begin()) {
      LOG.log(Level.WARNING, "event=spool-taken upstream={0}", upstream);
      scope.fork("spool-" + upstream, this::awaitSpool);
    }
  }

  private boolean begin() throws IOException {
    Optional<Set<String>> users = spool.open(receipts);
    users.ifPresent(all -> all.forEach(this::start));
    return users.isPresent();
  }

  private void awaitSpool() throws IOException, InterruptedException {
    try {
      while (pause(Deadline.after(LOCK_EVERY), () -> false)) {
        if (begin()) {
          LOG.log(Level.INFO, "event=spool-taken-over upstream={0}", upstream);
          return;
        }
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "event=spool-unreadable upstream=" + upstream, e);
      throw e;
    }
  }

  /** There is something to deliver for a user, and nobody who does. */
  void start(String user) {
    if (goesOn()) {
      scope.fork(
          "delivery-" + upstream + "-" + Octets.printable(user),
          () -> new Courier(this, spool, user, alarm).run());
    }
  }

  String upstream() {
    return upstream;
  }

  Receipts receipts() {
    return receipts;
  }

  ConnectionPool pool(SpoolAccount account) {
    return connections.pools().apply(account);
  }

  /** What is due to the deliveries of a user. */
  Share share(String user) {
    return connections.shares().apply(user);
  }

  /** The server does not take a login: whoever comes with it next is asked about anew. */
  void refused(Login login) {
    lock.lock();
    try {
      knocked.remove(login.user());
    } finally {
      lock.unlock();
    }
    connections.refused().accept(login);
  }

  /** The server has let a user in: whoever waits for that goes on. */
  void knock(String user) {
    lock.lock();
    try {
      knocked.add(user);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether another one may begin. */
  boolean goesOn() {
    lock.lock();
    try {
      return !isEnding;
    } finally {
      lock.unlock();
    }
  }

  /** Waits, or until the user is let in; returns as {@link #goesOn}. */
  boolean pause(String user, Duration time) throws InterruptedException {
    return pause(Deadline.after(time), () -> knocked.remove(user));
  }

  /** The same; returns whether the user is to be let in still. */
  boolean isKeptOut(String user, Duration time) throws InterruptedException {
    AtomicBoolean isLetIn = new AtomicBoolean();
    boolean goesOn =
        pause(
            Deadline.after(time),
            () -> {
              isLetIn.set(knocked.remove(user));
              return isLetIn.get();
            });
    return goesOn && !isLetIn.get();
  }

  /**
   * Waits.
   *
   * @param isOver asked under the lock
   */
  private boolean pause(Deadline deadline, BooleanSupplier isOver) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!isEnding && !deadline.isOver() && !isOver.getAsBoolean()) {
        changed.awaitNanos(deadline.remainingNanos());
      }
      return !isEnding;
    } finally {
      lock.unlock();
    }
  }

  /** One has a connection; returns whether it may use it. */
  boolean beginOne() {
    lock.lock();
    try {
      if (!isEnding) {
        underWay++;
      }
      return !isEnding;
    } finally {
      lock.unlock();
    }
  }

  void endOne() {
    lock.lock();
    try {
      underWay--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Begins no other one, and lets those under way end; what remains is for the next start. */
  void drain(Deadline deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      isEnding = true;
      changed.signalAll();
      while (underWay > 0 && !deadline.isOver()) {
        changed.awaitNanos(deadline.remainingNanos());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends those under way. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      isEnding = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    scope.close();
  }
}
