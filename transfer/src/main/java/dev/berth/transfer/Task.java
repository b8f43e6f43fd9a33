package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import java.io.IOException;

/**
 * One piece of a job that needs a connection, and may be done again on another one. A {@link Crew}
 * runs it; one thread at a time has it.
 */
interface Task {
  /** What is left to do once the task's first commands are on their way. */
  interface Step {
    /** Does it, to the end. */
    void run() throws IOException;
  }

  /**
   * Begins on a connection. Commands may be sent ahead here, replies are read in the step.
   *
   * @throws IOException as the step does
   */
  Step begin(FtpConnection connection) throws IOException;

  /**
   * Whether so little is moved that the next task may be begun behind it on the same connection.
   */
  default boolean isBrief() {
    return false;
  }

  /**
   * The most bytes that ever were done and need not be moved again: an attempt after which there
   * are more was not in vain.
   */
  default long progress() {
    return 0;
  }

  /** It is given up. That no connection was to be had is told by the job as a whole, too. */
  void failed(FileResult.Cause cause, String reason);
}
