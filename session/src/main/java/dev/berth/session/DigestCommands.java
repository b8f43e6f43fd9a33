package dev.berth.session;

import dev.berth.session.SessionState.Range;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/** Sums over files: HASH (draft-bryan-ftpext-hash), and XCRC, XMD5, XSHA... that came before it. */
final class DigestCommands {
  private DigestCommands() {}

  /** {@code 213 SHA-256 0-49 7a1b... name}; RANG may have named a part. */
  static void hash(Session session, String argument) throws IOException {
    RemotePath file = session.path(argument);
    Digests digest = session.state().digest;
    Range asked = session.state().range;
    session.state().range = null;
    Range whole = whole(session, file);
    Range range = asked == null ? whole : asked;
    if (range.last() > whole.last()) {
      throw new Denial(Denial.Reason.BEYOND_END, "The file has no such bytes.");
    }
    String sum = sum(session, digest, file, range);
    session.reply(
        213,
        digest.algorithm()
            + " "
            + range.first()
            + "-"
            + (range.last() + 1)
            + " "
            + sum
            + " "
            + argument);
  }

  /** {@code XCRC "name" first last}; the name may come without quotes if it is alone. */
  static void sum(Session session, Digests digest, String argument) throws IOException {
    String name = argument;
    String bounds = "";
    if (argument.startsWith("\"")) {
      int end = argument.indexOf('"', 1);
      name = end < 0 ? argument : argument.substring(1, end);
      bounds = end < 0 ? "" : argument.substring(end + 1).strip();
    }
    RemotePath file = session.path(name);
    Range whole = whole(session, file);
    Range range = bounds.isEmpty() ? whole : part(bounds, whole);
    session.reply(250, sum(session, digest, file, range));
  }

  private static Range part(String bounds, Range whole) throws Denial {
    String[] numbers = bounds.split(" +", -1);
    try {
      long first = Long.parseLong(numbers[0]);
      long last = numbers.length > 1 ? Long.parseLong(numbers[1]) - 1 : whole.last();
      if (first >= 0 && last >= first - 1 && last <= whole.last()) {
        return new Range(first, last);
      }
    } catch (NumberFormatException e) {
      throw new Denial(Denial.Reason.BEYOND_END, "The bounds have to be numbers of bytes.");
    }
    throw new Denial(Denial.Reason.BEYOND_END, "The file has no such bytes.");
  }

  private static Range whole(Session session, RemotePath file) throws IOException {
    Entry entry = session.visit().entry(file);
    if (!entry.isFile()) {
      throw new Denial(Denial.Reason.NOT_A_FILE, "That is no file.");
    }
    return new Range(0, entry.size() - 1);
  }

  private static String sum(Session session, Digests digest, RemotePath file, Range range)
      throws IOException {
    Abort abort = new Abort();
    try (CommandReader.Attention attention = session.reader().attend(abort);
        Outgoing content = session.visit().retrieve(file, range.first())) {
      attention.register(content);
      return digest.of(content.bytes(), range.length());
    } catch (ClosedChannelException e) {
      throw new Denial(Denial.Reason.BUSY, "Stopped before the sum was known.");
    }
  }
}
