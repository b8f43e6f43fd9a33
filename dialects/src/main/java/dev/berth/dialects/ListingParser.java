package dev.berth.dialects;

import dev.berth.wire.FactLine;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Reads listings line by line: facts (MLSD, MLST) and what LIST gives, Unix or MS-DOS style, told
 * apart at each line. Immutable; any thread may call it; it never blocks.
 *
 * <p>Lines come decoded and without line end. A line whose bytes are not UTF-8 is best decoded as
 * ISO 8859-1, as {@link dev.berth.wire.Reply} does: month names in other charsets are still found
 * then.
 */
public final class ListingParser {
  /** What was asked for. */
  public enum Form {
    /** A folder's facts on a data connection: names, no paths (RFC 3659 section 7.2). */
    MLSD,
    /** One file's facts inside a reply on the control connection: a pathname. */
    MLST,
    /** A folder's listing in the server's own style (RFC 959 section 4.1.3). */
    LIST
  }

  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9990-01-01T00:00:00Z");

  private final Form form;
  private final UnixListing unix;
  private final DosListing dos;

  /**
   * A parser for one listing.
   *
   * @param now the time of the listing: dates without a year are in the year before it
   * @param serverZone the zone of the server's clock, as far as known. Times of LIST are read in
   *     it; facts are in UTC whatever it is. vsftpd, ProFTPD and pyftpdlib list UTC unless
   *     configured otherwise.
   * @throws IllegalArgumentException if now is not between the years 1970 and 9990
   */
  public ListingParser(Form form, Instant now, ZoneId serverZone) {
    if (now.isBefore(FIRST) || now.isAfter(LAST)) {
      throw new IllegalArgumentException("not the time of a listing: " + now);
    }
    this.form = form;
    ListingClock clock = new ListingClock(now, serverZone);
    this.unix = new UnixListing(clock);
    this.dos = new DosListing(clock);
  }

  /** A parser for facts, which need neither the time nor a zone. */
  public static ListingParser ofFacts(Form form) {
    if (form == Form.LIST) {
      throw new IllegalArgumentException("LIST needs the time and a zone");
    }
    return new ListingParser(form, FIRST, ZoneOffset.UTC);
  }

  /**
   * Reads one line.
   *
   * @param line without LF; a CR at its end is taken off, other characters are kept as they are
   */
  public ListingLine parse(String line) {
    if (line.length() > FactLine.MAX_LENGTH) {
      return new ListingLine.Unreadable(
          line, "longer than " + FactLine.MAX_LENGTH + " characters: " + line.length());
    }
    String content = withoutCarriageReturns(line);
    if (content.isBlank()) {
      return new ListingLine.Ignored("an empty line");
    }
    if (content.indexOf('\n') >= 0) {
      return new ListingLine.Unreadable(line, "a line end inside the line");
    }
    return switch (form) {
      case MLSD -> FactListing.ofFolder(content);
      case MLST -> FactListing.ofOne(content);
      case LIST -> list(content);
    };
  }

  private ListingLine list(String line) {
    if (DosListing.looksLike(line)) {
      return dos.parse(line);
    }
    return unix.parse(line);
  }

  /** Servers that write text in Windows' text mode send CR CR LF. */
  private static String withoutCarriageReturns(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == '\r') {
      end--;
    }
    return line.substring(0, end);
  }
}
