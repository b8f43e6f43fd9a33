package dev.berth.cli;

import dev.berth.dialects.ListingLine;
import java.util.function.Consumer;

/** Fails as only a fault of ours can, quoting what it should not. */
final class BrokenEngine implements Engine {
  @Override
  public JobReport run(Job job, Reporter reporter) throws InterruptedException {
    throw new InterruptedException();
  }

  @Override
  public Ending list(Listing listing, Consumer<ListingLine> lines, Reporter reporter) {
    throw new IllegalStateException("broken at ftp://ann:topsecret@h/");
  }

  @Override
  public Ending probe(Probe probe, Consumer<ProbeReport> found, Reporter reporter) {
    throw new IllegalStateException("broken at ftp://ann:topsecret@h/");
  }
}
