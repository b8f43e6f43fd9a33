package dev.berth.dialects;

import dev.berth.dialects.ServerClues.Place;
import dev.berth.wire.Reply;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server told of itself in its greeting and in its replies to SYST and FEAT. Immutable; a
 * client begins with the greeting and adds the others as they come.
 *
 * <pre>{@code
 * ServerDialect dialect = ServerDialect.of(greeting).withSystem(syst).withFeatures(feat);
 * Duration settle = dialect.habits().settle();
 * }</pre>
 *
 * @param software its family, as far as it tells
 * @param clue how we know, in words, for messages
 * @param idleSeconds after how long without a command it says that it closes the connection
 * @param sessions how many sessions of all clients it says that it allows at once
 */
public record ServerDialect(
    ServerSoftware software, String clue, Stated idleSeconds, Stated sessions) {
  /**
   * Pure-FTPd 1.0.50, in English: {@code You are user number 1 of 10 allowed.}, {@code You will be
   * disconnected after 15 minutes of inactivity.} Its other languages are not read: there the unit
   * cannot be told from the number alone.
   */
  private static final Pattern SESSIONS =
      Pattern.compile("You are user number \\d{1,9} of ([1-9]\\d{0,8}) allowed");

  private static final Pattern IDLE =
      Pattern.compile("disconnected after ([1-9]\\d{0,5}) (second|minute)s? of inactivity");

  /**
   * What the greeting tells.
   *
   * @param greeting the server's first reply; from one other than 220 nothing is read
   */
  public static ServerDialect of(Reply greeting) {
    ServerDialect unknown =
        new ServerDialect(
            ServerSoftware.UNKNOWN,
            "nothing in the server's words",
            new Stated.Nothing(),
            new Stated.Nothing());
    if (greeting.code() != 220) {
      return unknown;
    }
    String text = ServerClues.text(greeting);
    ServerDialect dialect = unknown.with(Place.GREETING, greeting);
    return new ServerDialect(dialect.software, dialect.clue, idle(text), sessions(text));
  }

  /**
   * With what the reply to SYST tells, if the family is not known yet.
   *
   * @param reply of any code: many servers answer 530 before the login, which tells nothing
   */
  public ServerDialect withSystem(Reply reply) {
    return with(Place.SYSTEM, reply);
  }

  /**
   * With what the reply to FEAT tells, if the family is not known yet.
   *
   * @param reply of any code: only 211 tells something
   */
  public ServerDialect withFeatures(Reply reply) {
    return with(Place.FEATURES, reply);
  }

  /** What is known of the family, with the idle time that this server states, if it states one. */
  public ServerHabits habits() {
    ServerHabits habits = ServerHabits.of(software);
    return switch (idleSeconds) {
      case Stated.Figure(int seconds) -> habits.withIdleTimeout(Duration.ofSeconds(seconds));
      case Stated.Nothing() -> habits;
    };
  }

  private ServerDialect with(Place place, Reply reply) {
    if (software != ServerSoftware.UNKNOWN) {
      return this;
    }
    return ServerClues.find(place, reply)
        .map(found ->
            new ServerDialect(
                found.software(),
                "its " + place.words() + " (as of " + found.source() + ")",
                idleSeconds,
                sessions))
        .orElse(this);
  }

  private static Stated sessions(String text) {
    Matcher number = SESSIONS.matcher(text);
    return number.find()
        ? new Stated.Figure(Integer.parseInt(number.group(1)))
        : new Stated.Nothing();
  }

  private static Stated idle(String text) {
    Matcher number = IDLE.matcher(text);
    if (!number.find()) {
      return new Stated.Nothing();
    }
    int unit = number.group(2).equals("minute") ? 60 : 1;
    return new Stated.Figure(Integer.parseInt(number.group(1)) * unit);
  }
}
