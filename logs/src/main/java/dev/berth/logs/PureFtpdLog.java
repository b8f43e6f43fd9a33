package dev.berth.logs;

import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;
import dev.berth.dialects.Stated;
import dev.berth.sightings.Caller;
import dev.berth.sightings.Happening;
import dev.berth.sightings.Moment;

/**
 * Pure-FTPd in syslog: {@code Nov 22 11:56:58 host pure-ftpd[13017]: (?@192.0.2.7) [INFO] New
 * connection from 192.0.2.7}. One process writes all lines of a session (1.0.50, measured), so its
 * number tells sessions apart.
 */
final class PureFtpdLog extends LogFormat {
  PureFtpdLog(Times times) {
    super(LogKind.PURE_FTPD_SYSLOG, times);
  }

  @Override
  Reading read(Scan line, Notes notes) {
    SyslogPrefix prefix = SyslogPrefix.read(line, times());
    if (line.isLost()) {
      return Reading.UNREAD;
    }
    if (!prefix.program().equals("pure-ftpd")) {
      return Reading.FOREIGN;
    }
    if (line.isNext("pam_")) {
      return Reading.UNDERSTOOD; // what PAM says of the same login
    }
    line.expect("(");
    line.until("@"); // the user, or a question mark
    String address = line.until(") [");
    line.until("] ");
    if (line.isLost()) {
      return Reading.UNREAD;
    }
    Caller caller =
        address.equals("?")
            ? Caller.session(prefix.process())
            : Caller.of(address, prefix.process());
    return message(line, prefix.moment(), caller, notes);
  }

  private static Reading message(Scan line, Moment moment, Caller caller, Notes notes) {
    if (line.skip("New connection from ")) {
      notes.tell(moment, caller, new Happening.Opened());
    } else if (line.isNext("Logout.")) {
      notes.tell(moment, caller, new Happening.Closed(Happening.Ending.UNSAID));
    } else if (line.isNext("Timeout - ")) {
      notes.tell(moment, caller, new Happening.IdledOut());
    } else if (line.isNext("Too many connections (")) {
      return refusal(line, moment, notes);
    } else if (line.skip("Authentication failed for user [")) {
      notes.tell(moment, caller, new Happening.LoginFailed(line.untilLast("]")));
    } else {
      return ofAccount(line, moment, caller, notes);
    }
    return line.isLost() ? Reading.UNREAD : Reading.UNDERSTOOD;
  }

  /** {@code Too many connections (3) from this IP: [192.0.2.7]}, once for several in a row. */
  private static Reading refusal(Scan line, Moment moment, Notes notes) {
    int from = line.place();
    line.until("(");
    int limit = (int) line.number();
    line.until(": [");
    int to = line.place();
    String address = line.until("]");
    if (line.isLost()) {
      return Reading.UNREAD;
    }
    String words = line.between(from, to - 3);
    notes.tell(
        moment,
        Caller.at(address),
        new Happening.Refused(
            new Refusal.Limit(Refusal.Scope.ADDRESS, new Stated.Figure(limit), words),
            Phase.GREETING));
    return Reading.UNDERSTOOD;
  }

  private static Reading ofAccount(Scan line, Moment moment, Caller caller, Notes notes) {
    if (line.endsWith(" is now logged in")) {
      notes.tell(moment, caller, new Happening.LoggedIn(line.untilLast(" is now logged in")));
      return Reading.UNDERSTOOD;
    }
    int from = line.place();
    String path = line.untilLast(" downloaded  (");
    Happening.Direction direction = Happening.Direction.DOWN;
    if (line.isLost()) {
      line.back(from);
      path = line.untilLast(" uploaded  (");
      direction = Happening.Direction.UP;
    }
    long bytes = line.number();
    line.expect(" bytes, ");
    if (line.isLost()) {
      return Reading.UNREAD;
    }
    // It writes the same line for a download that was broken off (1.0.50, measured).
    notes.tell(
        moment,
        caller,
        new Happening.Transferred(direction, path, new Happening.Size.Bytes(bytes), true));
    return Reading.UNDERSTOOD;
  }
}
