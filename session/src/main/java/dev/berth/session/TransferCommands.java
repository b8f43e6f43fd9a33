package dev.berth.session;

import dev.berth.session.SessionState.Range;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.util.OptionalLong;

/** Moving the content of files (RFC 959 section 4.1.3). */
final class TransferCommands {
  private TransferCommands() {}

  static void retrieve(Session session, String argument) throws IOException, InterruptedException {
    RemotePath file = session.path(argument);
    Range range = session.state().range;
    long offset = range == null ? session.state().restart : range.first();
    session.state().endTransfer();
    if (isInTextOnly(session, offset)) {
      return;
    }
    FileTransfer transfer = new FileTransfer(session, "RETR", file.value());
    if (transfer.isReady()) {
      try (Outgoing content = session.visit().retrieve(file, offset)) {
        transfer.send(range == null ? content : new PartOutgoing(content, range.length()), false);
      }
    }
  }

  static void store(Session session, String argument) throws IOException, InterruptedException {
    long offset = session.state().restart;
    Range range = session.state().range;
    session.state().endTransfer();
    if (range != null) {
      session.reply(504, "RANG holds for RETR and HASH; to go on with an upload, REST.");
      return;
    }
    if (isInTextOnly(session, offset)) {
      return;
    }
    receive(
        session, "STOR", argument, offset > 0 ? new StoreWay.From(offset) : new StoreWay.Replace());
  }

  static void append(Session session, String argument) throws IOException, InterruptedException {
    session.state().endTransfer();
    receive(session, "APPE", argument, new StoreWay.Append());
  }

  static void storeUnique(Session session, String argument)
      throws IOException, InterruptedException {
    session.state().endTransfer();
    receive(session, "STOU", argument.isEmpty() ? "file" : argument, new StoreWay.Unique());
  }

  private static void receive(Session session, String verb, String argument, StoreWay way)
      throws IOException, InterruptedException {
    RemotePath file = session.path(argument);
    FileTransfer transfer = new FileTransfer(session, verb, file.value());
    if (transfer.isReady()) {
      try (Incoming content = session.visit().store(file, way)) {
        transfer.receive(content, way);
      }
    }
  }

  /** RFC 3659 section 5; the offset is judged when the transfer begins. */
  static void restart(Session session, String argument) throws IOException {
    OptionalLong offset = number(argument.strip());
    if (offset.isEmpty()) {
      session.reply(501, "REST takes a number of bytes.");
      return;
    }
    // A server behind judges it itself; some take it.
    if (!session.isRelayed() && isInTextOnly(session, offset.getAsLong())) {
      return;
    }
    session.state().range = null;
    session.state().restart = offset.getAsLong();
    session.reply(350, "The next transfer begins at " + offset.getAsLong() + ".");
  }

  /** Whether an offset is of no use, and the client has been told. */
  private static boolean isInTextOnly(Session session, long offset) throws IOException {
    boolean isUseless = session.state().type == RepresentationType.ASCII && offset > 0;
    if (isUseless) {
      session.reply(554, "In type A nobody knows where that is: send TYPE I first.");
    }
    return isUseless;
  }

  /** draft-bryan-ftp-range section 3: the first and the last byte; {@code 1 0} takes it back. */
  static void range(Session session, String argument) throws IOException {
    String[] numbers = argument.strip().split(" +", -1);
    OptionalLong first = number(numbers[0]);
    OptionalLong last = numbers.length == 2 ? number(numbers[1]) : OptionalLong.empty();
    if (first.isEmpty() || last.isEmpty()) {
      session.reply(501, "RANG takes the first byte and the last.");
    } else if (first.getAsLong() == 1 && last.getAsLong() == 0) {
      session.state().endTransfer();
      session.reply(350, "The next transfer is of the whole file.");
    } else if (last.getAsLong() < first.getAsLong()) {
      session.reply(501, "The last byte cannot come before the first.");
    } else {
      session.state().restart = 0;
      session.state().range = new Range(first.getAsLong(), last.getAsLong());
      session.reply(
          350,
          "The next transfer is of the bytes "
              + first.getAsLong()
              + " to "
              + last.getAsLong()
              + ".");
    }
  }

  /** RFC 959: room for so many bytes; it is not kept free, but who has none is told now. */
  static void allocate(Session session, String argument) throws IOException {
    String first = argument.strip().split(" ", 2)[0];
    OptionalLong bytes = number(first);
    if (bytes.isEmpty()) {
      session.reply(501, "ALLO takes a number of bytes.");
      return;
    }
    OptionalLong room = session.visit().available(session.state().folder);
    if (room.isPresent() && room.getAsLong() < bytes.getAsLong()) {
      session.reply(552, "There is room for " + room.getAsLong() + " bytes only.");
    } else {
      session.reply(200, "There is room.");
    }
  }

  /** When it is run, nothing is under way any more: the transfer was ended when it was heard. */
  static void abort(Session session, String argument) throws IOException {
    session.door().close();
    session.state().endTransfer();
    session.reply(226, "Nothing is under way any more.");
  }

  private static OptionalLong number(String text) {
    boolean isNumber =
        !text.isEmpty()
            && text.length() <= 18
            && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    return isNumber ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }
}
