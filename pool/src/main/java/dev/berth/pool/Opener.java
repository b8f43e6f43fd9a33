package dev.berth.pool;

import dev.berth.client.Connector;
import dev.berth.client.FtpConnection;
import dev.berth.client.Login;
import dev.berth.client.Opening;
import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;
import dev.berth.dialects.Stated;
import dev.berth.limits.Account;
import dev.berth.limits.Budget;
import dev.berth.limits.LimitLearned;
import dev.berth.limits.Permit;
import dev.berth.limits.PlaceState;
import dev.berth.transport.CertificateRejected;
import dev.berth.transport.ConnectionLost;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Opens the connections of a pool on permits that its budget granted, and tells the budget and the
 * listener what came of it. Any thread may call it.
 */
final class Opener {
  private final Connector connector;
  private final Login login;
  private final Account account;
  private final Budget<PooledConnection> budget;
  private final FirstLogin firstLogin;
  private final WhenUnreachable whenUnreachable;
  private final PoolListener listener;
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicLong told = new AtomicLong();

  Opener(
      Connector connector,
      Login login,
      Budget<PooledConnection> budget,
      FirstLogin firstLogin,
      WhenUnreachable whenUnreachable,
      PoolListener listener) {
    this.connector = connector;
    this.login = login;
    this.account = new Account(login.user());
    this.budget = budget;
    this.firstLogin = firstLogin;
    this.whenUnreachable = whenUnreachable;
    this.listener = listener;
  }

  /** How often the server turned a connection away. */
  int refusals() {
    return refusals.get();
  }

  /**
   * Makes a connection. The permit is given back unless one came about.
   *
   * @param lease makes a lease of the connection
   * @return what to tell the caller; nothing if another grant is to be waited for
   */
  Optional<Leasing> open(Permit<PooledConnection> permit, Function<FtpConnection, Leasing> lease)
      throws IOException, InterruptedException {
    Optional<Leasing.Refused> doubt = firstLogin.refusal();
    if (doubt.isPresent()) {
      return goOnWithout(permit, doubt.get());
    }
    Opening opening = attempt(permit);
    Optional<Leasing> leasing =
        switch (opening) {
          case Opening.Opened done -> {
            firstLogin.proven();
            permit.opened(new PooledConnection(done.connection()));
            yield Optional.of(lease.apply(done.connection()));
          }
          case Opening.Refused refused -> refused(permit, refused);
          case Opening.Unreachable unreachable -> unreachable(permit, unreachable.reason());
        };
    tellNews();
    return leasing;
  }

  /**
   * Makes a connection, once: a refusal ends it. The permit is given back unless one came about.
   *
   * @param lease makes a lease of the connection
   */
  Attempt openOnce(Permit<PooledConnection> permit, Function<FtpConnection, Leasing.Leased> lease)
      throws IOException, InterruptedException {
    if (firstLogin.refusal().isPresent()) {
      permit.leaving();
      permit.left();
      return new Attempt.NoRoom("user and password were refused since, and are not shown again");
    }
    Opening opening = attempt(permit);
    Attempt end =
        switch (opening) {
          case Opening.Opened done -> {
            permit.opened(new PooledConnection(done.connection()));
            yield Attempt.of(lease.apply(done.connection()));
          }
          case Opening.Refused refused -> {
            refused(permit, refused);
            yield new Attempt.TurnedAway(refused.refusal(), refused.phase());
          }
          case Opening.Unreachable none -> {
            permit.unreachable(none.reason());
            yield new Attempt.Unreachable(none.reason());
          }
        };
    tellNews();
    return end;
  }

  /**
   * The server ended a session with a refusal. What says how many it lets in teaches the budget, so
   * that nobody runs against the same wall again; an idle time-out is none of that.
   */
  void turnedAway(Permit<PooledConnection> permit, Refusal refusal) {
    permit.turnedAway(refusal);
    if (Consequence.of(refusal, Phase.SESSION, true) == Consequence.AGAIN) {
      refusals.incrementAndGet();
      listener.refused(refusal);
    }
    tellNews();
  }

  /**
   * One attempt. What nobody can talk to ends the job if it is all that was ever met; where a login
   * has worked before, it is this one connection that failed (a proxy's page, a server that dies),
   * and the job goes on with those that work. The budget's pause, and the caller's deadline, bound
   * how often that is tried. A certificate that is not trusted always ends it.
   */
  private Opening attempt(Permit<PooledConnection> permit)
      throws IOException, InterruptedException {
    boolean ended = false;
    try {
      Opening opening = connector.open("upstream-" + opened.incrementAndGet(), login);
      ended = true;
      return opening;
    } catch (ConnectionLost e) {
      if (e.manner() == ConnectionLost.Manner.INTERRUPTED && Thread.interrupted()) {
        InterruptedException interrupted = new InterruptedException("interrupted while connecting");
        interrupted.initCause(e);
        throw interrupted;
      }
      throw e;
    } catch (CertificateRejected e) {
      throw e;
    } catch (IOException e) {
      if (!firstLogin.isProven()) {
        throw e;
      }
      ended = true;
      return new Opening.Refused(
          new Refusal.Unavailable("(" + e.getMessage() + ")"), Phase.UNKNOWN);
    } finally {
      if (!ended) {
        permit.leaving();
        permit.left();
      }
    }
  }

  private Optional<Leasing> refused(Permit<PooledConnection> permit, Opening.Refused refused) {
    Refusal refusal = refused.refusal();
    refusals.incrementAndGet();
    listener.refused(refusal);
    Leasing.Refused last = new Leasing.Refused(refusal, refused.phase());
    boolean proven = firstLogin.isProven();
    return switch (Consequence.of(refusal, refused.phase(), proven)) {
      case AGAIN -> {
        permit.refused(refusal);
        yield Optional.empty();
      }
      case NOT_AGAIN -> {
        if (proven) {
          firstLogin.doubted(last);
        }
        yield goOnWithout(permit, last);
      }
    };
  }

  /**
   * Credentials that may be wrong are not shown again. As long as connections work that they opened
   * before, the budget takes it for a full account, and the jobs go on with those.
   */
  private Optional<Leasing> goOnWithout(Permit<PooledConnection> permit, Leasing.Refused why) {
    if (firstLogin.isProven() && isAnyOpen()) {
      permit.refused(
          new Refusal.Limit(Refusal.Scope.ACCOUNT, new Stated.Nothing(), why.refusal().words()));
      return Optional.empty();
    }
    firstLogin.condemned(why);
    permit.refused(why.refusal());
    return Optional.of(why);
  }

  private boolean isAnyOpen() {
    return budget.snapshot().holders().stream()
        .filter(holder -> holder.ticket().account().equals(account))
        .anyMatch(
            holder -> holder.state() == PlaceState.LEASED || holder.state() == PlaceState.IDLE);
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
}
