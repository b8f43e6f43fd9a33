package dev.berth.cli;

import dev.berth.pool.Leasing;
import dev.berth.pool.Maintenance;
import dev.berth.pool.ServerProbe;
import dev.berth.pool.ServerProfile;
import dev.berth.transfer.JobEnd;
import dev.berth.transfer.JobSummary;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** One run of {@code berth probe}: wires it, remembers what it found, says how it ended. */
final class ProbeRun {
  private static final JobSummary NOTHING_MOVED = new JobSummary(0, 0, 0, 0, 0);

  private final Probe probe;
  private final Consumer<ProbeReport> found;
  private final Reporter reporter;

  ProbeRun(Probe probe, Consumer<ProbeReport> found, Reporter reporter) {
    this.probe = probe;
    this.found = found;
    this.reporter = reporter;
  }

  Ending run() throws InterruptedException {
    try (Dialogue _ = Dialogue.shown(probe.terms(), reporter);
        ServerAccess access = ServerAccess.toFindOut(probe.server(), probe.terms(), reporter);
        Maintenance _ = access.maintenance()) {
      ServerProbe prober =
          new ServerProbe(
              access.pool(),
              access.inTls12(),
              probe.server().login(),
              probe.place(),
              probe.settings(),
              what -> reporter.noted("probe: " + what));
      return switch (prober.run()) {
        case ServerProbe.Outcome.Done done -> done(access, done);
        case ServerProbe.Outcome.NoConnection none -> none(access, none.why());
      };
    } catch (IOException e) {
      return EndingWords.of(e, probe.server());
    }
  }

  private Ending done(ServerAccess access, ServerProbe.Outcome.Done done) {
    found.accept(new ProbeReport(probe.server(), done.profile(), changes(access, done.profile())));
    return done.shortfall().isEmpty()
        ? new Ending.Done()
        : new Ending.Incomplete(probe.server().place() + ": " + done.shortfall());
  }

  private List<ProbeReport.Change> changes(ServerAccess access, ServerProfile profile) {
    try {
      return new ProfileMemory(probe.terms().stateFolder().resolve("profiles"))
          .remember(access.name(), profile);
    } catch (IOException e) {
      reporter.noted("what was found cannot be kept: " + Failures.describe(e));
      return List.of();
    }
  }

  private Ending none(ServerAccess access, Leasing why) {
    JobEnd end =
        switch (why) {
          case Leasing.Refused refused ->
              new JobEnd.TurnedAway(NOTHING_MOVED, refused.refusal(), refused.phase());
          case Leasing.TimedOut late -> new JobEnd.NoConnection(NOTHING_MOVED, late.explanation());
          case Leasing.Unreachable none -> new JobEnd.NoConnection(NOTHING_MOVED, none.reason());
          case Leasing.Closed _ -> new JobEnd.NoConnection(NOTHING_MOVED, "the pool was closed");
          case Leasing.Leased _ -> throw new IllegalStateException("a lease is a connection");
        };
    return new EndingWords(access, new Outcomes(reporter), Deed.STAT).of(end);
  }
}
