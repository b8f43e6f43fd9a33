package dev.berth.admission;

import java.time.Duration;

/** Why somebody is turned away, in numbers and in words. Immutable. */
public sealed interface Refusal {
  /**
   * For the client: one line in ASCII, without an end of line. Programs read it too: it has no name
   * that somebody has chosen, and no word that they take for another refusal ("idle" for a
   * time-out), and the number behind the word "limit" is the limit.
   */
  String text();

  /** For the log: what turned them away, one word such as {@code prefix} or {@code banned}. */
  String cause();

  /**
   * A limit is reached.
   *
   * @param what what is counted
   * @param scope whose are counted together
   * @param subject whose, in words: {@code 192.0.2.0/24}, {@code alice}; empty for the server
   * @param limit how many there may be
   * @param inUse how many there are
   * @param idle how many of them do nothing
   * @param longestIdle for how long the longest of those; zero if there are none
   * @param retryAfter when to come again
   */
  record Full(
      Count what,
      LimitScope scope,
      String subject,
      int limit,
      int inUse,
      int idle,
      Duration longestIdle,
      Duration retryAfter)
      implements Refusal {
    @Override
    public String text() {
      String idlers =
          idle == 0 ? "" : ", " + idle + " of them unused (" + Words.time(longestIdle) + ")";
      return "Too many "
          + what.words()
          + whose()
          + ": limit "
          + limit
          + ", "
          + inUse
          + " in use"
          + idlers
          + ". Try again in "
          + Words.time(retryAfter)
          + ".";
    }

    private String whose() {
      return switch (scope) {
        case PREFIX -> " from your " + Words.range(subject);
        case ACCOUNT -> " of your account";
        case PREFIX_AND_ACCOUNT -> " of your account from your address";
        case LISTENER -> " to this port";
        case SERVER -> " to this server";
      };
    }

    @Override
    public String cause() {
      return what == Count.CONNECTIONS ? scope.key() : what.key() + "-" + scope.key();
    }
  }

  /**
   * Nobody comes in any more.
   *
   * @param reason for the client: a clause without a stop at its end
   */
  record Closing(String reason) implements Refusal {
    public Closing {
      reason = Words.oneLine(reason);
    }

    @Override
    public String text() {
      return "No new sessions: " + reason + ".";
    }

    @Override
    public String cause() {
      return "closing";
    }
  }

  /**
   * The session was told to leave, and asks for more.
   *
   * @param reason as it was told: a clause without a stop at its end
   */
  record Replaced(String reason) implements Refusal {
    @Override
    public String text() {
      return reason + ".";
    }

    @Override
    public String cause() {
      return "replaced";
    }
  }

  /**
   * Too many logins of the prefix have failed.
   *
   * @param prefix whose
   * @param remaining how long nobody from there comes in
   */
  record Banned(Network prefix, Duration remaining) implements Refusal {
    @Override
    public String text() {
      return "Your "
          + Words.range(prefix.toString())
          + " is banned for guesses at passwords. Try again in "
          + Words.time(remaining)
          + ".";
    }

    @Override
    public String cause() {
      return "banned";
    }
  }
}
