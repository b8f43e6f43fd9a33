package dev.berth.session;

import dev.berth.admission.Admission;
import dev.berth.admission.Attendance;
import dev.berth.admission.GuardRules;
import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.LoginGuard;
import dev.berth.admission.Rules;
import dev.berth.lifetime.SteadyClock;
import dev.berth.session.ListenerSettings.TlsUse;
import dev.berth.testkit.Await;
import dev.berth.testkit.RawClient;
import dev.berth.transport.Identity;
import dev.berth.transport.Tls;
import dev.berth.transport.TlsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A front on loopback with {@link MemoryBackend} behind it. */
final class ServerUnderTest implements AutoCloseable {
  /** For all tests: a key takes its time. */
  static final Identity IDENTITY =
      Identity.selfSigned("localhost", Instant.now(), Duration.ofDays(1));

  final MemoryBackend backend = new MemoryBackend();
  final Admission admission;
  final Front front;

  /** What is to be tested; changed before the start. */
  static final class Setup {
    private Rules rules = unlimited();
    private GuardRules guard = GuardRules.standard();
    private FrontSettings settings = FrontSettings.usual();
    private TlsUse tls = TlsUse.OFFERED;
    private Set<Tls.Version> versions = EnumSet.allOf(Tls.Version.class);
    private Predicate<InetAddress> proxies = any -> false;
    private Duration lineEvery = Anteroom.LINE_EVERY;
    private Optional<Backend> behind = Optional.empty();

    Setup rules(Rules other) {
      rules = other;
      return this;
    }

    Setup guard(GuardRules other) {
      guard = other;
      return this;
    }

    Setup settings(FrontSettings other) {
      settings = other;
      return this;
    }

    Setup timers(Timers other) {
      settings = settings.with(other);
      return this;
    }

    Setup tls(TlsUse other) {
      tls = other;
      return this;
    }

    Setup versions(Set<Tls.Version> others) {
      versions = others;
      return this;
    }

    Setup proxies(Predicate<InetAddress> other) {
      proxies = other;
      return this;
    }

    Setup lineEvery(Duration other) {
      lineEvery = other;
      return this;
    }

    /** In place of {@link #backend}. */
    Setup behind(Backend other) {
      behind = Optional.of(other);
      return this;
    }

    ServerUnderTest start() throws IOException {
      return new ServerUnderTest(this);
    }
  }

  private ServerUnderTest(Setup setup) throws IOException {
    admission = new Admission(setup.rules, SteadyClock.startingNow());
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
    front =
        Front.open(
            List.of(new ListenerSettings("main", address, setup.tls, setup.proxies)),
            List.of(ServerSocketChannel.open().bind(address, 1024)),
            setup.settings,
            setup.behind.orElse(backend),
            admission,
            new LoginGuard(setup.guard, SteadyClock.startingNow()),
            Optional.of(TlsServer.of(IDENTITY, setup.versions)),
            setup.lineEvery);
  }

  static Setup setup() {
    return new Setup();
  }

  static ServerUnderTest start() throws IOException {
    return setup().start();
  }

  /** No limit that a test meets. */
  static Rules unlimited() {
    return Rules.standard().withConnections(Map.of(LimitScope.SERVER, Limit.refusing(100_000)));
  }

  InetSocketAddress address() throws IOException {
    return front.addresses().getFirst();
  }

  /** One who has the greeting. */
  RawClient client() throws IOException {
    RawClient client = RawClient.connect(address());
    client.expect("220");
    return client;
  }

  /** One who is logged in, in type I. */
  RawClient alice() throws IOException {
    RawClient client = RawClient.loggedIn(address(), "alice", "secret");
    client.say("TYPE I\r\n").expect("200");
    return client;
  }

  /** Waits until nobody is in. */
  void awaitNobody() {
    awaitNobodyBut(0);
  }

  /** Waits until so many are in. */
  void awaitNobodyBut(int count) {
    Await.until(
        Duration.ofSeconds(10),
        () -> "nobody is in but " + count + ": " + admission.attendance(),
        () -> admission.attendance().present().size() == count);
  }

  /** Waits until a transfer is under way. */
  void awaitTransfer() {
    Await.until(
        Duration.ofSeconds(10),
        "a transfer is under way",
        () ->
            admission.attendance().present().stream().anyMatch(Attendance.Present::isTransferring));
  }

  @Override
  public void close() throws IOException {
    front.close();
  }
}
