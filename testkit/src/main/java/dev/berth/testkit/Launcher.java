package dev.berth.testkit;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** How one kind of server is set up and started. Stateless; {@link Peers} runs what it plans. */
interface Launcher {
  /** Which server. */
  PeerKind kind();

  /**
   * Checks that this server can run here.
   *
   * @throws PeerMissing when it cannot
   */
  void require();

  /**
   * Writes the server's files into the place.
   *
   * @return the command that starts it in the foreground
   * @throws IllegalArgumentException when the server cannot do what is wanted
   */
  List<String> prepare(Place place, PeerSettings settings) throws IOException;

  /** The name of the server's log in its folder. */
  String logName();

  /** A line of the log that stands for one refusal over a limit. */
  Pattern refusalLine();

  /** Whether it forks for each session, so that a session is over when its processes are gone. */
  boolean forks();

  /** Refuses settings that the server has no word for. */
  default void cannot(boolean wanted, String what) {
    if (wanted) {
      throw new IllegalArgumentException(kind() + " cannot be set up with " + what);
    }
  }
}
