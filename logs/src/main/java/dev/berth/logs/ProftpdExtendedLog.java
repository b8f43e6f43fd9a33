package dev.berth.logs;

import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;
import dev.berth.sightings.Happening;

/**
 * ProFTPD's ExtendedLog in the format that it has unless LogFormat says otherwise: a line for each
 * command, in the common log format. Which session of an address it was is not said.
 */
final class ProftpdExtendedLog extends LogFormat {
  ProftpdExtendedLog(Times times) {
    super(LogKind.PROFTPD_EXTENDED, times);
  }

  @Override
  Reading read(Scan line, Notes notes) {
    CommonLine read = CommonLine.read(line, times());
    if (line.isLost() || !isVerb(read.verb())) {
      return Reading.UNREAD;
    }
    notes.tell(read.moment(), read.caller(), happening(read));
    return Reading.UNDERSTOOD;
  }

  /** Of RFC 959: a web server's verbs are words too, but for one none has as few letters. */
  private static boolean isVerb(String verb) {
    return !verb.equals("GET")
        && !verb.equals("PUT")
        && verb.length() >= 3
        && verb.length() <= 4
        && verb.chars().allMatch(letter -> letter >= 'A' && letter <= 'Z');
  }

  private static Happening happening(CommonLine read) {
    return switch (read.verb()) {
      case "PASS" -> login(read);
      case "QUIT" -> new Happening.Closed(Happening.Ending.QUIT);
      case "RETR" -> transfer(read, Happening.Direction.DOWN);
      case "STOR", "APPE", "STOU" -> transfer(read, Happening.Direction.UP);
      default -> new Happening.Commanded(read.verb());
    };
  }

  /** It knows the user when the password was right: what it refuses then is another matter. */
  private static Happening login(CommonLine read) {
    boolean isRight = !read.user().equals(CommonLine.NOBODY);
    if (read.code() == 230) {
      return new Happening.LoggedIn(read.user());
    }
    return switch (read.code()) {
      case 530 ->
          isRight
              ? new Happening.Refused(
                  new Refusal.Unclear("(530 to PASS of " + read.user() + ")"), Phase.PASS)
              : new Happening.LoginFailed(read.user());
      default -> new Happening.Commanded(read.verb());
    };
  }

  /** What was refused before it began has no count of bytes. */
  private static Happening transfer(CommonLine read, Happening.Direction direction) {
    return read.bytes() == CommonLine.UNSAID
        ? new Happening.Commanded(read.verb())
        : new Happening.Transferred(
            direction,
            read.argument(),
            new Happening.Size.Bytes(read.bytes()),
            read.code() / 100 == 2);
  }
}
