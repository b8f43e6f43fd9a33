package dev.berth.logs;

import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;
import dev.berth.dialects.Stated;
import dev.berth.sightings.Caller;
import dev.berth.sightings.Happening;
import dev.berth.sightings.Moment;

/**
 * vsftpd's own log: {@code Sun Nov 22 11:54:45 2026 [pid 8005] [ann] OK LOGIN: Client "192.0.2.7"}.
 *
 * <p>vsftpd has two or three processes for a session, and each writes its own number: CONNECT,
 * LOGIN and the transfers of one session have different ones (3.0.3, measured). So the number tells
 * nothing of the session here, and callers are told by their address.
 */
final class VsftpdLog extends LogFormat {
  private static final String ADDRESS_FULL =
      "Connection refused: too many sessions for this address.";
  private static final String SERVER_FULL = "Connection refused: too many sessions.";

  VsftpdLog(Times times) {
    super(LogKind.VSFTPD, times);
  }

  @Override
  Reading read(Scan line, Notes notes) {
    Moment moment = times().ctime(line);
    line.expect(" [pid ");
    line.number();
    line.expect("] ");
    if (line.isLost()) {
      return Reading.UNREAD;
    }
    if (line.skip("CONNECT: Client \"")) {
      return connect(line, moment, notes);
    }
    line.expect("[");
    String user = line.until("] ");
    boolean isWhole = line.skip("OK ");
    if (!isWhole) {
      line.expect("FAIL ");
    }
    String deed = line.until(": Client \"");
    if (line.has(": Client \"")) {
      return Reading.UNREAD; // a user or a file is named so that the line has two meanings
    }
    Caller caller = Caller.at(line.until("\""));
    if (line.isLost()) {
      return Reading.UNREAD;
    }
    return switch (deed) {
      case "LOGIN" -> {
        notes.tell(
            moment,
            caller,
            isWhole ? new Happening.LoggedIn(user) : new Happening.LoginFailed(user));
        yield Reading.UNDERSTOOD;
      }
      case "DOWNLOAD" -> transfer(line, moment, caller, Happening.Direction.DOWN, isWhole, notes);
      case "UPLOAD" -> transfer(line, moment, caller, Happening.Direction.UP, isWhole, notes);
      case "MKDIR", "RMDIR", "DELETE", "RENAME", "CHMOD" -> {
        notes.tell(moment, caller, new Happening.Commanded(deed));
        yield Reading.UNDERSTOOD;
      }
      default -> Reading.UNREAD;
    };
  }

  private static Reading connect(Scan line, Moment moment, Notes notes) {
    Caller caller = Caller.at(line.until("\""));
    if (line.isLost()) {
      return Reading.UNREAD;
    }
    if (line.isAtEnd()) {
      notes.tell(moment, caller, new Happening.Opened());
      return Reading.UNDERSTOOD;
    }
    line.expect(", \"");
    String words = line.until("\"");
    Refusal.Scope scope =
        switch (words) {
          case ADDRESS_FULL -> Refusal.Scope.ADDRESS;
          case SERVER_FULL -> Refusal.Scope.SERVER;
          default -> {
            line.lose();
            yield Refusal.Scope.SERVER;
          }
        };
    if (line.isLost()) {
      return Reading.UNREAD;
    }
    notes.tell(
        moment,
        caller,
        new Happening.Refused(
            new Refusal.Limit(scope, new Stated.Nothing(), words), Phase.GREETING));
    return Reading.UNDERSTOOD;
  }

  /**
   * {@code , "/a/b.txt", 1024 bytes, 2008.03Kbyte/sec}; of nothing moved the bytes are left out.
   */
  private static Reading transfer(
      Scan line,
      Moment moment,
      Caller caller,
      Happening.Direction direction,
      boolean isWhole,
      Notes notes) {
    line.expect(", \"");
    String path = line.untilLast("\"");
    line.expect(", ");
    int place = line.place();
    long bytes = line.number();
    if (!line.skip(" bytes, ")) {
      line.back(place);
      bytes = 0;
    }
    if (line.isLost()) {
      return Reading.UNREAD;
    }
    notes.tell(
        moment,
        caller,
        new Happening.Transferred(direction, path, new Happening.Size.Bytes(bytes), isWhole));
    return Reading.UNDERSTOOD;
  }
}
