package dev.berth.interop;

import java.io.IOException;

/** A client program, of whomever, that the suite sends to our server. */
interface Guest {
  /** What people call it; also its account on the server. */
  String name();

  /**
   * Its version, as it tells it.
   *
   * @throws dev.berth.testkit.PeerMissing when it is not on this machine
   */
  String version() throws IOException;

  /** What a reader of the table should know; empty for nothing. */
  String note();

  /** Whether it has a way of storing files. */
  default boolean canStore() {
    return true;
  }

  /**
   * Does something.
   *
   * @return what it printed
   * @throws CannotDo when it has no way of asking for that
   * @throws IOException when it failed
   */
  String act(Site site, Deed deed) throws IOException, CannotDo;

  /** A client has no way of asking for something. */
  final class CannotDo extends Exception {
    private static final long serialVersionUID = 1;

    CannotDo(String what) {
      super(what);
    }
  }
}
