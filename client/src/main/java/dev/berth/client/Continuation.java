package dev.berth.client;

import dev.berth.client.ServerTraits.StoreContinuation;
import dev.berth.dialects.Refusal;
import dev.berth.wire.Command;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Starts to store behind what a file on the server has already. A server that refuses one way is
 * asked for the other, and not asked for the first again in this run; in later runs neither, if it
 * would say the same of every file: ProFTPD without {@code AllowStoreRestart} answers REST with 350
 * and the STOR with 451. Confined to the connection's thread.
 */
final class Continuation implements Storage.Start {
  private static final Command FROM_THE_START = Command.of("REST", "0");

  private static final List<String> ABOUT_CONTINUING = List.of("append", "restart", "resum");

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
      connection.traits().withoutStoreContinuation(way, isWhateverTheFile(e));
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
      Storage.Started started = open(StoreContinuation.APPEND);
      // The file may be written: it was the way that is refused.
      connection.traits().withoutStoreContinuation(StoreContinuation.RESTART, true);
      return started;
    } catch (ReplyException e) {
      if (isAboutTheWay(e)) {
        connection
            .traits()
            .withoutStoreContinuation(StoreContinuation.APPEND, isWhateverTheFile(e));
      }
      e.addSuppressed(withoutRestart);
      throw e;
    }
  }

  private Storage.Started open(StoreContinuation way) throws IOException {
    DataCommand command =
        switch (way) {
          case RESTART -> connection.transfers().begin(Command.of("STOR", file.value()), offset);
          case APPEND -> connection.transfers().begin(Command.of("APPE", file.value()), 0);
          case NONE -> throw new IllegalStateException("the server continues no upload");
        };
    return new Storage.Started(command, command.open());
  }

  /**
   * Whether a reply may mean that the server continues no upload in this way. The way to the data
   * connection is another matter; so are a full disk, and a server that serves no more.
   */
  private boolean isAboutTheWay(ReplyException failure) {
    return switch (failure.command().verb()) {
      case "REST", "STOR", "APPE" ->
          failure.reply().isNegative()
              && connection.isIntact()
              && failure.refusal().map(Continuation::mayBeAboutTheWay).orElse(true);
      default -> false;
    };
  }

  /**
   * Whether the server would say the same of every file: it does not know the command, or speaks of
   * continuing (ProFTPD 1.3.8: "Append/Restart not permitted"), but for what the file is called.
   */
  private boolean isWhateverTheFile(ReplyException failure) {
    String words = failure.reply().text().replace(file.name(), "").toLowerCase(Locale.ROOT);
    return failure.reply().isUnknownCommand()
        || ABOUT_CONTINUING.stream().anyMatch(words::contains);
  }

  /** ProFTPD's "Append/Restart not permitted, try again" reads as a service that is not there. */
  private static boolean mayBeAboutTheWay(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Unavailable unavailable -> true;
      case Refusal.Unclear unclear -> true;
      case Refusal.Denied denied -> true;
      case Refusal.Limit limit -> false;
      case Refusal.Overload overload -> false;
      case Refusal.ShuttingDown down -> false;
      case Refusal.IdleTimeout idle -> false;
      case Refusal.Silent silent -> false;
      case Refusal.LoginFailure login -> false;
      case Refusal.TlsRequired tls -> false;
      case Refusal.Quota quota -> false;
      case Refusal.DataLimit data -> false;
    };
  }
}
