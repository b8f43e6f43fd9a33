package dev.berth.limits;

import java.time.Duration;
import java.time.Instant;

/**
 * Why we believe a limit.
 *
 * @param kind how the number was found
 * @param at when
 * @param words what the server said then, one line of at most 200 characters; empty if it said
 *     nothing
 */
public record Evidence(Kind kind, Instant at, String words) {
  /** How the number was found, from worst to best. */
  public enum Kind {
    /** A cautious start: nobody knows yet. */
    SEED("a first guess"),
    /** So many worked at once; no refusal was ever seen. */
    GROWN("so many worked so far"),
    /** A close without a word, or a full server, at this count: perhaps a limit of ours. */
    SUSPECTED("suspected"),
    /** One more than a refusal once allowed was let in. */
    PROBED("found by a probe"),
    /** The server refused one more than this. */
    COUNTED("counted at a refusal"),
    /** The server named the number. */
    STATED("stated by the server"),
    /** The user set it. */
    CONFIGURED("set by you"),
    /** Somebody set it once for all runs, {@code berth limits set}; it stands until forgotten. */
    SET("set by the user");

    private final String phrase;

    Kind(String phrase) {
      this.phrase = phrase;
    }

    /** The kind in words, as it stands after "limit". */
    public String phrase() {
      return phrase;
    }
  }

  public Evidence {
    words = Spoken.oneLine(words);
  }

  /** The kind and its age: "stated by the server 3 min ago". */
  public String phrase(Instant now) {
    return switch (kind) {
      case SEED, CONFIGURED -> kind.phrase();
      case GROWN, SUSPECTED, PROBED, COUNTED, STATED, SET ->
          kind.phrase() + " " + Spoken.time(Duration.between(at, now)) + " ago";
    };
  }

  /** Whether a count of fewer is enough to replace it. */
  boolean isWeak() {
    return switch (kind) {
      case SEED, SUSPECTED -> true;
      case GROWN, PROBED, COUNTED, STATED, CONFIGURED, SET -> false;
    };
  }

  /** Whether no refusal has ever spoken against more. */
  public boolean isUntested() {
    return kind == Kind.SEED || kind == Kind.GROWN;
  }

  /** Whether it stands however long the server gives less. */
  boolean isLasting() {
    return kind == Kind.STATED || kind == Kind.CONFIGURED || isFixed();
  }

  /** Whether nothing that a server does changes the limit. */
  boolean isFixed() {
    return kind == Kind.SET;
  }
}
