package dev.berth.interop;

import dev.berth.admission.Admission;
import dev.berth.admission.Attendance;
import dev.berth.admission.GuardRules;
import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.LoginGuard;
import dev.berth.admission.Network;
import dev.berth.admission.Pacing;
import dev.berth.admission.Rules;
import dev.berth.lifetime.SteadyClock;
import dev.berth.server.Account;
import dev.berth.server.FileBackend;
import dev.berth.server.FileSettings;
import dev.berth.session.Backend;
import dev.berth.session.DataSettings;
import dev.berth.session.Front;
import dev.berth.session.FrontSettings;
import dev.berth.session.ListenerSettings;
import dev.berth.testkit.ServerTls;
import dev.berth.transport.Identity;
import dev.berth.transport.TlsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Our own server on loopback, in this process, with what it logs. Its limit of connections of one
 * address is told to nobody.
 */
final class OurServer implements AutoCloseable {
  static final String PASSWORD = Server.PASSWORD;

  /** Refusals come at once: what a storm would be given is another suite's matter. */
  private static final Pacing UNPACED =
      new Pacing(1000, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(10), 0, 0, 10);

  private final Front strict;
  private final Front lenient;
  private final Admission admission;
  private final SessionLog log;

  private OurServer(Front strict, Front lenient, Admission admission, SessionLog log) {
    this.strict = strict;
    this.lenient = lenient;
    this.admission = admission;
    this.log = log;
  }

  /** Whether a data connection in TLS has to resume the session of its control connection. */
  enum Reuse {
    /** As the server is unless set. */
    DEMANDED,
    /** For clients that cannot. */
    FREE
  }

  /** Starts it with as many connections of one address as anybody wants. */
  static OurServer start(Collection<Account> accounts) throws IOException {
    return start(accounts, 1000);
  }

  /** Starts it for the user of all suites, with a limit of connections of one address. */
  static OurServer start(Path root, int limit) throws IOException {
    return start(List.of(Account.of(Server.USER, PASSWORD, root)), limit);
  }

  /** Starts it for the user of all suites, with a limit and what happens there. */
  static OurServer start(Path root, LimitScope scope, Limit limit) throws IOException {
    return start(List.of(Account.of(Server.USER, PASSWORD, root)), scope, limit);
  }

  private static OurServer start(Collection<Account> accounts, int limit) throws IOException {
    return start(accounts, LimitScope.PREFIX, Limit.refusing(limit));
  }

  private static OurServer start(Collection<Account> accounts, LimitScope scope, Limit limit)
      throws IOException {
    return start(new FileBackend(FileSettings.USUAL, String::equals, accounts), scope, limit);
  }

  /** Starts it in front of whatever there is; that is closed by whoever made it. */
  static OurServer start(Backend backend) throws IOException {
    return start(backend, LimitScope.PREFIX, Limit.refusing(10_000));
  }

  private static OurServer start(Backend files, LimitScope scope, Limit limit) throws IOException {
    return start(files, scope, limit, GuardRules.standard());
  }

  /** Starts it in front of whatever there is, and whoever fails to log in may try again at once. */
  static OurServer startUnguarded(Backend backend) throws IOException {
    GuardRules usual = GuardRules.standard();
    GuardRules none =
        new GuardRules(
            usual.prefixes(),
            List.of(Network.parse("127.0.0.1")),
            usual.window(),
            usual.firstDelay(),
            usual.longestDelay(),
            usual.failures(),
            usual.ban(),
            usual.mostPrefixes());
    return start(backend, LimitScope.PREFIX, Limit.refusing(10_000), none);
  }

  private static OurServer start(Backend files, LimitScope scope, Limit limit, GuardRules failures)
      throws IOException {
    SteadyClock clock = SteadyClock.startingNow();
    Rules rules = Rules.standard().withConnections(Map.of(scope, limit)).withPacing(UNPACED);
    // One admission for both, so that no two sessions have one number in the log.
    Admission admission = new Admission(rules, clock);
    LoginGuard guard = new LoginGuard(failures, clock);
    SessionLog log = SessionLog.open();
    Front strict = open(files, admission, guard, Reuse.DEMANDED);
    return new OurServer(strict, open(files, admission, guard, Reuse.FREE), admission, log);
  }

  private static Front open(Backend files, Admission admission, LoginGuard guard, Reuse reuse)
      throws IOException {
    DataSettings usual = DataSettings.usual();
    DataSettings data =
        new DataSettings(
            usual.ports(),
            usual.shownAddress(),
            usual.foreign(),
            reuse == Reuse.DEMANDED,
            usual.closeNotify());
    Identity identity =
        Identity.ofPkcs12(
            Files.readAllBytes(ServerTls.certificate().keyStore()), PASSWORD.toCharArray());
    return Front.open(
        List.of(
            ListenerSettings.plain("four", new InetSocketAddress("127.0.0.1", 0)),
            ListenerSettings.plain("six", new InetSocketAddress("::1", 0))),
        FrontSettings.usual().with(data),
        files,
        admission,
        guard,
        Optional.of(TlsServer.of(identity)));
  }

  /** The port on 127.0.0.1. */
  int port() throws IOException {
    return port(Reuse.DEMANDED);
  }

  /** The port on 127.0.0.1 of one of its two fronts. */
  int port(Reuse reuse) throws IOException {
    return (reuse == Reuse.DEMANDED ? strict : lenient).addresses().getFirst().getPort();
  }

  /** The port on ::1. */
  int port6() throws IOException {
    return strict.addresses().getLast().getPort();
  }

  /** Who is in, and who waits. */
  Attendance attendance() {
    return admission.attendance();
  }

  /** What it logged since its start. */
  SessionLog log() {
    return log;
  }

  @Override
  public void close() throws IOException {
    try (log;
        lenient) {
      strict.close();
    }
  }
}
