package dev.berth.transfer;

/** How it is made sure that what arrived is what was sent. */
public enum Verify {
  /** The sizes agree. */
  SIZE,
  /** A digest that the server tells agrees with ours; where it tells none, as {@link #FULL}. */
  HASH,
  /** All of it is moved back, or once more, and compared. */
  FULL
}
