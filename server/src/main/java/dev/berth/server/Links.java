package dev.berth.server;

/** What is done about symbolic links below a home folder. None is ever followed out of it. */
public enum Links {
  /** Followed where they end in the same home folder; others are shown, and lead nowhere. */
  FOLLOW_INSIDE,
  /** Shown, and none is followed. */
  REFUSE,
  /** As if they were not there. */
  HIDE
}
