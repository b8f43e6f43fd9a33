package dev.berth.cli;

import java.time.DateTimeException;
import java.time.ZoneId;

/** The time zone of a server's listings. */
sealed interface ServerZone {
  /** Berth finds it out, where the server can tell. */
  record ToFindOut() implements ServerZone {}

  /** The user knows it. */
  record Known(ZoneId zone) implements ServerZone {}

  /**
   * Reads a zone: {@code auto}, {@code Europe/Berlin}, {@code +05:30}, {@code UTC}.
   *
   * @throws IllegalArgumentException when it is none
   */
  static ServerZone parse(String text) {
    if (text.equals("auto")) {
      return new ToFindOut();
    }
    try {
      return new Known(ZoneId.of(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no zone; write auto, UTC, +05:30 or Europe/Berlin", e);
    }
  }
}
