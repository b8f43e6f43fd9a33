package dev.berth.logs;

import dev.berth.sightings.Happening;

/**
 * Pure-FTPd's {@code AltLog clf:}, which looks like a web server's: {@code 192.0.2.7 - ann
 * [22/Nov/2026:11:56:58 -0000] "GET /srv/ftp/a.txt" 200 1024}.
 */
final class PureFtpdTransferLog extends LogFormat {
  PureFtpdTransferLog(Times times) {
    super(LogKind.PURE_FTPD_TRANSFERS, times);
  }

  @Override
  Reading read(Scan line, Notes notes) {
    CommonLine read = CommonLine.read(line, times());
    boolean isDown = read.verb().equals("GET");
    boolean isKind = (isDown || read.verb().equals("PUT")) && read.code() == 200;
    // A web server's line has the version of HTTP behind the path.
    if (line.isLost() || !isKind || read.bytes() < 0 || read.argument().contains(" HTTP/")) {
      return Reading.UNREAD;
    }
    // It writes the same line for a download that was broken off (1.0.50, measured).
    notes.tell(
        read.moment(),
        read.caller(),
        new Happening.Transferred(
            isDown ? Happening.Direction.DOWN : Happening.Direction.UP,
            read.argument(),
            new Happening.Size.Bytes(read.bytes()),
            true));
    return Reading.UNDERSTOOD;
  }
}
