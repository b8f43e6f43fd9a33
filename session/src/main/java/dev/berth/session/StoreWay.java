package dev.berth.session;

/** How a file is stored. */
public sealed interface StoreWay {
  /** STOR: in the place of whatever has the name. */
  record Replace() implements StoreWay {}

  /**
   * STOR behind REST: what is there up to an offset stays (RFC 3659 section 5).
   *
   * @param offset in bytes, not negative; beyond the end of what is there it is refused
   */
  record From(long offset) implements StoreWay {}

  /** APPE: behind whatever is there. */
  record Append() implements StoreWay {}

  /** STOU: under a name like the one given that nothing has. */
  record Unique() implements StoreWay {}
}
