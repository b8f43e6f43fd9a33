package dev.berth.admission;

/** How far a slot has come. */
public enum SlotState {
  /** Asks to come in: nothing is counted. */
  ARRIVING,
  /** In, and not logged in. */
  CONNECTED,
  /** Counted for an account too. */
  LOGGED_IN,
  /** Sits out a delay: counted nowhere but in the detention. */
  DETAINED,
  /** Gone: nothing is counted. */
  CLOSED
}
