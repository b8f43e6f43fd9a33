package dev.berth.limits;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Another program of this machine that holds a place of a budget, or waits for one: what it says of
 * itself. Immutable.
 *
 * @param program which one
 * @param account for which account, as {@link AccountKey} has it
 * @param doing what it does with the place
 * @param since since when
 * @param places how many places of the budget the program holds in all
 * @param route how it reaches the server
 */
public record Occupant(
    ProcessName program, AccountKey account, Doing doing, Instant since, int places, Route route) {

  /** What a program does with a place. */
  public enum Doing {
    /** It is about to open a connection, or logs in. */
    OPENING,
    /** It has a connection, which is at work or idle. */
    CONNECTED,
    /** It has closed a connection, which the server may count still. */
    LEAVING,
    /** It has no place, and waits for one. */
    WAITING
  }

  /** A file of another user may hold anything. */
  static final int LONGEST_TEXT = 4096;

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
  private static final int MOST_PLACES = 10_000;

  public Occupant {
    if (places < 0 || places > MOST_PLACES) {
      throw new IllegalArgumentException(places + " places");
    }
    if (since.isBefore(EARLIEST) || since.isAfter(LATEST)) {
      throw new IllegalArgumentException(since + " is not in our time");
    }
  }

  /** The same, doing something else since then. */
  Occupant as(Doing newDoing, Instant newSince) {
    return new Occupant(program, account, newDoing, newSince, places, route);
  }

  // Joined, not formatted: the JDK's formatter costs a program's start more than the file does.
  String text() {
    return "pid="
        + program.pid()
        + "\nuser="
        + program.user()
        + "\nprogram="
        + program.words()
        + "\naccount="
        + account.value()
        + "\ndoing="
        + doing
        + "\nsince="
        + since
        + "\nplaces="
        + places
        + "\nserver="
        + route.server()
        + "\nports="
        + route.portsText()
        + "\nend=1\n";
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException naming what is wrong, whatever the text is
   */
  static Occupant read(String text) {
    Map<String, String> entries = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        entries.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    value(entries, "end");
    try {
      return new Occupant(
          new ProcessName(
              Long.parseLong(value(entries, "pid")),
              value(entries, "user"),
              value(entries, "program")),
          new AccountKey(value(entries, "account")),
          Doing.valueOf(value(entries, "doing")),
          Instant.parse(value(entries, "since")),
          Integer.parseInt(value(entries, "places")),
          Route.read(value(entries, "server"), value(entries, "ports")));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("since: " + e.getMessage(), e);
    }
  }

  private static String value(Map<String, String> entries, String key) {
    String value = entries.get(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return value;
  }
}
