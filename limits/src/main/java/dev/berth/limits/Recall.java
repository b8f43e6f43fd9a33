package dev.berth.limits;

/**
 * What a memory that is kept between runs answers about a server.
 *
 * @param <T> what it remembers
 */
public sealed interface Recall<T> {
  /** This. */
  record Known<T>(T value) implements Recall<T> {}

  /** Nothing yet. */
  record Nothing<T>() implements Recall<T> {}

  /**
   * There is something, but it is damaged, too large, of another server, or of a later version.
   *
   * @param why the file and what is wrong with it, for a warning
   */
  record Unreadable<T>(String why) implements Recall<T> {}
}
