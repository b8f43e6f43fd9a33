package dev.berth.logs;

import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;
import dev.berth.dialects.Stated;
import dev.berth.sightings.Caller;
import dev.berth.sightings.Happening;
import dev.berth.sightings.Moment;

/**
 * ProFTPD's SystemLog, and its lines in syslog: {@code 2026-11-22 11:54:49,933 host proftpd[9360]
 * 127.0.0.1 (192.0.2.7[192.0.2.7]): Connection refused (MaxClientsPerHost 3)}.
 */
final class ProftpdSystemLog extends LogFormat {
  ProftpdSystemLog(Times times) {
    super(LogKind.PROFTPD_SYSTEM, times);
  }

  @Override
  Reading read(Scan line, Notes notes) {
    Moment moment = times().isoOrSyslog(line);
    line.expect(" ");
    line.word(); // the host
    line.expect(" proftpd[");
    String process = line.until("]");
    line.skip(":"); // in syslog
    line.expect(" ");
    line.word(); // the server's address, with a colon behind it in lines of the server itself
    line.expect(" ");
    if (line.isLost()) {
      return Reading.UNREAD;
    }
    if (!line.skip("(")) {
      return ofServer(line, moment, notes);
    }
    line.until("["); // the client's name
    String address = line.until("]): ");
    if (line.isLost()) {
      return Reading.UNREAD;
    }
    return ofSession(line, moment, Caller.of(address, process), notes);
  }

  private static Reading ofServer(Scan line, Moment moment, Notes notes) {
    if (line.endsWith(" STARTUP")) {
      notes.tell(moment, Caller.nobody(), new Happening.ServerStarted());
      return Reading.UNDERSTOOD;
    }
    if (line.endsWith(" SHUTDOWN")) {
      notes.tell(moment, Caller.nobody(), new Happening.ServerStopped());
      return Reading.UNDERSTOOD;
    }
    if (line.isNext("ProFTPD ")) {
      return Reading.UNDERSTOOD;
    }
    if (line.isNext("MaxInstances (")) {
      // The server closes without a word, and does not write whose connection it was.
      notes.tell(
          moment,
          Caller.nobody(),
          new Happening.Refused(
              new Refusal.Limit(Refusal.Scope.SERVER, new Stated.Nothing(), line.rest()),
              Phase.GREETING));
      return Reading.UNDERSTOOD;
    }
    return Reading.UNREAD;
  }

  private static Reading ofSession(Scan line, Moment moment, Caller caller, Notes notes) {
    if (line.skip("Connection refused (")) {
      return refusal(line, moment, caller, notes);
    }
    if (line.isNext("Maximum login attempts ") || line.isNext("notice: ")) {
      return Reading.UNDERSTOOD;
    }
    if (line.isNext("FTP session opened")) {
      notes.tell(moment, caller, new Happening.Opened());
      return Reading.UNDERSTOOD;
    }
    if (line.isNext("FTP session closed")) {
      notes.tell(moment, caller, new Happening.Closed(Happening.Ending.UNSAID));
      return Reading.UNDERSTOOD;
    }
    if (line.skip("USER ")) {
      return login(line, moment, caller, notes);
    }
    return Reading.UNREAD;
  }

  /** {@code Connection refused (MaxClientsPerHost 3)}, by whichever directive. */
  private static Reading refusal(Scan line, Moment moment, Caller caller, Notes notes) {
    String directive = line.until(" ");
    int limit = (int) line.number();
    line.expect(")");
    if (line.isLost()) {
      return Reading.UNREAD;
    }
    Refusal.Scope scope =
        directive.endsWith("PerHost")
            ? Refusal.Scope.ADDRESS
            : directive.endsWith("PerUser") ? Refusal.Scope.ACCOUNT : Refusal.Scope.SERVER;
    Phase phase = directive.equals("MaxConnectionsPerHost") ? Phase.GREETING : Phase.PASS;
    notes.tell(
        moment,
        caller,
        new Happening.Refused(
            new Refusal.Limit(scope, new Stated.Figure(limit), directive + ' ' + limit), phase));
    return Reading.UNDERSTOOD;
  }

  /**
   * {@code USER ann: Login successful.}, {@code ann: no such user found}, {@code ann (Login
   * failed)}.
   */
  private static Reading login(Scan line, Moment moment, Caller caller, Notes notes) {
    int from = line.place();
    String user = line.until(": Login successful");
    if (!line.isLost()) {
      notes.tell(moment, caller, new Happening.LoggedIn(user));
      return Reading.UNDERSTOOD;
    }
    line.back(from);
    user = line.until(" (Login failed)");
    if (line.isLost()) {
      line.back(from);
      user = line.until(": no such user found");
    }
    if (line.isLost()) {
      return Reading.UNREAD;
    }
    notes.tell(moment, caller, new Happening.LoginFailed(user));
    return Reading.UNDERSTOOD;
  }
}
