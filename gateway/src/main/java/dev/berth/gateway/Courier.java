package dev.berth.gateway;

import dev.berth.dialects.Refusal;
import dev.berth.lifetime.Deadline;
import dev.berth.limits.Wish;
import dev.berth.pool.ConnectionPool;
import dev.berth.pool.Lease;
import dev.berth.pool.LeaseRequest;
import dev.berth.pool.Leasing;
import dev.berth.wire.Octets;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what is pending of one user, one file after the other, until nothing is. Confined to its
 * thread, which {@link Deliveries} starts.
 */
final class Courier {
  private static final Logger LOG = System.getLogger(Courier.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  private final Deliveries deliveries;
  private final Spool spool;
  private final String user;
  private final StuckAlarm alarm;
  private Duration pause = FIRST_PAUSE;
  private @Nullable SpoolAccount account; // whose connections `pool` has
  private @Nullable ConnectionPool pool; // null: made for the next attempt
  private boolean isUnderWay; // until what came of it is noted
  private boolean takesNoOtherNames; // the server, for this user

  Courier(Deliveries deliveries, Spool spool, String user, Duration alarm) {
    this.deliveries = deliveries;
    this.spool = spool;
    this.user = user;
    this.alarm = new StuckAlarm(alarm);
  }

  /** Goes on until nothing is pending, or the gateway ends. */
  void run() throws InterruptedException {
    Optional<Spool.Pending> next = spool.next(user);
    while (next.isPresent()) {
      if (!settle(next.get())) {
        return;
      }
      next = spool.next(user);
    }
  }

  /** Returns whether to go on. */
  private boolean settle(Spool.Pending one) throws InterruptedException {
    try {
      return switch (attempt(one)) {
        case Delivery.Outcome.Delivered done -> delivered(one, done);
        case Delivery.Outcome.Never(String words) -> refused(one, words);
        case Delivery.Outcome.Later(String words) -> later(words);
        case Delivery.Outcome.Gone gone -> deliveries.goesOn();
      };
    } catch (IOException e) {
      return later(e.toString());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "event=delivery-fault upstream=" + deliveries.upstream(), e);
      return later(e.toString());
    } finally {
      if (isUnderWay) {
        isUnderWay = false;
        deliveries.endOne();
      }
    }
  }

  private Delivery.Outcome attempt(Spool.Pending one) throws IOException, InterruptedException {
    Optional<ConnectionPool> connections = connections();
    if (connections.isEmpty()) {
      return new Delivery.Outcome.Later("no login is kept for " + user);
    }
    LeaseRequest request =
        connections.get().request("delivery for " + user, Wish.Use.LONG, deliveries.share(user));
    Deadline look = Deadline.after(LOOK_EVERY);
    Leasing leasing = request.await(look);
    while (leasing instanceof Leasing.TimedOut late && deliveries.goesOn()) {
      tellIfStuck(late.explanation());
      if (!look.isOver()) {
        deliveries.pause(user, FIRST_PAUSE); // The queue is full.
      }
      look = Deadline.after(LOOK_EVERY);
      leasing = request.await(look);
    }
    if (leasing instanceof Leasing.Leased(Lease lease)) {
      return over(lease, one);
    }
    request.withdraw();
    if (leasing instanceof Leasing.Refused(Refusal refusal, var phase)) {
      return notLetIn(refusal);
    }
    return new Delivery.Outcome.Later(leasing.reason());
  }

  /** By the login that the server has taken last. */
  private Optional<ConnectionPool> connections() {
    Optional<SpoolAccount> now = spool.logins().of(user);
    if (now.isPresent() && (pool == null || !now.get().equals(account))) {
      account = now.get();
      pool = deliveries.pool(now.get());
    }
    return now.isEmpty() ? Optional.empty() : Optional.ofNullable(pool);
  }

  private Delivery.Outcome over(Lease lease, Spool.Pending one)
      throws IOException, InterruptedException {
    try (lease) {
      isUnderWay = deliveries.beginOne();
      if (!isUnderWay) {
        return new Delivery.Outcome.Later("the gateway ends");
      }
      lease.connection().passage().lendTo(this);
      return new Delivery(spool, one, lease.connection(), takesNoOtherNames).run();
    }
  }

  /**
   * A password is not shown twice after a refusal of it: whoever logs in with the right one brings
   * it. Another reason may pass.
   */
  private Delivery.Outcome notLetIn(Refusal refusal) throws InterruptedException {
    String words = "does not let " + user + " in: " + Words.oneLine(refusal.words());
    if (refusal instanceof Refusal.LoginFailure) {
      if (account != null) {
        deliveries.refused(account.login());
      }
      do {
        tellIfStuck(words);
      } while (deliveries.isKeptOut(user, LOOK_EVERY));
      pause = FIRST_PAUSE;
    } else {
      pause = LONGEST_PAUSE;
    }
    pool = null; // This one would go on refusing without asking.
    return new Delivery.Outcome.Later(words);
  }

  private boolean later(String words) throws InterruptedException {
    LOG.log(
        Level.DEBUG,
        "event=delivery-failed upstream={0} account={1} words=\"{2}\"",
        deliveries.upstream(),
        shown(user),
        shown(words));
    tellIfStuck(words);
    Duration now = pause;
    pause = now.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? now.multipliedBy(2) : LONGEST_PAUSE;
    return deliveries.pause(user, now);
  }

  private void tellIfStuck(String words) {
    Optional<Spool.Backlog> backlog = spool.backlog(user);
    if (backlog.isPresent() && alarm.isDue(Instant.now(), backlog.get().oldest())) {
      LOG.log(
          Level.WARNING,
          "event=delivery-stuck upstream={0} account={1} files={2} since={3} words=\"{4}\"",
          deliveries.upstream(),
          shown(user),
          Integer.toString(backlog.get().files()),
          backlog.get().oldest().toString(),
          shown(words));
    }
  }

  private static String shown(String text) {
    return Words.oneLine(text).replace('"', '\'');
  }

  /** What the server has is noted before anything else is done, or it would be sent again. */
  private boolean delivered(Spool.Pending one, Delivery.Outcome.Delivered done)
      throws InterruptedException {
    takesNoOtherNames |= done.file().stage() == SpooledFile.Stage.STRAIGHT;
    Instant now = Instant.now();
    boolean isNoted = false;
    while (!isNoted) {
      try {
        deliveries.receipts().add(facts(done, now));
        spool.remove(one);
        isNoted = true;
      } catch (IOException e) {
        if (!later("delivered, and not noted: " + e)) {
          return false;
        }
      }
    }
    LOG.log(
        Level.INFO,
        "event=delivered upstream={0} account={1} path=\"{2}\" bytes={3} sha256={4} took={5}s",
        deliveries.upstream(),
        shown(user),
        shown(path(done.file())),
        Long.toString(done.file().sizeBytes()),
        done.file().sha256(),
        Long.toString(Duration.between(done.file().received(), now).toSeconds()));
    return moves(now);
  }

  private boolean moves(Instant now) {
    pause = FIRST_PAUSE;
    alarm.moves(now);
    return deliveries.goesOn();
  }

  private Map<String, Object> facts(Delivery.Outcome.Delivered done, Instant now) {
    SpooledFile file = done.file();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", file.id());
    facts.put("upstream", deliveries.upstream());
    facts.put("account", Octets.printable(user));
    facts.put("path", Octets.printable(path(file)));
    facts.put("bytes", file.sizeBytes());
    facts.put("sha256", file.sha256());
    facts.put("received", file.received());
    facts.put("delivered", now);
    facts.put("check", done.check());
    facts.put("renamed", file.stage() == SpooledFile.Stage.STRAIGHT ? "no" : "yes");
    return facts;
  }

  private String path(SpooledFile file) {
    SpoolPath target = file.target();
    SpoolAccount own = account;
    return own != null && own.features().has("TVFS")
        ? target.key(own.features()).orElse(target.argument())
        : target.folder() + " " + target.argument();
  }

  private boolean refused(Spool.Pending one, String words)
      throws IOException, InterruptedException {
    SpooledFile file = one.file();
    spool.putAside(one, words);
    LOG.log(
        Level.WARNING,
        "event=delivery-refused upstream={0} account={1} path=\"{2}\" file={3} words=\"{4}\"",
        deliveries.upstream(),
        shown(user),
        shown(path(file)),
        file.id(),
        shown(words));
    return moves(Instant.now());
  }
}
