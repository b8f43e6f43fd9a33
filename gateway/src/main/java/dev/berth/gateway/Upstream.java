package dev.berth.gateway;

import dev.berth.client.FtpConnection;
import dev.berth.client.Login;
import dev.berth.client.Passage;
import dev.berth.client.ReplyException;
import dev.berth.client.Secret;
import dev.berth.client.ServerTraits;
import dev.berth.dialects.Refusal;
import dev.berth.lifetime.Deadline;
import dev.berth.limits.PlaceState;
import dev.berth.limits.Share;
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
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One server behind the gateway: its connections under one budget, and who has logged in to it.
 * Opened and closed by {@link Gateway}; any thread may call it.
 */
final class Upstream implements Closeable {
  private static final Logger LOG = System.getLogger(Upstream.class.getName());

  /** A short command waits 10 s at the most, and may have to close another account's connection. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** A password of the settings is the operator's word: it holds until the server refuses it. */
  private static final Duration OF_SETTINGS = Duration.ofDays(3650);

  private static final String KEPT_OUT =
      "does not let this gateway in, and its operator has been told";
  private static final Command SYSTEM = Command.of("SYST");

  /**
   * Of a server that is away it is believed what it said before: its client shall not wait long.
   */
  static final Duration KNOWN_WAIT = Duration.ofSeconds(3);

  private final UpstreamSettings settings;
  private final ServerPools pools;
  private final LoginMemory<UpstreamAccount> logins;
  private final Tally tally;
  private final @Nullable OwnUsers own; // none where users are the server's
  private final Spools spools;
  private final StallWatch stalls;
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
      Spools spools,
      StallWatch stalls,
      Tally tally,
      @Nullable OwnUsers own) {
    this.stalls = stalls;
    this.tally = tally;
    this.settings = settings;
    this.pools = pools;
    this.logins = logins;
    this.spools = spools;
    this.own = own;
  }

  /**
   * Without a connection yet.
   *
   * @param loginMemory so long a client's password is believed that the server took
   * @param passwords judges those of the gateway's own users
   * @param givingWay when a transfer that moves nothing makes room for others
   * @throws IOException if the folder of a spool cannot be used
   */
  static Upstream open(
      UpstreamSettings settings,
      GatewayTerms terms,
      Duration loginMemory,
      PasswordCheck passwords,
      GivingWay givingWay)
      throws IOException {
    TurnSettings turns = settings.turns();
    ServerTraits traits = new ServerTraits();
    traits.writesNamesIn(NameCoding.UTF_8); // Names are passed on octet by octet.
    ServerPools pools =
        ServerPools.open(
            new ServerPools.Settings(
                settings.server(),
                settings.limits().forMany(turns.reserve(), PATIENCE, turns.queue()),
                WhenUnreachable.TELL,
                settings.idle(),
                terms.limits(),
                terms.neighbours()),
            traits);
    boolean isOpen = false;
    try {
      @Nullable OwnUsers own =
          switch (settings.clients().logins()) {
            case Logins.PassThrough through -> null;
            case Logins.Mapped mapped -> new OwnUsers(mapped, passwords);
          };
      LoginMemory<UpstreamAccount> logins =
          new LoginMemory<>(own == null ? loginMemory : OF_SETTINGS);
      Spools spools = spools(settings, terms, pools, logins);
      isOpen = true;
      Tally tally = new Tally();
      StallWatch stalls =
          StallWatch.start(
              settings.name(),
              () -> pools.pressure(GivingWay.WORTH_GIVING_WAY),
              givingWay,
              tally.gaveWay::increment);
      return new Upstream(settings, pools, logins, spools, stalls, tally, own);
    } finally {
      if (!isOpen) {
        pools.close();
      }
    }
  }

  /** A login that is refused for a delivery is asked anew when somebody comes with it. */
  private static Spools spools(
      UpstreamSettings settings,
      GatewayTerms terms,
      ServerPools pools,
      LoginMemory<UpstreamAccount> logins)
      throws IOException {
    return Spools.open(
        settings,
        terms,
        pools,
        refused ->
            logins.forget(it ->
                it.user().equals(refused.user()) && it.password().equals(refused.password())));
  }

  /** What of its files may lie here. */
  Spools spools() {
    return spools;
  }

  /** Who looks whether its transfers move. */
  StallWatch stalls() {
    return stalls;
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

  /** Whether as many wait for a connection as may. */
  boolean isFull() {
    return pools.isQueueFull();
  }

  /**
   * What is due to a client: of its own users each is a client of the account that it stands for.
   */
  Share share(String user, InetAddress client) {
    return own == null
        ? settings.turns().share(user, client)
        : settings.turns().shareOfOwn(user, client);
  }

  /** What is counted of it. */
  Tally tally() {
    return tally;
  }

  /** Its connections. */
  ServerPools pools() {
    return pools;
  }

  /** What becomes of a SITE command that may leave something behind. */
  ClientSettings.Site site() {
    return settings.clients().site();
  }

  UpstreamSettings.Pooling pooling() {
    return settings.pooling();
  }

  /**
   * From now on these are the gateway's own users, if it has any: unless anything else has changed,
   * for a login of another server is not this one's to see.
   */
  void replaceUsers(UpstreamSettings now) {
    if (own != null
        && now.clients().logins() instanceof Logins.Mapped mapped
        && settings.isSameButForUsers(now)) {
      own.replace(mapped);
    }
  }

  /**
   * Lets a user in: of its own the gateway judges the password, all others the server.
   *
   * @param share on whose behalf
   * @param deadline for the wait for a connection
   */
  Entry enter(String user, String password, Share share, Deadline deadline)
      throws IOException, InterruptedException {
    Entry entry = judge(user, password, share, deadline);
    if (!(entry instanceof Entry.In)) {
      tally.loginsRefused.increment();
    }
    return entry;
  }

  private Entry judge(String user, String password, Share share, Deadline deadline)
      throws IOException, InterruptedException {
    if (own == null) {
      return logIn(user, password, share, deadline);
    }
    return switch (own.judge(user, password)) {
      case OwnUsers.Judged.Wrong(String reason) -> new Entry.Refused(reason);
      case OwnUsers.Judged.Right(Login login) ->
          switch (logIn(login.user(), login.password().reveal(), share, deadline)) {
            case Entry.In in -> in;
            case Entry.Refused refused -> later(KEPT_OUT);
            case Entry.Later later -> later;
            case Entry.NotAsked later -> later;
          };
    };
  }

  /**
   * Logs in: by memory where the server has taken this password lately, else at the server. While
   * one thread asks the server, others with the same user and password wait for what it says.
   */
  private Entry logIn(String user, String password, Share share, Deadline deadline)
      throws IOException, InterruptedException {
    LoginMemory.Known<UpstreamAccount> known = logins.begin(user, password, deadline);
    return switch (known) {
      case LoginMemory.Known.Right<UpstreamAccount>(UpstreamAccount account) -> {
        tally.loginsByMemory.increment();
        yield new Entry.In(account);
      }
      case LoginMemory.Known.Wrong<UpstreamAccount> wrong -> new Entry.Refused("wrong-password");
      case LoginMemory.Known.NotNow<UpstreamAccount>(String reason) -> new Entry.Later(reason);
      case LoginMemory.Known.TooLate<UpstreamAccount> late -> later("is still judging this login");
      case LoginMemory.Known.Unknown<UpstreamAccount>(LoginMemory<UpstreamAccount>.Trial trial) -> {
        try (trial) {
          yield ask(trial, user, password, share, deadline);
        }
      }
    };
  }

  /** Who has files to be delivered by this login is known, though the server be away. */
  private Entry ask(
      LoginMemory<UpstreamAccount>.Trial trial,
      String user,
      String password,
      Share share,
      Deadline deadline)
      throws IOException, InterruptedException {
    Optional<SpoolAccount> kept = spools.uploads().flatMap(it -> it.known(user, password));
    Entry entry =
        askServer(
            trial,
            user,
            password,
            share,
            kept.isPresent() ? deadline.atMost(KNOWN_WAIT) : deadline);
    if (kept.isEmpty() || !(entry instanceof Entry.NotAsked)) {
      return entry;
    }
    return isAway()
        ? new Entry.In(account(kept.get()))
        : askServer(trial, user, password, share, deadline);
  }

  /** Not merely busy: nobody has a connection that works. */
  boolean isAway() {
    return pools.budget().holders().stream()
        .noneMatch(it -> it.state() == PlaceState.LEASED || it.state() == PlaceState.IDLE);
  }

  private Entry askServer(
      LoginMemory<UpstreamAccount>.Trial trial,
      String user,
      String password,
      Share share,
      Deadline deadline)
      throws IOException, InterruptedException {
    Login login;
    ConnectionPool pool;
    try {
      login = new Login(user, new Secret(password));
      pool = pools.pool(login);
    } catch (IllegalArgumentException e) {
      return new Entry.Refused("no-login"); // No server could be told such a name.
    }
    Leasing leasing = pool.prove("a login", share, deadline);
    return switch (leasing) {
      case Leasing.Leased(Lease lease) -> entered(trial, login, pool, lease);
      case Leasing.Refused refused -> refused(trial, user, refused.refusal());
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
      tally.loginsAtServer.increment();
      if (account.loginFolder() instanceof UpstreamAccount.LoginFolder.Told) {
        spools.uploads().ifPresent(it -> it.letIn(account));
      }
      return new Entry.In(account);
    } catch (IOException e) {
      // It took the password, and then did not tell its folder or system.
      LOG.log(Level.WARNING, "event=upstream-unfit upstream=" + name(), e);
      return later("took the login, and said nothing of use after it");
    }
  }

  /** Only what speaks of the login is held against it. */
  private Entry refused(LoginMemory<UpstreamAccount>.Trial trial, String user, Refusal refusal) {
    tell(user, Words.oneLine(refusal.words()).replace('"', '\''));
    if (refusal instanceof Refusal.LoginFailure) {
      trial.wrong();
      return new Entry.Refused("refused-by-upstream");
    }
    String reason = name() + " lets nobody in with this login just now" + told(refusal);
    trial.notNow(reason);
    return new Entry.Later(reason);
  }

  private void tell(String user, String words) {
    if (own == null) {
      LOG.log(Level.INFO, "event=upstream-login-refused upstream={0} words=\"{1}\"", name(), words);
    } else {
      LOG.log(
          Level.WARNING,
          "event=upstream-account-refused upstream={0} user=\"{1}\" words=\"{2}\"",
          name(),
          user,
          words);
    }
  }

  /**
   * What clients are told of why the server lets nobody in, behind what they are told of that. Its
   * words may name an account, which is the client's own, or none of its business.
   */
  String told(Refusal refusal) {
    return own == null ? ": " + Words.oneLine(refusal.words()) : ".";
  }

  /** The server does not let it in any more: the next login asks anew. */
  void forget(UpstreamAccount account) {
    logins.forget(account::equals);
  }

  private UpstreamAccount account(SpoolAccount kept) {
    return new UpstreamAccount(
        this,
        kept.login().user(),
        kept.login().password(),
        pools.pool(kept.login()),
        new UpstreamAccount.LoginFolder.Told(kept.loginFolder()),
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
        folder(connection.passage()),
        connection.features(),
        connection.passage().pass(SYSTEM));
  }

  private static UpstreamAccount.LoginFolder folder(Passage passage) throws IOException {
    try {
      return new UpstreamAccount.LoginFolder.Told(passage.folder());
    } catch (ReplyException e) {
      if (e.reply().isPermanentNegative()) {
        return new UpstreamAccount.LoginFolder.Untold();
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try (stalls) {
      spools.close();
    } finally {
      pools.close();
    }
  }
}
