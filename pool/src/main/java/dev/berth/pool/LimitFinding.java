package dev.berth.pool;

import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;
import dev.berth.limits.Ceiling;

/**
 * What the search for a limit came to.
 *
 * @param worked how many connections of this program worked at once
 * @param elsewhere how many other programs of this machine had meanwhile
 * @param ceiling what is known of the limit now, with its evidence: of the account if that is what
 *     the server counts, else of our address
 * @param end why the search ended
 */
public record LimitFinding(int worked, int elsewhere, Ceiling ceiling, End end) {
  /** Why a search ended. */
  public sealed interface End {
    /** Nobody wanted to know. */
    record NotSought() implements End {}

    /** The server turned one away: just once. */
    record TurnedAway(Refusal refusal, Phase phase, Counted counted) implements End {}

    /** One did not come about, though others worked: perhaps a ban. */
    record Unreachable(String reason) implements End {}

    /**
     * One more was not to be had in time under what is known of the limit.
     *
     * @param explanation one sentence: what was waited for
     */
    record NoRoom(String explanation) implements End {}

    /** Another program of this machine waits for a connection. */
    record GaveWay() implements End {}

    /** As many as were to be tried worked. */
    record Enough() implements End {}

    /** The user has set the limit, and it is not exceeded. */
    record SetByUser() implements End {}
  }

  /** What a limit counts. */
  public enum Counted {
    /** Connections from our address. */
    ADDRESS,
    /** Connections of the account. */
    ACCOUNT,
    /** All connections to the server. */
    SERVER,
    /** The words do not say, and one account cannot tell. */
    NOT_SAID
  }
}
