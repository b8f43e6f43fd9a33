package dev.berth.client;

import dev.berth.wire.Command;
import dev.berth.wire.RemotePath;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Gives files other names (RFC 959 section 4.1.3, RNFR and RNTO). Confined to the connection's
 * thread.
 */
final class Renamer {
  private final FtpConnection connection;
  private final Dialogue dialogue;

  Renamer(FtpConnection connection) {
    this.connection = connection;
    this.dialogue = connection.dialogue();
  }

  void rename(RemotePath from, RemotePath to) throws IOException {
    renameTo(from, dialogue.exchange(renameFrom(from)), to);
  }

  /** As {@link FtpConnection#renameIfWhole}. */
  OptionalLong renameIfWhole(RemotePath from, RemotePath to, long expected) throws IOException {
    if (!connection.traits().takesCommandsAhead()) {
      OptionalLong told = connection.size(from);
      if (isWhole(told, expected)) {
        rename(from, to);
      }
      return told;
    }
    Command size = Command.of("SIZE", from.value());
    dialogue.send(List.of(size, renameFrom(from)));
    Reply first = dialogue.receive();
    if (!dialogue.isIntact()) {
      throw dialogue.refused(size, first);
    }
    OptionalLong told = FtpConnection.sizeOf(first);
    Reply ready = dialogue.receive();
    if (isWhole(told, expected)) {
      renameTo(from, ready, to);
    }
    return told;
  }

  private static boolean isWhole(OptionalLong told, long expected) {
    return told.isPresent() && told.getAsLong() == expected;
  }

  private static Command renameFrom(RemotePath from) {
    return Command.of("RNFR", from.value());
  }

  private void renameTo(RemotePath from, Reply ready, RemotePath to) throws IOException {
    if (!ready.isIntermediate()) {
      throw dialogue.refused(renameFrom(from), ready);
    }
    dialogue.complete(Command.of("RNTO", to.value()));
  }
}
