package dev.berth.logs;

import dev.berth.sightings.Caller;
import dev.berth.sightings.Moment;

/**
 * A line in the common log format of web servers, which FTP servers write too: {@code 192.0.2.7 -
 * ann [22/Nov/2026:11:56:58 +0000] "RETR a.txt" 226 1024}.
 *
 * @param user a hyphen if there is none
 * @param verb the first word between the quotes
 * @param argument what is behind it; may be empty
 * @param bytes a negative number if there is a hyphen
 */
record CommonLine(
    Moment moment, Caller caller, String user, String verb, String argument, int code, long bytes) {
  static final String NOBODY = "-";
  static final long UNSAID = -1;

  /** Reads it; the scan is lost when it is none. */
  static CommonLine read(Scan line, Times times) {
    final String address = line.word();
    line.expect(" ");
    line.word(); // who the client's host says that it is (RFC 1413): nobody asks for that any more
    line.expect(" ");
    final String user = line.word();
    line.expect(" ");
    final Moment moment = times.common(line);
    line.expect(" \"");
    String request = line.untilLast("\" ");
    final int code = line.digits(3);
    line.expect(" ");
    long bytes = line.skip("-") ? UNSAID : line.number();
    if (!line.isAtEnd()) {
      line.lose();
    }
    int blank = request.indexOf(' ');
    return new CommonLine(
        moment,
        Caller.at(address),
        user,
        blank < 0 ? request : request.substring(0, blank),
        blank < 0 ? "" : request.substring(blank + 1),
        code,
        bytes);
  }
}
