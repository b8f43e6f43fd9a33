package dev.berth.limits;

/**
 * How the places under one ceiling are used at one moment.
 *
 * @param opening being opened: not yet known to work
 * @param open logged in, at work or idle
 * @param leaving being closed; the server still counts them
 * @param settling closed, but perhaps still counted by the server
 * @param waiting how many would like one
 */
public record Occupancy(int opening, int open, int leaving, int settling, int waiting) {
  /** Places that the server counts, or may count. */
  public int used() {
    return opening + open + leaving + settling;
  }

  /** Whether no place is on its way in or out, so that one more attempt is a clean experiment. */
  boolean isCalm() {
    return opening == 0 && leaving == 0 && settling == 0;
  }
}
