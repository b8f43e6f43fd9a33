package dev.berth.limits;

import java.util.Set;

/** Where a place under a budget is in its life. */
public enum PlaceState {
  /** A connection is being made or logged in; not known to work. */
  OPENING("opening"),
  /** Lent to somebody at work. */
  LEASED("at work"),
  /** Logged in, and nobody's. */
  IDLE("idle"),
  /** Being closed: QUIT, 221, the server's FIN. */
  LEAVING("closing"),
  /** Closed, but the server may count it a little longer. */
  SETTLING("just closed"),
  /** It never worked; the server may count the attempt a little longer. */
  REFUSED("just refused"),
  /** Gone. */
  FREE("free");

  private final String word;

  PlaceState(String word) {
    this.word = word;
  }

  /** The state in a word or two, for messages. */
  public String word() {
    return word;
  }

  /** The one table of moves. */
  Set<PlaceState> next() {
    return switch (this) {
      // To FREE only when the right to open was never used: its waiter gave up at that moment.
      case OPENING -> Set.of(LEASED, LEAVING, REFUSED, FREE);
      case LEASED -> Set.of(IDLE, LEAVING);
      case IDLE -> Set.of(LEASED, LEAVING);
      // Back to IDLE only when who should have closed it gave up at that moment.
      case LEAVING -> Set.of(SETTLING, IDLE);
      case SETTLING, REFUSED -> Set.of(FREE);
      case FREE -> Set.of();
    };
  }
}
