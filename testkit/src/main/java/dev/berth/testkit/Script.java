package dev.berth.testkit;

import java.io.IOException;

/** What a {@link ScriptedServer} does on one connection. */
@FunctionalInterface
public interface Script {
  /**
   * Plays one connection to its end, on a thread of its own. The connection is closed when this
   * returns.
   *
   * @throws IOException when the client ends what the script still needs
   */
  void play(Conversation conversation) throws IOException;
}
