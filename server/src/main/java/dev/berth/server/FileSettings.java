package dev.berth.server;

import java.time.Duration;

/**
 * How files are kept.
 *
 * @param links what is done about symbolic links
 * @param sync when files are forced to the disk
 * @param partLife how long what has come of a cut upload is kept for the client to go on
 */
public record FileSettings(Links links, Sync sync, Duration partLife) {
  /** Links are followed inside, files are forced at their end, parts stay for a day. */
  public static final FileSettings USUAL =
      new FileSettings(Links.FOLLOW_INSIDE, Sync.AT_KEEP, Duration.ofDays(1));

  public FileSettings {
    if (partLife.isNegative()) {
      throw new IllegalArgumentException("a part cannot live " + partLife);
    }
  }
}
