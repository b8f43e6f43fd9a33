package dev.berth.admission;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/**
 * Who is in and who waits, at one moment, for the operator and for SITE WHO. Immutable.
 *
 * @param at the moment
 * @param present who is in, in the order of their arrival
 * @param waiting who waits, in the order in which they will be served
 * @param uses how full the limits of the listeners and of the server are, and all others that are
 *     full
 */
public record Attendance(Instant at, List<Present> present, List<Waiting> waiting, List<Use> uses) {

  /** What a session does. */
  public enum Doing {
    /** Serves a command. */
    BUSY,
    /** Awaits a command. */
    IDLE,
    /** Was told to make room. */
    LEAVING
  }

  /**
   * One session.
   *
   * @param number see {@link Slot#number}
   * @param caller from where
   * @param prefix under which it is counted
   * @param listener by which it came
   * @param state how far it has come
   * @param account who is logged in; empty if nobody is
   * @param isTransferring whether a transfer is under way
   * @param since when it came
   * @param doing what it does
   * @param doingSince since when it does that
   */
  public record Present(
      long number,
      InetAddress caller,
      Network prefix,
      String listener,
      SlotState state,
      String account,
      boolean isTransferring,
      Instant since,
      Doing doing,
      Instant doingSince) {}

  /**
   * One who waits.
   *
   * @param caller from where
   * @param account to be logged in; empty for one who waits to come in, or for a transfer
   * @param scope the limit at which they wait
   * @param subject whose limit that is, in words; empty for the server
   * @param since since when
   * @param position how many turns until theirs, at least 1
   */
  public record Waiting(
      InetAddress caller,
      String account,
      LimitScope scope,
      String subject,
      Instant since,
      int position) {}

  /**
   * How full one limit is.
   *
   * @param what what is counted
   * @param scope whose are counted together
   * @param subject whose, in words; empty for the server
   * @param limit how many there may be
   * @param inUse how many there are
   */
  public record Use(Count what, LimitScope scope, String subject, int limit, int inUse) {}

  public Attendance {
    present = List.copyOf(present);
    waiting = List.copyOf(waiting);
    uses = List.copyOf(uses);
  }
}
