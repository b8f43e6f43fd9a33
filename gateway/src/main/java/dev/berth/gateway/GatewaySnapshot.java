package dev.berth.gateway;

import dev.berth.limits.Evidence;
import dev.berth.limits.PlaceState;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A gateway at one moment, for operators: who has which connection, and who waits why. Each
 * upstream is of one moment; two of them may be milliseconds apart. Immutable. No password is in
 * it.
 *
 * @param at the moment
 * @param since since when the gateway is open
 * @param upstreams in the order of the settings
 * @param pools one for each account that has a connection, or waits for one
 * @param clients who is logged in, or about to be, in the order of their sessions
 * @param queue who waits for a connection, upstream by upstream, in the order of their turns
 */
public record GatewaySnapshot(
    Instant at,
    Instant since,
    List<UpstreamState> upstreams,
    List<PoolState> pools,
    List<ClientState> clients,
    List<Turn> queue) {

  public GatewaySnapshot {
    upstreams = List.copyOf(upstreams);
    pools = List.copyOf(pools);
    clients = List.copyOf(clients);
    queue = List.copyOf(queue);
  }

  /**
   * One server behind.
   *
   * @param name as it is set
   * @param address {@code ftp.example.com:21}
   * @param limit how many connections there may be, as far as known
   * @param evidence why that is believed
   * @param places connections by what becomes of them; what is missing is none
   * @param elsewhere how many other programs of this machine have
   * @param waiting how many wait for one
   * @param lending whether anybody gets one
   * @param totals what was counted since the start
   */
  public record UpstreamState(
      String name,
      String address,
      int limit,
      Evidence evidence,
      Map<PlaceState, Integer> places,
      int elsewhere,
      int waiting,
      Lending lending,
      Totals totals) {
    public UpstreamState {
      places = Map.copyOf(places);
    }

    /** How many connections the server counts, or may count; those of this program alone. */
    public int open() {
      return places.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** Whether an upstream's connections are lent. */
  public sealed interface Lending {
    /** They are. */
    record Usual() implements Lending {}

    /**
     * Those that are open are; none is opened before a time, after a refusal.
     *
     * @param why a clause
     */
    record OpensLater(Instant until, String why) implements Lending {}

    /** An operator has asked for a pause. */
    record Paused(Instant since) implements Lending {}
  }

  /**
   * What is counted of one upstream since the start.
   *
   * @param loginsByMemory logins that were let in without asking the server
   * @param loginsAtServer logins that the server took
   * @param loginsRefused logins that were not let in, whoever has judged them
   * @param leases how often a connection was lent
   * @param waited how long all waited for these together, openings included
   * @param unserved commands that were answered 450 or 451 after waiting
   * @param refusals how often the server turned a connection away
   * @param bytesUp bytes that clients stored
   * @param bytesDown bytes that clients retrieved, listings too
   * @param replays commands that were said again, over another connection
   * @param gaveWay transfers that were ended because nothing moved in them and others waited
   */
  public record Totals(
      long loginsByMemory,
      long loginsAtServer,
      long loginsRefused,
      long leases,
      Duration waited,
      long unserved,
      long refusals,
      long bytesUp,
      long bytesDown,
      long replays,
      long gaveWay) {}

  /**
   * The connections of one account.
   *
   * @param places as of {@link UpstreamState}
   * @param waiting how many of its clients wait for one
   */
  public record PoolState(
      String upstream, String user, Map<PlaceState, Integer> places, int waiting) {
    public PoolState {
      places = Map.copyOf(places);
    }
  }

  /**
   * One client.
   *
   * @param session its number, as in the log
   * @param peer from where, as a trusted proxy tells it if there is one
   * @param user as the client has named itself, without the upstream
   * @param since since when it is logged in, or has been trying
   * @param bytesUp bytes that it has stored
   * @param bytesDown bytes that it has retrieved, listings too
   */
  public record ClientState(
      long session,
      InetAddress peer,
      String user,
      String upstream,
      Instant since,
      Doing doing,
      long bytesUp,
      long bytesDown) {}

  /** What a client does just now. Commands stand with their pathname, never with a secret. */
  public sealed interface Doing {
    /** Since when. */
    Instant since();

    /** Its password is being judged. */
    record LoggingIn(Instant since) implements Doing {}

    /**
     * It has not asked for anything.
     *
     * @param hasConnection whether one is kept for it all the same
     */
    record Idle(Instant since, boolean hasConnection) implements Doing {}

    /** It is being answered, and has no connection. */
    record Answered(Instant since, String command) implements Doing {}

    /**
     * It waits for a connection.
     *
     * @param position 1 for the next
     * @param why a clause
     */
    record Waiting(Instant since, String command, int position, String why) implements Doing {}

    /** A connection is being opened for it. */
    record Opening(Instant since, String command) implements Doing {}

    /** It has a connection. */
    record Leased(Instant since, String command) implements Doing {}
  }

  /**
   * One who waits.
   *
   * @param position 1 for the next of its upstream
   * @param why a clause
   */
  public record Turn(
      String upstream, int position, String user, Wish wish, Instant since, String why) {}

  /** For what a connection is wanted. */
  public sealed interface Wish {
    /** To have a password judged. */
    record Login() implements Wish {}

    /** For a client's command, as of {@link Doing}. */
    record Command(long session, String command) implements Wish {}

    /** For something else. */
    record Other(String purpose) implements Wish {}
  }
}
