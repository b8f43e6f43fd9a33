package dev.berth.bench;

import dev.berth.testkit.Peer;
import java.nio.file.Path;
import java.util.List;

/**
 * What a client has to do once: move a folder of files, all of them, over at most two connections.
 *
 * @param direction which way
 * @param peer the server
 * @param remote the folder on the server, {@code /small}; there, empty if the files go up
 * @param local the folder here; there, empty if the files come down
 * @param files pathnames relative to both folders, with slashes
 * @param scratch a folder for what the client keeps from run to run: lists, settings, state
 */
record Errand(
    Direction direction, Peer peer, String remote, Path local, List<String> files, Path scratch) {
  /** Which way files go. */
  enum Direction {
    /** From the server. */
    DOWN,
    /** To the server. */
    UP
  }

  Errand {
    files = List.copyOf(files);
  }

  boolean isDown() {
    return direction == Direction.DOWN;
  }

  /** The server without a folder: {@code ftp://127.0.0.1:2121}. */
  String server() {
    return "ftp://" + peer.host() + ":" + peer.port();
  }
}
