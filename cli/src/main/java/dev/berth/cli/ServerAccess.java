package dev.berth.cli;

import dev.berth.client.Connector;
import dev.berth.client.NameCharset;
import dev.berth.client.RememberedTraits;
import dev.berth.client.ServerTraits;
import dev.berth.dialects.Advice;
import dev.berth.dialects.Refusal;
import dev.berth.dialects.RefusalReader;
import dev.berth.lifetime.SteadyClock;
import dev.berth.lifetime.Watchdog;
import dev.berth.limits.Budget;
import dev.berth.limits.BudgetName;
import dev.berth.limits.Evidence;
import dev.berth.limits.LimitLearned;
import dev.berth.limits.LimitLearner;
import dev.berth.limits.LimitMemory;
import dev.berth.limits.LimitSettings;
import dev.berth.limits.LimitState;
import dev.berth.limits.Machine;
import dev.berth.limits.Recall;
import dev.berth.limits.Sharing;
import dev.berth.limits.Snapshot;
import dev.berth.pool.ConnectionPool;
import dev.berth.pool.Maintenance;
import dev.berth.pool.PoolListener;
import dev.berth.pool.PoolSettings;
import dev.berth.pool.PooledConnection;
import dev.berth.pool.TraitsMemory;
import dev.berth.pool.WhenUnreachable;
import dev.berth.transfer.JobProgress;
import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One server as a running command sees it: a pool of connections under a budget, and what is
 * remembered of the server's limit from one run to the next. Made and closed by {@link FtpEngine};
 * any thread may call it.
 */
final class ServerAccess implements AutoCloseable {
  private final Server server;
  private final Reporter reporter;
  private final LimitMemory memory;
  private final TraitsMemory traitsMemory;
  private final BudgetName name;
  private final Watchdog watchdog;
  private final SteadyClock clock = SteadyClock.startingNow();
  private final Budget<PooledConnection> budget;
  private final WhenUnreachable whenUnreachable;
  private final ConnectionPool pool;
  private final @Nullable Sharing sharing;
  private volatile @Nullable Refusal lastRefusal;

  /** What of the memories counts. */
  private enum Beginning {
    /** All that is remembered. */
    FROM_MEMORY,
    /**
     * The limit, but one connection more may be tried at once; nothing of the server's ways but
     * that TLS has worked: who refuses it now does not get the password.
     */
    TO_FIND_OUT
  }

  /** No connection is made before one is needed. */
  ServerAccess(Server server, Terms terms, Reporter reporter) {
    this(server, terms, reporter, Beginning.FROM_MEMORY);
  }

  /** For who wants to know what is true today, rather than what was remembered. */
  static ServerAccess toFindOut(Server server, Terms terms, Reporter reporter) {
    return new ServerAccess(server, terms, reporter, Beginning.TO_FIND_OUT);
  }

  private ServerAccess(Server server, Terms terms, Reporter reporter, Beginning beginning) {
    this.server = server;
    this.reporter = reporter;
    this.memory = new LimitMemory(terms.stateFolder().resolve("limits"));
    this.whenUnreachable = terms.whenUnreachable();
    this.traitsMemory = new TraitsMemory(terms.stateFolder().resolve("servers"));
    this.name = Wiring.budget(server);
    this.watchdog = Watchdog.start();
    Recall<LimitState> remembered = memory.recall(name);
    LimitSettings settings = Wiring.limits(server).covering(remembered);
    LimitState known = known(remembered, new LimitLearner(settings));
    boolean isNew = beginning == Beginning.TO_FIND_OUT;
    this.budget =
        new Budget<>(
            name,
            settings,
            clock,
            new SplittableRandom(),
            isNew ? known.dueForProbe(clock.instant()) : known);
    this.pool =
        new ConnectionPool(
            new Connector(
                Wiring.connect(server), watchdog, new RefusalReader(), ways(knownWays(beginning))),
            server.login(),
            budget,
            terms.whenUnreachable(),
            new News());
    this.sharing = share(budget, terms.neighbours());
  }

  private @Nullable Sharing share(
      Budget<PooledConnection> budget, PoolSettings.Neighbours.Folder neighbours) {
    try {
      Machine machine = Machine.sharingIn(neighbours.path());
      return Sharing.start(machine, budget, neighbours.self(), this::shareNoMore);
    } catch (IOException e) {
      shareNoMore(Failures.describe(e));
      return null;
    }
  }

  private void shareNoMore(String why) {
    reporter.noted("connections are not shared with other programs of this machine: " + why);
  }

  private LimitState known(Recall<LimitState> remembered, LimitLearner learner) {
    return switch (remembered) {
      case Recall.Known<LimitState> known -> learner.resume(known.value(), clock.instant());
      case Recall.Nothing<LimitState> _ -> learner.first(clock.instant());
      case Recall.Unreadable<LimitState> damaged -> {
        ignored(damaged.why());
        yield learner.first(clock.instant());
      }
    };
  }

  private ServerTraits ways(ServerTraits traits) {
    if (server.charset() instanceof NameCharset.Given given) {
      traits.writesNamesIn(given.coding());
    }
    if (server.zone() instanceof ServerZone.Known known) {
      traits.listsTimesOf(known.zone());
    }
    return traits;
  }

  private ServerTraits knownWays(Beginning beginning) {
    return switch (traitsMemory.recall(name)) {
      case Recall.Known<RememberedTraits> known ->
          switch (beginning) {
            case FROM_MEMORY -> ServerTraits.resume(known.value(), clock);
            case TO_FIND_OUT -> ServerTraits.resume(known.value().onlyTls(), clock);
          };
      case Recall.Nothing<RememberedTraits> _ -> new ServerTraits();
      case Recall.Unreadable<RememberedTraits> damaged -> {
        ignored(damaged.why());
        yield new ServerTraits();
      }
    };
  }

  private void ignored(String why) {
    reporter.noted("what was remembered cannot be read and is ignored: " + why);
  }

  /** Begins to close what nobody uses; the caller ends it before this. */
  Maintenance maintenance() {
    return Maintenance.of(pool, clock);
  }

  ConnectionPool pool() {
    return pool;
  }

  Server server() {
    return server;
  }

  /** Whose budget it is. */
  BudgetName name() {
    return name;
  }

  /**
   * Another pool to the same server under the same budget, in TLS 1.2 only. It need not be closed,
   * if nothing is left in it.
   */
  ConnectionPool inTls12() {
    return new ConnectionPool(
        new Connector(Wiring.connectInTls12(server), watchdog, new RefusalReader()),
        server.login(),
        budget,
        whenUnreachable,
        new News());
  }

  /** How the server turned us away last, if it did. */
  Optional<Refusal> lastRefusal() {
    return Optional.ofNullable(lastRefusal);
  }

  /** What the display shows. */
  View view(JobProgress progress) {
    return new View(progress, pool.budget().open(), allowance(), pool.waitsFor().stream().toList());
  }

  /** The server's limit as it is known now: the narrowest one that is more than a guess. */
  Allowance allowance() {
    Snapshot now = pool.budget();
    return Stream.concat(Stream.of(now.state().address()), now.state().accounts().values().stream())
        .filter(ceiling -> !ceiling.evidence().isUntested())
        .min((one, other) -> Integer.compare(one.limit(), other.limit()))
        .<Allowance>map(
            ceiling -> new Allowance.Of(ceiling.limit(), ceiling.evidence().phrase(now.at())))
        .orElseGet(Allowance.Unknown::new);
  }

  /** Leaves the server in order, and keeps what was learned of it. */
  @Override
  public void close() {
    pool.close();
    endSharing();
    keep();
    keepWays();
    watchdog.close();
  }

  private void endSharing() {
    if (sharing == null) {
      return;
    }
    try {
      sharing.close();
    } catch (IOException e) {
      shareNoMore(Failures.describe(e));
    }
  }

  private void keep() {
    keep(() -> memory.keep(name, pool.budget().state(), clock.instant()));
  }

  /** The ways of most servers are known after one run: then nothing is written. */
  private void keepWays() {
    ServerTraits traits = pool.connector().traits();
    if (traits.isNews()) {
      keep(() -> traitsMemory.keep(name, traits.remembered()));
    }
  }

  private interface Keeping {
    void run() throws IOException;
  }

  /** An interrupted thread could write no file; what it is being ended for can wait that long. */
  private void keep(Keeping keeping) {
    boolean interrupted = Thread.interrupted();
    try {
      keeping.run();
    } catch (IOException e) {
      reporter.noted("what was learned cannot be kept: " + Failures.describe(e));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * What the pool meets, for people, and for the next run: it may not come to an end of its own.
   */
  private final class News implements PoolListener {
    @Override
    public void refused(Refusal refusal) {
      lastRefusal = refusal;
      if (Advice.of(refusal).retry() != Advice.Retry.NO) {
        reporter.noted(server.place() + " refused a connection: " + refusal.words());
      }
    }

    @Override
    public void learned(LimitLearned news) {
      String whose =
          switch (news.counted()) {
            case LimitLearned.Counted.Address _ -> "";
            case LimitLearned.Counted.OneAccount one -> " for " + one.account().name();
          };
      if (news.evidence().kind() != Evidence.Kind.GROWN) {
        reporter.noted(
            "limit of "
                + server.place()
                + whose
                + ": "
                + news.after()
                + ", "
                + news.evidence().kind().phrase());
        keep();
      }
    }
  }
}
