package dev.berth.limits;

/**
 * How the places under one ceiling are used at one moment.
 *
 * @param opening being opened: not yet known to work
 * @param open logged in, at work or idle
 * @param leaving being closed; the server still counts them
 * @param settling closed, but perhaps still counted by the server
 * @param waiting how many would like one
 * @param outside what programs have that are no Berths; the places above are those of Berths
 */
record Occupancy(int opening, int open, int leaving, int settling, int waiting, Outside outside) {
  /** Berths alone. */
  public Occupancy(int opening, int open, int leaving, int settling, int waiting) {
    this(opening, open, leaving, settling, waiting, Outside.NONE);
  }

  /** Places that the server counts, or may count. */
  public int used() {
    return opening + open + leaving + settling;
  }

  /** As if one place fewer were used: one that is closing, settling, or open, in this order. */
  Occupancy withOneFewer() {
    if (settling > 0) {
      return new Occupancy(opening, open, leaving, settling - 1, waiting, outside);
    }
    if (leaving > 0) {
      return new Occupancy(opening, open, leaving - 1, settling, waiting, outside);
    }
    return new Occupancy(opening, Math.max(0, open - 1), leaving, settling, waiting, outside);
  }

  /** Whether no place is on its way in or out, so that one more attempt is a clean experiment. */
  boolean isCalm() {
    return opening == 0 && leaving == 0 && settling == 0;
  }
}
