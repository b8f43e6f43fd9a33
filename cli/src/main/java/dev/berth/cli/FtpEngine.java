package dev.berth.cli;

import dev.berth.dialects.ListingLine;
import dev.berth.pool.Maintenance;
import dev.berth.transfer.JobEnd;
import dev.berth.transfer.JobSummary;
import dev.berth.transfer.Jobs;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The engine that talks FTP: wires a pool for one server, runs a job on it, and says how it ended.
 */
final class FtpEngine implements Engine {
  /** What is to be done on a server. */
  private interface Work {
    JobEnd run(Jobs jobs) throws IOException, InterruptedException;
  }

  @Override
  public JobReport run(Job job, Reporter reporter) throws InterruptedException {
    Work work =
        switch (job) {
          case Job.Get get -> jobs -> jobs.get(List.of(get.source()), get.target());
          case Job.Put put -> jobs -> jobs.put(put.sources(), put.target(), target(put));
          case Job.MirrorDown down ->
              jobs -> jobs.mirrorDown(down.source(), down.target(), down.mirror());
          case Job.MirrorUp up -> jobs -> jobs.mirrorUp(up.source(), up.target(), up.mirror());
          case Job.Show show -> jobs -> jobs.show(show.sources(), show.target());
          case Job.Stat stat -> jobs -> jobs.stat(stat.places(), stat.found());
          case Job.Remove remove ->
              jobs -> jobs.housekeeping().remove(remove.places(), remove.how());
          case Job.MakeFolders make ->
              jobs -> jobs.housekeeping().makeFolders(make.folders(), make.parents());
          case Job.Rename it ->
              jobs ->
                  jobs.housekeeping().rename(it.sources(), it.target(), it.shape(), it.existing());
        };
    return run(job.server(), job.terms(), job.deed(), reporter, work);
  }

  private static Jobs.Target target(Job.Put put) {
    return put.isIntoFolder() ? Jobs.Target.FOLDER : Jobs.Target.FOLDER_OR_FILE;
  }

  @Override
  public Ending list(Listing listing, Consumer<ListingLine> lines, Reporter reporter)
      throws InterruptedException {
    Work work =
        jobs ->
            jobs.list(
                listing.location(),
                found -> {
                  found
                      .entries()
                      .forEach(entry -> lines.accept(new ListingLine.Entry(entry, List.of())));
                  found.unreadable().forEach(lines);
                });
    return run(listing.server(), listing.terms(), Deed.STAT, reporter, work).ending();
  }

  @Override
  public Ending probe(Probe probe, Consumer<ProbeReport> found, Reporter reporter)
      throws InterruptedException {
    return new ProbeRun(probe, found, reporter).run();
  }

  private static JobReport run(Server server, Terms terms, Deed deed, Reporter reporter, Work work)
      throws InterruptedException {
    try (Dialogue _ = Dialogue.shown(terms, reporter);
        ServerAccess access = new ServerAccess(server, terms, reporter);
        Maintenance _ = access.maintenance()) {
      Outcomes outcomes = new Outcomes(reporter);
      if (deed != Deed.TRANSFER || terms.isDryRun()) {
        Jobs jobs = new Jobs(access.pool(), Wiring.transfer(terms), outcomes);
        return run(jobs, work, access, new EndingWords(access, outcomes, deed), reporter);
      }
      JournalStore.ServerAccount account =
          new JournalStore.ServerAccount(
              server.host() + ":" + server.port(), server.login().user());
      try (JobJournal journal =
          JobJournal.begin(account, terms.words(), terms.stateFolder(), reporter::noted)) {
        Jobs jobs =
            new Jobs(access.pool(), Wiring.transfer(terms), journal.hearing(outcomes), journal);
        try {
          JobReport report =
              run(jobs, work, access, new EndingWords(access, outcomes, deed), reporter);
          journal.ended(report.ending().status(), report.summary());
          return report;
        } catch (InterruptedException e) {
          journal.ended(ExitStatus.INTERRUPTED, jobs.summary());
          throw e;
        }
      }
    }
  }

  private static JobReport run(
      Jobs jobs, Work work, ServerAccess access, EndingWords words, Reporter reporter)
      throws InterruptedException {
    reporter.watch(() -> access.view(jobs.progress()));
    JobSummary summary;
    Ending ending;
    try {
      JobEnd end = work.run(jobs);
      summary = end.summary();
      ending = words.of(end);
    } catch (IOException e) {
      summary = jobs.summary();
      ending = EndingWords.of(e, access.server());
    }
    return new JobReport(
        ending, summary, access.pool().refusals(), access.pool().standstill(), access.allowance());
  }
}
