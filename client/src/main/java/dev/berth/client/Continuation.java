package dev.berth.client;

import dev.berth.client.ServerTraits.StoreContinuation;
import dev.berth.wire.Command;
import dev.berth.wire.RemotePath;
import java.io.IOException;

/**
 * Starts to store behind what a file on the server has already. A server that refuses one way is
 * asked for the other, and not asked for the first again: ProFTPD without {@code AllowStoreRestart}
 * answers REST with 350 and the STOR with 451. Confined to the connection's thread.
 */
final class Continuation implements Storage.Start {
  private static final Command FROM_THE_START = Command.of("REST", "0");

  private final FtpConnection connection;
  private final RemotePath file;
  private final long offset;

  Continuation(FtpConnection connection, RemotePath file, long offset) {
    this.connection = connection;
    this.file = file;
    this.offset = offset;
  }

  @Override
  public Storage.Started open() throws IOException {
    StoreContinuation way = connection.traits().storeContinuation();
    try {
      return open(way);
    } catch (ReplyException e) {
      if (!isAboutTheWay(e)) {
        throw e;
      }
      connection.traits().withoutStoreContinuation(way);
      if (way != StoreContinuation.RESTART || !connection.isReusable()) {
        throw e;
      }
      return append(e);
    }
  }

  private Storage.Started append(ReplyException withoutRestart) throws IOException {
    if (!withoutRestart.command().verb().equals("REST")) {
      // A marker that the server still keeps would move what is appended.
      connection.dialogue().exchange(FROM_THE_START);
    }
    try {
      return open(StoreContinuation.APPEND);
    } catch (ReplyException e) {
      if (isAboutTheWay(e)) {
        connection.traits().withoutStoreContinuation(StoreContinuation.APPEND);
      }
      e.addSuppressed(withoutRestart);
      throw e;
    }
  }

  private Storage.Started open(StoreContinuation way) throws IOException {
    DataCommand command =
        switch (way) {
          case RESTART -> connection.begin(Command.of("STOR", file.value()), offset);
          case APPEND -> connection.begin(Command.of("APPE", file.value()), 0);
          case NONE -> throw new IllegalStateException("the server continues no upload");
        };
    return new Storage.Started(command, command.open());
  }

  /** The way to the data connection is another matter, and so is a server that serves no more. */
  private static boolean isAboutTheWay(ReplyException refusal) {
    return switch (refusal.command().verb()) {
      case "REST", "STOR", "APPE" -> refusal.reply().isNegative() && refusal.refusal().isEmpty();
      default -> false;
    };
  }
}
