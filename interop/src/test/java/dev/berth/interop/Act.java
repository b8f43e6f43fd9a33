package dev.berth.interop;

import java.util.List;
import java.util.Set;

/** One thing that a client of a duet does, in literal bytes. */
sealed interface Act {
  /** Verbs that leave all files as they are. */
  Set<String> READING =
      Set.of(
          "CWD", "CDUP", "PWD", "SIZE", "MDTM", "MLST", "STAT", "NOOP", "TYPE", "REST", "OPTS",
          "EPSV", "PASV", "SYST", "STRU", "MODE", "ALLO", "HELP", "RETR", "LIST", "NLST", "MLSD",
          "RNFR", "XYZZY");

  /** Verbs that may bring the client elsewhere. */
  Set<String> MOVING = Set.of("CWD", "CDUP");

  /** How the two find each other for data. */
  enum Door {
    EPSV,
    PASV,
    EPRT,
    PORT,
    /** Not at all. */
    NONE
  }

  /** How a transfer is ended before its time. */
  enum Cut {
    /** By ABOR, and the data connection closed behind it. */
    ABOR,
    /** The data connection is reset. */
    DATA,
    /** The whole client dies: both connections are reset. It comes again. */
    DEATH
  }

  /** How a client leaves, before it comes again. */
  enum Leaving {
    QUIT,
    /** Its connection ends without a word. */
    CLOSE,
    RESET
  }

  /** Command lines without data, sent in one write. */
  record Say(List<String> lines) implements Act {
    Say(String... lines) {
      this(List.of(lines));
    }
  }

  /** A download or a listing. */
  record Fetch(String line, Door door) implements Act {}

  /** An upload of so many bytes. */
  record Store(String line, Door door, int size) implements Act {}

  /** A download of which a little is read. */
  record CutFetch(String line, Cut cut) implements Act {}

  /** An upload of which half is sent. */
  record CutStore(String line, Cut cut, int size) implements Act {}

  /** The client leaves, in a way, and comes again. */
  record Leave(Leaving leaving) implements Act {}

  /** Its command lines. */
  default List<String> commands() {
    return switch (this) {
      case Say(List<String> lines) -> lines;
      case Fetch(String line, Door door) -> List.of(line);
      case Store(String line, Door door, int size) -> List.of(line);
      case CutFetch(String line, Cut cut) -> List.of(line);
      case CutStore(String line, Cut cut, int size) -> List.of(line);
      case Leave leave -> List.of();
    };
  }

  /** Its verbs, one for each command line. */
  default List<String> verbs() {
    return commands().stream().map(Act::verb).toList();
  }

  /** Whether files stay as they are. */
  default boolean isReading() {
    return READING.containsAll(verbs());
  }

  /** Whether the client may be elsewhere afterwards. */
  default boolean isMoving() {
    return this instanceof Leave
        || (this instanceof CutFetch(String line, Cut cut) && cut == Cut.DEATH)
        || (this instanceof CutStore(String up, Cut end, int size) && end == Cut.DEATH)
        || verbs().stream().anyMatch(MOVING::contains);
  }

  /** The first word of a command line. */
  static String verb(String line) {
    return line.split(" ", 2)[0];
  }
}
