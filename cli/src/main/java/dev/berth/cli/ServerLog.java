package dev.berth.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The log of a server within this process. Loaded when there is one: the JDK's logging takes longer
 * than the start of a command.
 */
final class ServerLog {
  /** Kept here, or the JDK would forget its level. */
  private static final Logger LOG = Logger.getLogger("dev.berth.session");

  private ServerLog() {}

  /** What is logged from now on. */
  static void level(Level least) {
    LOG.setLevel(least);
  }
}
