package dev.berth.admission;

/** On what ground a slot is counted. */
enum Footing {
  /** Within the limits. */
  STANDING,
  /** Beyond the limit of its prefix, until it has logged in. */
  PROVISIONAL,
  /** Told to make room, and not gone yet. */
  LEAVING
}
