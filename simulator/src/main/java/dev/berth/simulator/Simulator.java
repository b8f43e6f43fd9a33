package dev.berth.simulator;

import dev.berth.admission.GuardRules;
import dev.berth.admission.LoginGuard;
import dev.berth.admission.Network;
import dev.berth.admission.Rules;
import dev.berth.lifetime.Closer;
import dev.berth.lifetime.Scope;
import dev.berth.lifetime.SteadyClock;
import dev.berth.server.Account;
import dev.berth.server.FileBackend;
import dev.berth.server.FileSettings;
import dev.berth.server.Links;
import dev.berth.server.Sync;
import dev.berth.session.Front;
import dev.berth.session.FrontSettings;
import dev.berth.session.ListenerSettings;
import dev.berth.session.Timers;
import dev.berth.simulator.SimulatorSettings.Root;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An FTP server that speaks as another one, with faults. Started and closed by its user; any thread
 * may ask.
 */
public final class Simulator implements Closeable {
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
  private static final int BACKLOG = 1024;

  private final SimulatorSettings settings;
  private final Path root;
  private final Front front;
  private final Crowding crowding;
  private final Closer closer;

  private Simulator(
      SimulatorSettings settings, Path root, Front front, Crowding crowding, Closer closer) {
    this.settings = settings;
    this.root = root;
    this.front = front;
    this.crowding = crowding;
    this.closer = closer;
  }

  /**
   * Listens, and serves whoever comes.
   *
   * @throws IOException if the address cannot be listened on, or the files cannot be reached
   */
  public static Simulator start(SimulatorSettings settings) throws IOException {
    Closer closer = new Closer();
    try {
      return start(settings, closer);
    } catch (IOException | RuntimeException e) {
      try (closer) {
        throw e;
      }
    }
  }

  private static Simulator start(SimulatorSettings settings, Closer closer) throws IOException {
    Path root =
        switch (settings.root()) {
          case Root.Given(Path folder) -> folder.toRealPath();
          case Root.Fresh fresh -> fresh(closer);
        };
    Crowding crowding = new Crowding(settings.mask(), settings.faults());
    ServerSocketChannel channel = closer.register(ServerSocketChannel.open());
    channel.bind(settings.listen(), BACKLOG);
    int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    Front front =
        Front.open(
            List.of(ListenerSettings.plain("simulator", settings.listen())),
            List.of(channel),
            frontSettings(settings, crowding, port),
            backend(settings, root),
            crowding.admission(),
            new LoginGuard(neverBanning(), SteadyClock.startingNow()),
            Optional.empty());
    closer.register(front);
    Scope scope = new Scope("simulator", CLOSE_WITHIN);
    closer.register(scope::close);
    scope.fork("limits", crowding::change);
    return new Simulator(settings, root, front, crowding, closer);
  }

  private static Path fresh(Closer closer) throws IOException {
    Path folder = Files.createTempDirectory("berth-simulator-").toRealPath();
    closer.register(() -> remove(folder));
    return folder;
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static FrontSettings frontSettings(
      SimulatorSettings settings, Crowding crowding, int port) {
    MaskFile file = settings.mask().file();
    Duration idle = file.time("idle");
    Duration login = file.time("login");
    for (Fault fault : settings.faults()) {
      if (fault instanceof Fault.IdleTimeout(Duration time)) {
        idle = time;
        login = time;
      }
    }
    Timers timers =
        new Timers(
            login, idle, Timers.NEVER, file.time("stalled"), Timers.NEVER, file.time("data"));
    return FrontSettings.usual()
        .with(timers)
        .with(
            new MaskManner(
                settings.mask(), crowding, new ControlFaults(settings.faults()), idle, port));
  }

  private static FaultyBackend backend(SimulatorSettings settings, Path root) {
    Account account = Account.of(settings.user(), settings.password().text(), root);
    FileSettings files = new FileSettings(Links.FOLLOW_INSIDE, Sync.NEVER, Duration.ofDays(1));
    FileBackend backend =
        new FileBackend(files, (password, hash) -> password.equals(hash), List.of(account));
    return new FaultyBackend(backend, DataFaults.of(settings.faults()));
  }

  /** The masks have their own delays, and none of these servers bans by itself. */
  private static GuardRules neverBanning() {
    return new GuardRules(
        new Rules.PrefixLengths(32, 64),
        List.of(Network.parse("0.0.0.0/0"), Network.parse("::/0")),
        Duration.ofSeconds(1),
        Duration.ofNanos(1),
        Duration.ofNanos(1),
        1_000,
        Duration.ofNanos(1),
        1);
  }

  /** Where it listens. */
  public InetSocketAddress address() throws IOException {
    return front.addresses().getFirst();
  }

  /** The host, as digits. */
  public String host() throws IOException {
    return address().getAddress().getHostAddress();
  }

  /** The port of control connections. */
  public int port() throws IOException {
    return address().getPort();
  }

  /** The folder that is its user's {@code /}: files can be put and looked at there. */
  public Path root() {
    return root;
  }

  /** The name of its one user. */
  public String user() {
    return settings.user();
  }

  /** The password of its one user. */
  public String password() {
    return settings.password().text();
  }

  /** As whom it speaks. */
  public Mask mask() {
    return settings.mask();
  }

  /** How many sessions it counts now, ghosts too. */
  public int sessions() {
    return crowding.size();
  }

  /** Ends all sessions at once; files of its own are deleted. */
  @Override
  public void close() throws IOException {
    closer.close();
  }
}
