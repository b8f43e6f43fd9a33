package dev.berth.cli;

import dev.berth.dialects.ListingLine;
import java.util.function.Consumer;

/**
 * Does on servers what commands ask for. All that a network or a disk can do wrong is an {@link
 * Ending}; what is thrown otherwise is a fault of ours. An interrupt ends the work, leaves nothing
 * half behind, and comes out as {@link InterruptedException}.
 */
interface Engine {
  /**
   * Moves files. Blocks until the job has ended.
   *
   * @param reporter hears of every file's end before this returns
   */
  JobReport run(Job job, Reporter reporter) throws InterruptedException;

  /**
   * Lists a folder, or the one file that the location names. Blocks until the listing has ended.
   *
   * @param lines takes each line, in the server's order, one call at a time
   */
  Ending list(Listing listing, Consumer<ListingLine> lines, Reporter reporter)
      throws InterruptedException;

  /**
   * Finds out what a server can do and allows. Blocks until it has ended.
   *
   * @param found takes the profile, if a connection came about
   */
  Ending probe(Probe probe, Consumer<ProbeReport> found, Reporter reporter)
      throws InterruptedException;
}
