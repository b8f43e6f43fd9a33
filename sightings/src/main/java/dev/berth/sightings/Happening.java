package dev.berth.sightings;

import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;

/** What a sighting tells. The list is closed: what is none of this tells nothing of sessions. */
public sealed interface Happening {
  /** A control connection was accepted, or the client had one: it is one more from now on. */
  record Opened() implements Happening {}

  /**
   * A server turned a connection or a login away, or ended it, for a reason that is no wrong
   * password and no idleness: a limit, a ban, a lack of room.
   *
   * @param phase how far its login had come, as far as that was written down
   */
  record Refused(Refusal refusal, Phase phase) implements Happening {}

  /** A login succeeded. */
  record LoggedIn(String user) implements Happening {}

  /** A login failed by its credentials. */
  record LoginFailed(String user) implements Happening {}

  /**
   * A client sent a command that is none of the others: it was not idle.
   *
   * @param verb in capital letters
   */
  record Commanded(String verb) implements Happening {}

  /**
   * A transfer was begun, of a file or a listing.
   *
   * @param path as the log has it; of a listing perhaps empty
   */
  record Began(Direction direction, String path) implements Happening {}

  /**
   * A transfer of a file ended.
   *
   * @param path as the log has it
   * @param bytes how many were moved, as far as was written down
   * @param isWhole whether the server says that all of it arrived
   */
  record Transferred(Direction direction, String path, Size bytes, boolean isWhole)
      implements Happening {}

  /** The server ended a session because it was idle too long. */
  record IdledOut() implements Happening {}

  /** A control connection came to its end. */
  record Closed(Ending ending) implements Happening {}

  /**
   * An address was shut out.
   *
   * @param words why, as the server has it
   */
  record Banned(String words) implements Happening {}

  /** The server was started: whoever was connected before is not any more. */
  record ServerStarted() implements Happening {}

  /** The server ended. */
  record ServerStopped() implements Happening {}

  /** Which way a file goes, seen from the client. */
  enum Direction {
    /** From the server: RETR. */
    DOWN,
    /** To the server: STOR, APPE, STOU. */
    UP,
    /** Names: LIST, NLST, MLSD. */
    LISTING
  }

  /** How a connection ended. */
  enum Ending {
    /** With QUIT. */
    QUIT,
    /** The client went without a word, or its connection was lost. */
    LOST,
    /** The server ended it. */
    BY_SERVER,
    /** It ended; the log does not say how. */
    UNSAID
  }

  /** How many bytes. */
  sealed interface Size {
    /** Written down. */
    record Bytes(long count) implements Size {}

    /** Not written down. */
    record Unsaid() implements Size {}
  }
}
