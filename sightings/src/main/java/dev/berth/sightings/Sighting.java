package dev.berth.sightings;

/**
 * One line of a log, or one packet of a capture, understood. Immutable.
 *
 * @param moment when it was, in the clock of whoever wrote it
 * @param citation where that stands
 * @param caller of whom it speaks
 * @param happening what it tells
 */
public record Sighting(Moment moment, Citation citation, Caller caller, Happening happening) {}
