package dev.berth.admission;

/** What the rules say to a claim. */
sealed interface Decision {
  /** There is room. */
  record Fits() implements Decision {}

  /** There is room for one that has not logged in yet. */
  record FitsProvisionally() implements Decision {}

  /** There is room once this one has gone; it was told so, and is not counted any more. */
  record FitsAfter(Slot victim) implements Decision {}

  /**
   * There is none.
   *
   * @param key the count that is full
   * @param limit the limit of it
   */
  record Blocked(Key key, Limit limit) implements Decision {}
}
