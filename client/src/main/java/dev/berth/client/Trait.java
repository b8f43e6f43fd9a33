package dev.berth.client;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;

/** What can be remembered of a server's ways from one run to the next, and for how long. */
public enum Trait {
  /** EPSV is refused, or leads nowhere where PASV leads somewhere. */
  EXTENDED_PASSIVE_REFUSED("epsv-refused", Life.SHORT),
  /** No passive transfer comes about. */
  PASSIVE_IMPOSSIBLE("passive-impossible", Life.SHORT),
  /** A passive data connection was made. */
  PASSIVE_WORKED("passive-worked", Life.LONG),
  /** EPRT is refused. */
  EXTENDED_ACTIVE_REFUSED("eprt-refused", Life.SHORT),
  /** The server made a data connection to us. */
  ACTIVE_WORKED("active-worked", Life.LONG),
  /** PRET is listed by FEAT, and refused. */
  ANNOUNCEMENT_REFUSED("pret-refused", Life.SHORT),
  /** With TLS 1.3 it runs out of sessions that data connections could resume. */
  ONLY_TLS_12("tls-1.2-only", Life.SHORT),
  /** AUTH TLS was accepted: who refuses it later is not to be believed. */
  TLS_WORKED("tls-worked", Life.YEAR),
  /** STOR behind REST is refused. */
  RESTARTED_STORE_REFUSED("rest-stor-refused", Life.SHORT),
  /** APPE is refused. */
  APPEND_REFUSED("appe-refused", Life.SHORT),
  /** {@code LIST -a} shows less than LIST. */
  LIST_OPTION_REFUSED("list-option-refused", Life.SHORT),
  /** The zone of the times in listings: {@code +02:00}, {@code Europe/Berlin}. */
  LISTING_ZONE("listing-zone", Life.SHORT) {
    @Override
    void check(String value) {
      try {
        ZoneId.of(value);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(key() + ": not a time zone: " + value, e);
      }
    }
  },
  /** The charset of names that are not UTF-8, as Java names it: {@code windows-1251}. */
  CHARSET("charset", Life.LONG) {
    @Override
    void check(String value) {
      try {
        Charset.isSupported(value);
      } catch (IllegalCharsetNameException e) {
        throw new IllegalArgumentException(key() + ": not the name of a charset: " + value, e);
      }
    }
  },
  /** After how many seconds without a command the server has closed a connection. */
  IDLE_SECONDS("idle-seconds", Life.SHORT) {
    @Override
    void check(String value) {
      boolean isNumber = value.length() <= 6 && value.chars().allMatch(c -> c >= '0' && c <= '9');
      if (!isNumber || value.isEmpty() || Integer.parseInt(value) == 0) {
        throw new IllegalArgumentException(key() + ": not a number of seconds: " + value);
      }
    }
  };

  /** Of a trait that says all by being there. */
  static final String YES = "yes";

  private final String key;
  private final Life life;

  Trait(String key, Life life) {
    this.key = key;
    this.life = life;
  }

  /** How long something is believed without being seen again. */
  private enum Life {
    /** What bars a way: one attempt a week finds out whether it still does. */
    SHORT(Duration.ofDays(7)),
    /** What opens one: it shows at once when it no longer does. */
    LONG(Duration.ofDays(30)),
    /** What guards: who would take TLS away must not have to wait but for a month without a job. */
    YEAR(Duration.ofDays(365));

    private final Duration time;

    Life(Duration time) {
      this.time = time;
    }
  }

  /** What it is called in files: lower case letters, digits, dots and hyphens. */
  public String key() {
    return key;
  }

  /** After this time it is found out anew. */
  public Duration life() {
    return life.time;
  }

  /** Throws an IllegalArgumentException for a value that this trait cannot have. */
  void check(String value) {
    if (!value.equals(YES)) {
      throw new IllegalArgumentException(key + ": is " + value + ", not " + YES);
    }
  }
}
