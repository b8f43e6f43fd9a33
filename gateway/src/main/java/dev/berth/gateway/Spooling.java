package dev.berth.gateway;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What of one upstream's files lies on the gateway's disk for a time.
 *
 * @param what which way
 * @param place where
 * @param mostBytes the most of one download that is taken ahead of its client; more than zero
 * @param roomBytes all that may lie there at once; more than zero
 * @param alarm after so long without a delivery the operator is told; more than zero
 */
public record Spooling(What what, Place place, long mostBytes, long roomBytes, Duration alarm) {
  public static final long MOST_BYTES = 16L << 20;
  public static final long ROOM_BYTES = 1L << 30;

  /** Longer than a server takes to be started again. */
  public static final Duration ALARM = Duration.ofMinutes(15);

  /** Which way files go that may lie here. */
  public enum What {
    /** None: all bytes pass from connection to connection. */
    OFF,
    /**
     * Those of clients slower than the server, while others wait. They never outlive the client.
     */
    DOWNLOADS,
    /** All that are stored: they are taken at once, and delivered later. */
    UPLOADS,
    BOTH
  }

  /** Where it lies. */
  public sealed interface Place {
    /** Beside what the gateway has learned. */
    record Usual() implements Place {}

    /** Below a folder. */
    record Folder(Path path) implements Place {}
  }

  public Spooling {
    if (mostBytes <= 0 || roomBytes <= 0) {
      throw new IllegalArgumentException("a spool has room for something");
    }
    if (alarm.isNegative() || alarm.isZero()) {
      throw new IllegalArgumentException("an alarm comes after some time: " + alarm);
    }
  }

  /**
   * Downloads alone: nobody is told that a file is stored before the server has it, unless the
   * operator wants it so.
   */
  public static Spooling usual() {
    return new Spooling(What.DOWNLOADS, new Place.Usual(), MOST_BYTES, ROOM_BYTES, ALARM);
  }

  boolean ofDownloads() {
    return what == What.DOWNLOADS || what == What.BOTH;
  }

  boolean ofUploads() {
    return what == What.UPLOADS || what == What.BOTH;
  }
}
