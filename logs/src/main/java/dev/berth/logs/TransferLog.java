package dev.berth.logs;

import dev.berth.sightings.Caller;
import dev.berth.sightings.Happening;
import dev.berth.sightings.Moment;

/**
 * The transfer log of wu-ftpd, xferlog(5): {@code Sun Nov 22 11:54:46 2026 0 192.0.2.7 1024
 * /a/b.txt b _ o r ann ftp 0 * c}. A pathname may have blanks (ProFTPD writes underscores), so the
 * nine words behind it are counted from the end.
 */
final class TransferLog extends LogFormat {
  TransferLog(Times times) {
    super(LogKind.TRANSFER_LOG, times);
  }

  @Override
  Reading read(Scan line, Notes notes) {
    Moment moment = times().ctime(line);
    line.expect(" ");
    line.number();
    line.expect(" ");
    String address = line.word();
    line.expect(" ");
    long bytes = line.number();
    line.expect(" ");
    if (line.isLost()) {
      return Reading.UNREAD;
    }
    int pathAt = line.place();
    line.backOverWords(9);
    int wordsAt = line.place();
    line.skip(1);
    boolean isKind = line.skip("a ") || line.skip("b ");
    line.word(); // what was done to the file: _, C, U, T
    line.expect(" ");
    Happening.Direction direction = direction(line);
    if (line.isLost() || !isKind) {
      return Reading.UNREAD;
    }
    boolean isWhole = line.endsWith(" c");
    if (!isWhole && !line.endsWith(" i")) {
      return Reading.UNREAD;
    }
    notes.tell(
        moment,
        Caller.at(address),
        new Happening.Transferred(
            direction, line.between(pathAt, wordsAt), new Happening.Size.Bytes(bytes), isWhole));
    return Reading.UNDERSTOOD;
  }

  private static Happening.Direction direction(Scan line) {
    if (line.skip("o ")) {
      return Happening.Direction.DOWN;
    }
    line.expect("i ");
    return Happening.Direction.UP;
  }
}
