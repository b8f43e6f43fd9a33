package dev.berth.gateway;

import dev.berth.client.FtpConnection;
import dev.berth.client.Login;
import dev.berth.client.Secret;
import dev.berth.client.ServerTraits;
import dev.berth.dialects.Refusal;
import dev.berth.lifetime.Deadline;
import dev.berth.pool.ConnectionPool;
import dev.berth.pool.Lease;
import dev.berth.pool.Leasing;
import dev.berth.pool.ServerPools;
import dev.berth.pool.WhenUnreachable;
import dev.berth.wire.Command;
import dev.berth.wire.Features;
import dev.berth.wire.NameCoding;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One server behind the gateway: its connections under one budget, and who has logged in to it.
 * Opened and closed by {@link Gateway}; any thread may call it.
 */
final class Upstream implements Closeable {
  private static final Logger LOG = System.getLogger(Upstream.class.getName());
  private static final Command SYSTEM = Command.of("SYST");

  /**
   * Of a server that is away it is believed what it said before: its client shall not wait long.
   */
  private static final Duration KNOWN_WAIT = Duration.ofSeconds(3);

  private final UpstreamSettings settings;
  private final ServerPools pools;
  private final LoginMemory<UpstreamAccount> logins;
  private final Spools spools;
  private volatile @Nullable Features features; // as the last login showed them

  /** What became of a login. */
  sealed interface Entry {
    /** The server takes it, or has lately. */
    record In(UpstreamAccount account) implements Entry {}

    /**
     * The server does not.
     *
     * @param reason one word for the log
     */
    record Refused(String reason) implements Entry {}

    /**
     * The server could not be asked.
     *
     * @param reason one line for the client
     */
    record Later(String reason) implements Entry {}

    /**
     * Likewise, for want of a connection.
     *
     * @param reason one line for the client
     */
    record NotAsked(String reason) implements Entry {}
  }

  private Upstream(
      UpstreamSettings settings,
      ServerPools pools,
      LoginMemory<UpstreamAccount> logins,
      Spools spools) {
    this.settings = settings;
    this.pools = pools;
    this.logins = logins;
    this.spools = spools;
  }

  /** Without a connection yet. */
  static Upstream open(UpstreamSettings settings, GatewayTerms terms, Duration loginMemory)
      throws IOException {
    ServerTraits traits = new ServerTraits();
    traits.writesNamesIn(NameCoding.UTF_8); // Names are passed on octet by octet.
    ServerPools pools =
        ServerPools.open(
            new ServerPools.Settings(
                settings.server(),
                settings.limits(),
                WhenUnreachable.TELL,
                settings.idle(),
                terms.limits(),
                terms.neighbours()),
            traits);
    boolean isOpen = false;
    try {
      Spools spools = Spools.open(settings, terms, pools);
      isOpen = true;
      return new Upstream(settings, pools, new LoginMemory<>(loginMemory), spools);
    } finally {
      if (!isOpen) {
        pools.close();
      }
    }
  }

  /** What of its files may lie here. */
  Spools spools() {
    return spools;
  }

  String name() {
    return settings.name();
  }

  /** As people write it: {@code ftp.example.com}. */
  String host() {
    return settings.server().host();
  }

  /** As people write it: {@code ftp.example.com:21}. */
  String place() {
    return settings.server().server();
  }

  /** What the server says that it can do, once somebody has logged in. */
  Optional<Features> features() {
    return Optional.ofNullable(features);
  }

  UpstreamSettings.Pooling pooling() {
    return settings.pooling();
  }

  /**
   * Logs in: by memory where the server has taken this password lately, else at the server. While
   * one thread asks the server, others with the same user and password wait for what it says.
   *
   * @param deadline for the wait for a connection
   */
  Entry enter(String user, String password, Deadline deadline)
      throws IOException, InterruptedException {
    LoginMemory.Known<UpstreamAccount> known = logins.begin(user, password, deadline);
    return switch (known) {
      case LoginMemory.Known.Right<UpstreamAccount>(UpstreamAccount account) ->
          new Entry.In(account);
      case LoginMemory.Known.Wrong<UpstreamAccount> wrong -> new Entry.Refused("wrong-password");
      case LoginMemory.Known.NotNow<UpstreamAccount>(String reason) -> new Entry.Later(reason);
      case LoginMemory.Known.TooLate<UpstreamAccount> late -> later("is still judging this login");
      case LoginMemory.Known.Unknown<UpstreamAccount>(LoginMemory<UpstreamAccount>.Trial trial) -> {
        try (trial) {
          yield ask(trial, user, password, deadline);
        }
      }
    };
  }

  /** Who has files to be delivered by this login is known, though the server be away. */
  private Entry ask(
      LoginMemory<UpstreamAccount>.Trial trial, String user, String password, Deadline deadline)
      throws IOException, InterruptedException {
    Optional<SpoolAccount> kept = spools.uploads().flatMap(it -> it.known(user, password));
    Entry entry =
        askServer(trial, user, password, kept.isPresent() ? deadline.atMost(KNOWN_WAIT) : deadline);
    return entry instanceof Entry.NotAsked && kept.isPresent()
        ? new Entry.In(account(kept.get()))
        : entry;
  }

  private Entry askServer(
      LoginMemory<UpstreamAccount>.Trial trial, String user, String password, Deadline deadline)
      throws IOException, InterruptedException {
    Login login;
    ConnectionPool pool;
    try {
      login = new Login(user, new Secret(password));
      pool = pools.pool(login);
    } catch (IllegalArgumentException e) {
      return new Entry.Refused("no-login"); // No server could be told such a name.
    }
    Leasing leasing = pool.prove(user, deadline);
    return switch (leasing) {
      case Leasing.Leased(Lease lease) -> entered(trial, login, pool, lease);
      case Leasing.Refused refused -> refused(trial, refused.refusal());
      case Leasing.TimedOut late -> {
        LOG.log(
            Level.INFO,
            "event=login-not-tried upstream={0} why=\"{1}\"",
            name(),
            late.explanation());
        yield notAsked("has no connection free");
      }
      case Leasing.Unreachable unreachable -> {
        LOG.log(
            Level.INFO,
            "event=login-not-tried upstream={0} why=\"{1}\"",
            name(),
            unreachable.reason());
        yield notAsked("cannot be reached");
      }
      case Leasing.Closed closed -> later("is not to be had: the gateway ends");
    };
  }

  private Entry notAsked(String why) {
    return new Entry.NotAsked(name() + " " + why + ": try again later.");
  }

  private Entry later(String why) {
    return new Entry.Later(name() + " " + why + ": try again later.");
  }

  private Entry entered(
      LoginMemory<UpstreamAccount>.Trial trial, Login login, ConnectionPool pool, Lease lease) {
    try (lease) {
      UpstreamAccount account = account(login, pool, lease.connection());
      trial.right(account);
      spools.uploads().ifPresent(it -> it.letIn(account));
      return new Entry.In(account);
    } catch (IOException e) {
      // It took the password, and then did not tell its folder or system.
      LOG.log(Level.WARNING, "event=upstream-unfit upstream=" + name(), e);
      return later("took the login, and said nothing of use after it");
    }
  }

  /** Only what speaks of the login is held against it. */
  private Entry refused(LoginMemory<UpstreamAccount>.Trial trial, Refusal refusal) {
    String words = Words.oneLine(refusal.words());
    LOG.log(
        Level.INFO,
        "event=upstream-login-refused upstream={0} words=\"{1}\"",
        name(),
        words.replace('"', '\''));
    if (refusal instanceof Refusal.LoginFailure) {
      trial.wrong();
      return new Entry.Refused("refused-by-upstream");
    }
    String reason = name() + " lets nobody in with this login just now: " + words;
    trial.notNow(reason);
    return new Entry.Later(reason);
  }

  /** The server does not let it in any more: the next login asks anew. */
  void forget(UpstreamAccount account) {
    logins.forget(account);
  }

  private UpstreamAccount account(SpoolAccount kept) {
    return new UpstreamAccount(
        this,
        kept.login().user(),
        kept.login().password(),
        pools.pool(kept.login()),
        kept.loginFolder(),
        kept.features(),
        kept.system());
  }

  private UpstreamAccount account(Login login, ConnectionPool pool, FtpConnection connection)
      throws IOException {
    features = connection.features();
    return new UpstreamAccount(
        this,
        login.user(),
        login.password(),
        pool,
        connection.passage().folder(),
        connection.features(),
        connection.passage().pass(SYSTEM));
  }

  @Override
  public void close() throws IOException {
    try {
      spools.close();
    } finally {
      pools.close();
    }
  }
}
