package dev.berth.daemon;

import dev.berth.transport.Identity;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code berth serve} and {@code berth gateway}: a server from its start to its end. It takes over
 * the signals and the log of the process. Confined to one thread, but for what it says itself.
 */
public final class Daemon {
  private static final Logger LOG = System.getLogger(Daemon.class.getName());
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  private final RunningServer server;
  private final Supervisor supervisor;

  private Daemon(RunningServer server, Supervisor supervisor) {
    this.server = server;
    this.supervisor = supervisor;
  }

  /**
   * Looks whether a server could be started: reads everything, and starts nothing.
   *
   * @throws FaultySettings naming every fault
   */
  public static void check(ServeRequest request, ServeTerms terms) throws FaultySettings {
    Loaded.load(request, terms, InstantSource.system().instant(), List.of());
  }

  /**
   * Serves until a signal ends it. Blocks as long.
   *
   * @param err takes a line {@code listening on HOST:PORT} for each listener, and the log
   * @param environment of the process
   * @throws FaultySettings naming every fault; nothing was started
   * @throws IOException if an address cannot be listened on; likewise
   */
  public static void serve(
      ServeRequest request, ServeTerms terms, PrintStream err, Map<String, String> environment)
      throws FaultySettings, IOException, InterruptedException {
    Signals signals = Signals.heard();
    LogLines.to(err, terms.logLevel());
    InstantSource clock = InstantSource.system();
    try (RunningServer server = RunningServer.open(request, terms, clock);
        ProcessNumber _ = ProcessNumber.written(server.reception().pidFile());
        Upkeep _ = Upkeep.start(server::maintain, clock)) {
      for (InetSocketAddress address : server.addresses()) {
        err.println("listening on " + Doors.shown(address));
      }
      try (Operators _ = Operators.of(server, terms, () -> signals.wish(Signals.Wish.RELOAD))) {
        new Daemon(server, Supervisor.of(environment)).run(signals);
      }
    }
  }

  private void run(Signals signals) throws IOException, InterruptedException {
    if (!signals.hearsHangup()) {
      LOG.log(Level.WARNING, "event=hangup-ignored");
    }
    LOG.log(
        Level.INFO,
        "event=started pid="
            + ProcessHandle.current().pid()
            + " listeners="
            + server.addresses().size()
            + " "
            + server.summary()
            + " certificate="
            + certificate());
    supervisor.isReady("serving");
    Signals.@org.jspecify.annotations.Nullable Wish wish = null;
    while (wish != Signals.Wish.END) {
      wish = signals.await(LOOK_EVERY.toNanos());
      if (wish == null) {
        lookAtCertificate();
      } else if (wish == Signals.Wish.RELOAD) {
        reload();
      }
    }
    drain();
  }

  private String certificate() {
    Optional<Identity> identity = server.identity();
    return identity.map(Identity::toString).orElse("none");
  }

  private void reload() {
    try {
      List<String> unheard = server.reload();
      LOG.log(Level.INFO, "event=reloaded " + server.summary() + " certificate=" + certificate());
      if (!unheard.isEmpty()) {
        LOG.log(Level.WARNING, "event=needs-restart changed=" + String.join(",", unheard));
      }
    } catch (FaultySettings e) {
      tell("reload-failed", e);
    }
  }

  private void lookAtCertificate() {
    try {
      if (server.noticeCertificate()) {
        LOG.log(Level.INFO, "event=certificate-renewed certificate=" + certificate());
      }
    } catch (FaultySettings e) {
      tell("certificate-failed", e);
    }
  }

  private static void tell(String event, FaultySettings faults) {
    for (String fault : faults.faults()) {
      LOG.log(Level.WARNING, "event=" + event + " fault=" + LogLines.quoted(fault));
    }
  }

  private void drain() throws IOException, InterruptedException {
    Duration within = server.reception().drain();
    LOG.log(Level.INFO, "event=draining within=" + within.toSeconds() + "s");
    supervisor.isEnding("draining");
    boolean haveAllEnded = server.drain();
    LOG.log(Level.INFO, "event=stopped drained=" + haveAllEnded);
  }
}
