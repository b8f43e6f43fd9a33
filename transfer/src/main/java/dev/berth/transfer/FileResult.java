package dev.berth.transfer;

import java.time.Duration;

/**
 * What became of one file of a job, or of one folder where folders are removed, made or renamed.
 *
 * @param source where it came from: a pathname on the server, or a local one, as shown to people
 * @param target where it went, likewise; empty if it went nowhere
 */
public record FileResult(String source, String target, Outcome outcome) {
  /** How it ended. */
  public sealed interface Outcome {}

  /**
   * It stands whole and checked under its final name, or was shown whole.
   *
   * @param bytes its size
   * @param resumedBytes how many of them were not moved again after an interruption
   * @param took from the first command to the rename
   */
  public record Done(long bytes, long resumedBytes, Duration took) implements Outcome {}

  /** It was removed, made or given another name on the server. */
  public record Changed() implements Outcome {}

  /** It was as wanted already: there with the same size and time, made, or gone. */
  public record Unchanged() implements Outcome {}

  /**
   * It would be moved or removed: the job is a dry run.
   *
   * @param bytes its size
   */
  public record Planned(long bytes) implements Outcome {}

  /** A mirror removed it from its target, as the source has no such thing. */
  public record Deleted() implements Outcome {}

  /**
   * A mirror would remove it.
   *
   * @param isRefused as so much is not to be removed; else the job is a dry run
   */
  public record DeletionPlanned(boolean isRefused) implements Outcome {}

  /**
   * It did not arrive. Nothing stands under its final name that did not stand there before.
   *
   * @param cause what kind of thing went wrong
   * @param reason what was tried, what came back, in words
   */
  public record Failed(Cause cause, String reason) implements Outcome {}

  /** Why a file did not arrive. */
  public enum Cause {
    /** The server said no, or the connection kept breaking. */
    SERVER,
    /** Our own side: a full disk, a folder that may not be written, a file that vanished. */
    LOCAL,
    /** What arrived is not what was sent. */
    VERIFICATION,
    /** No connection was to be had within the time given. */
    NO_CONNECTION
  }
}
