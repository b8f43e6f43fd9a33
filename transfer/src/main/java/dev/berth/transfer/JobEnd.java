package dev.berth.transfer;

import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;

/** How a job ended. What it moved until then is in the summary in each case. */
public sealed interface JobEnd {
  /** What was moved, and what was not. */
  JobSummary summary();

  /** It did all that it could; the summary tells whether that was everything. */
  record Ended(JobSummary summary) implements JobEnd {}

  /**
   * No connection was to be had within the time given.
   *
   * @param reason who refused with what words, how long was waited, who held the connections
   */
  record NoConnection(JobSummary summary, String reason) implements JobEnd {}

  /**
   * The server does not want these credentials, or us: waiting would change nothing. A password was
   * sent once at the most.
   *
   * @param refusal with the server's words
   * @param phase at what point of the login
   */
  record TurnedAway(JobSummary summary, Refusal refusal, Phase phase) implements JobEnd {}
}
