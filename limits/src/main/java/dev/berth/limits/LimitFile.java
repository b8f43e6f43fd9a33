package dev.berth.limits;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The text of a file that remembers limits: {@code key=value} lines in a fixed order, for people to
 * read and to delete. Pure. The same state gives the same text.
 */
final class LimitFile {
  private static final String VERSION = "1";
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
  private static final Duration LONGEST = Duration.ofDays(1);

  private LimitFile() {}

  static String write(BudgetName name, LimitState state) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("version", VERSION);
    entries.put("host", name.host());
    entries.put("port", Integer.toString(name.port()));
    entries.put("source", name.source());
    if (!state.decided().equals(Instant.EPOCH)) {
      entries.put("decided", state.decided().toString());
    }
    writeCeiling(entries, "address.", state.address());
    int number = 0;
    for (Map.Entry<Account, Ceiling> each : state.accounts().entrySet()) {
      String prefix = "account." + number + ".";
      entries.put(prefix + "name", each.getKey().name());
      writeCeiling(entries, prefix, each.getValue());
      number++;
    }
    entries.put("pace.until", state.pace().until().toString());
    entries.put("pace.refusals", Integer.toString(state.pace().refusals()));
    entries.put("pace.silences", Integer.toString(state.pace().silences()));
    entries.put("pace.why", state.pace().why());
    StringBuilder text =
        new StringBuilder("# What Berth found out about a server's limit. May be deleted.\n");
    entries.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return text.toString();
  }

  private static void writeCeiling(Map<String, String> entries, String prefix, Ceiling ceiling) {
    entries.put(prefix + "limit", Integer.toString(ceiling.limit()));
    entries.put(prefix + "evidence", ceiling.evidence().kind().name());
    entries.put(prefix + "at", ceiling.evidence().at().toString());
    entries.put(prefix + "words", ceiling.evidence().words());
    entries.put(prefix + "room", Integer.toString(ceiling.room()));
    entries.put(prefix + "roomSince", ceiling.roomSince().toString());
    entries.put(prefix + "raiseAt", ceiling.raiseAt().toString());
    entries.put(prefix + "probePause", ceiling.probePause().toString());
    entries.put(prefix + "recoveryPause", ceiling.recoveryPause().toString());
  }

  /**
   * Whose limits a text remembers.
   *
   * @throws IllegalArgumentException naming what is wrong, whatever the text is
   */
  static BudgetName name(String text) {
    Map<String, String> entries = entries(text);
    expect(entries, "version", VERSION);
    return new BudgetName(
        value(entries, "host"), number(entries, "port", 1, 65_535), value(entries, "source"));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException naming what is wrong, whatever the text is
   */
  static LimitState read(BudgetName name, String text) {
    Map<String, String> entries = entries(text);
    expect(entries, "version", VERSION);
    expect(entries, "host", name.host());
    expect(entries, "port", Integer.toString(name.port()));
    expect(entries, "source", name.source());
    SortedMap<Account, Ceiling> accounts = new TreeMap<>();
    for (int i = 0; i < LimitState.MOST_ACCOUNTS; i++) {
      String prefix = "account." + i + ".";
      if (entries.containsKey(prefix + "name")) {
        accounts.put(new Account(value(entries, prefix + "name")), ceiling(entries, prefix));
      }
    }
    Pace pace =
        new Pace(
            instant(entries, "pace.until"),
            number(entries, "pace.refusals", 0, 1_000_000),
            number(entries, "pace.silences", 0, 1_000_000),
            value(entries, "pace.why"));
    Instant decided = entries.containsKey("decided") ? instant(entries, "decided") : Instant.EPOCH;
    return new LimitState(ceiling(entries, "address."), accounts, pace, decided);
  }

  private static Ceiling ceiling(Map<String, String> entries, String prefix) {
    String kind = value(entries, prefix + "evidence");
    Evidence evidence =
        new Evidence(
            Evidence.Kind.valueOf(kind),
            instant(entries, prefix + "at"),
            value(entries, prefix + "words"));
    return new Ceiling(
        number(entries, prefix + "limit", 1, 10_000),
        number(entries, prefix + "room", 1, 10_000),
        instant(entries, prefix + "roomSince"),
        evidence,
        instant(entries, prefix + "raiseAt"),
        duration(entries, prefix + "probePause"),
        duration(entries, prefix + "recoveryPause"));
  }

  private static Map<String, String> entries(String text) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (!line.startsWith("#") && equals > 0) {
        entries.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return entries;
  }

  private static void expect(Map<String, String> entries, String key, String expected) {
    String found = value(entries, key);
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(key + " is " + found + ", not " + expected);
    }
  }

  private static String value(Map<String, String> entries, String key) {
    String value = entries.get(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return value;
  }

  private static int number(Map<String, String> entries, String key, int least, int most) {
    int number = Integer.parseInt(value(entries, key));
    if (number < least || number > most) {
      throw new IllegalArgumentException(key + " = " + number + " is not in its range");
    }
    return number;
  }

  private static Instant instant(Map<String, String> entries, String key) {
    try {
      Instant instant = Instant.parse(value(entries, key));
      if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
        throw new IllegalArgumentException(key + " = " + instant + " is not in our time");
      }
      return instant;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  private static Duration duration(Map<String, String> entries, String key) {
    try {
      Duration duration = Duration.parse(value(entries, key));
      if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(key + " = " + duration + " is not in its range");
      }
      return duration;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }
}
