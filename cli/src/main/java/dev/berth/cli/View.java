package dev.berth.cli;

import dev.berth.transfer.JobProgress;
import java.util.List;

/**
 * A job at one instant, as the display shows it.
 *
 * @param progress how far it is
 * @param connections how many are open
 * @param allowance how many may be
 * @param waits what it waits for, a sentence each; empty while everything moves
 */
record View(JobProgress progress, int connections, Allowance allowance, List<String> waits) {
  View {
    waits = List.copyOf(waits);
  }
}
