package dev.berth.client;

import dev.berth.dialects.KeepAlive;
import dev.berth.dialects.ServerDialect;
import dev.berth.dialects.ServerSoftware;
import dev.berth.wire.Command;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.List;

/**
 * Says in turn what keeps a server from closing one connection that rests. Confined to the thread
 * that owns the connection.
 */
final class KeepingAlive {
  private final FtpConnection connection;
  private final Dialogue dialogue;
  private int turns; // so many were taken

  KeepingAlive(FtpConnection connection) {
    this.connection = connection;
    this.dialogue = connection.dialogue();
  }

  /** As {@link FtpConnection#keepAlive}. */
  void takeTurn() throws IOException {
    List<KeepAlive> words =
        KeepAlive.of(
            connection
                .traits()
                .dialect()
                .map(ServerDialect::software)
                .orElse(ServerSoftware.UNKNOWN));
    KeepAlive word = words.get(turns++ % words.size());
    long usedNanos = dialogue.usedNanos();
    try {
      say(word);
    } finally {
      if (word != KeepAlive.LIST_ITSELF) {
        dialogue.unusedSince(usedNanos);
      }
    }
  }

  private void say(KeepAlive word) throws IOException {
    switch (word) {
      case NOOP -> say(Command.of("NOOP"));
      case PWD -> say(Command.of("PWD"));
      case STAT -> say(Command.of("STAT"));
      case ALLO -> say(Command.of("ALLO", "1"));
      case LIST_ITSELF -> listItself();
    }
  }

  /** Whatever a server thinks of a command, to it we are there. */
  private void say(Command command) throws IOException {
    Reply reply = dialogue.exchange(command);
    if (!reply.isNegative() || !dialogue.isIntact()) {
      dialogue.completed(command, reply);
    }
  }

  /**
   * One line over a data connection, whatever the folder holds, and whether it came whole or not.
   * With its dot: at {@code LIST -d} alone ProFTPD 1.3.8 sends 150 and ends the session.
   */
  private void listItself() throws IOException {
    try {
      Transfers transfers = connection.transfers();
      new Retrieval(transfers.begin(Command.of("LIST", "-d ."), 0), transfers.buffer())
          .run(Channels.newChannel(OutputStream.nullOutputStream()));
    } catch (ReplyException e) {
      if (!dialogue.isIntact()) {
        throw e;
      }
    }
  }
}
