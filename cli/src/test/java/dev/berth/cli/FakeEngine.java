package dev.berth.cli;

import dev.berth.dialects.ListingLine;
import dev.berth.transfer.FileResult;
import dev.berth.transfer.JobSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Remembers what it was asked for, tells what it was told to tell, and ends as it was told. */
final class FakeEngine implements Engine {
  static final JobReport ALL_DONE =
      new JobReport(
          new Ending.Done(),
          new JobSummary(2, 0, 1, 2048, 0),
          1,
          Duration.ofMillis(1500),
          new Allowance.Of(2, "stated by the server just now"));

  final List<Job> jobs = new ArrayList<>();
  final List<Listing> listings = new ArrayList<>();
  final List<Probe> probes = new ArrayList<>();
  private final JobReport end;
  private final List<FileResult> results;
  private final List<ListingLine> lines;

  private FakeEngine(JobReport end, List<FileResult> results, List<ListingLine> lines) {
    this.end = end;
    this.results = results;
    this.lines = lines;
  }

  static FakeEngine ending(JobReport end, FileResult... results) {
    return new FakeEngine(end, List.of(results), List.of());
  }

  static FakeEngine ending(Ending ending) {
    return ending(
        new JobReport(
            ending, new JobSummary(2, 1, 0, 0, 0), 0, Duration.ZERO, new Allowance.Unknown()));
  }

  static FakeEngine listing(ListingLine... lines) {
    return new FakeEngine(ALL_DONE, List.of(), List.of(lines));
  }

  @Override
  public JobReport run(Job job, Reporter reporter) {
    jobs.add(job);
    reporter.dialogue("> USER ann");
    reporter.noted("the server allows 2 connections");
    results.forEach(reporter::finished);
    return end;
  }

  @Override
  public Ending list(Listing listing, Consumer<ListingLine> taker, Reporter reporter) {
    listings.add(listing);
    lines.forEach(taker);
    return end.ending();
  }

  @Override
  public Ending probe(Probe probe, Consumer<ProbeReport> found, Reporter reporter) {
    probes.add(probe);
    return end.ending();
  }
}
