package dev.berth.logs;

import dev.berth.sightings.Moment;

/**
 * What stands before a message in syslog: {@code Nov 22 11:56:58 host pure-ftpd[13017]: }, or with
 * {@code 2026-11-22T11:56:58.123456+00:00} for the time, as rsyslog and journalctl write it.
 *
 * @param program who wrote the message, without a path
 * @param process its number; empty where it has none
 */
record SyslogPrefix(Moment moment, String program, String process) {
  /** Reads it; the scan is lost when there is none. */
  static SyslogPrefix read(Scan line, Times times) {
    Moment moment = times.isoOrSyslog(line);
    line.expect(" ");
    line.word(); // the host
    line.expect(" ");
    int from = line.place();
    String tag = line.until(": ");
    int bracket = tag.indexOf('[');
    if (line.isLost() || tag.indexOf(' ') >= 0) {
      line.lose();
      return new SyslogPrefix(Moment.unknown(), "", "");
    }
    if (bracket < 0) {
      return new SyslogPrefix(moment, tag, "");
    }
    int after = line.place();
    line.back(from);
    String program = line.until("[");
    String process = line.until("]");
    line.back(after);
    return new SyslogPrefix(moment, program, process);
  }
}
