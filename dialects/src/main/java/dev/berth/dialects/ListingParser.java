package dev.berth.dialects;

import dev.berth.wire.FactLine;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads listings: facts (MLSD, MLST) and what LIST gives, in the styles of all kinds of servers.
 * Immutable; any thread may call it; it never blocks.
 *
 * <p>Lines come without line ends, decoded by {@link dev.berth.wire.Octets}, or as ISO 8859-1:
 * month names in old charsets are found in both.
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
  private final List<Supplier<ListingDialect>> dialects;

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
    this.dialects = dialects(new ListingClock(now, serverZone));
  }

  /** A parser for facts, which need neither the time nor a zone. */
  public static ListingParser ofFacts(Form form) {
    if (form == Form.LIST) {
      throw new IllegalArgumentException("LIST needs the time and a zone");
    }
    return new ListingParser(form, FIRST, ZoneOffset.UTC);
  }

  /**
   * Each style of LIST, the commonest first; in doubt the one above is chosen. Made when it is come
   * to: their tables and patterns would cost each program a tenth of a second at its start.
   */
  private static List<Supplier<ListingDialect>> dialects(ListingClock clock) {
    return List.of(
        () -> new MacListing(clock),
        () -> new UnixFolders(new UnixListing(clock)::parse),
        () -> DosListing.dialect(clock),
        EplfListing::dialect,
        () -> new VmsListing(clock),
        MvsListing::dialect,
        () -> new PdsListing(clock),
        JesListing::dialect,
        () -> new IbmIListing(clock),
        () -> CmsListing.dialect(clock),
        () -> NonStopListing.dialect(clock),
        () -> ColumnListing.netWare(clock),
        () -> ColumnListing.enterprise(clock),
        () -> Os2Listing.dialect(clock),
        DatelessListing::dialect);
  }

  /**
   * Reads a listing. Which style of LIST it is in is decided once, over all of its lines: the one
   * in which most of them can be read. A name that looks like a line of another style changes
   * nothing.
   *
   * @param lines without LF; CRs at their ends are taken off, other characters are kept as they are
   * @return for each line, in their order, what it is
   */
  public List<ListingLine> parse(List<String> lines) {
    List<String> contents = new ArrayList<>();
    List<Optional<ListingLine>> settled = new ArrayList<>();
    for (String line : lines) {
      String content = withoutCarriageReturns(line);
      Optional<ListingLine> bad = settled(line, content);
      settled.add(bad);
      contents.add(bad.isPresent() ? "" : content);
    }
    List<ListingLine> read = read(contents);
    List<ListingLine> result = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      result.add(settled.get(i).orElse(read.get(i)));
    }
    return result;
  }

  /** Reads a listing of one line. */
  public ListingLine parse(String line) {
    return parse(List.of(line)).getFirst();
  }

  /** What a line is whatever the style of its listing. */
  private static Optional<ListingLine> settled(String line, String content) {
    if (line.length() > FactLine.MAX_LENGTH) {
      return Optional.of(
          new ListingLine.Unreadable(
              line, "longer than " + FactLine.MAX_LENGTH + " characters: " + line.length()));
    }
    if (content.indexOf('\n') >= 0) {
      return Optional.of(new ListingLine.Unreadable(line, "a line end inside the line"));
    }
    return content.isBlank()
        ? Optional.of(new ListingLine.Ignored("an empty line"))
        : Optional.empty();
  }

  private List<ListingLine> read(List<String> lines) {
    return switch (form) {
      case MLSD -> lines.stream().map(FactListing::ofFolder).toList();
      case MLST -> lines.stream().map(FactListing::ofOne).toList();
      case LIST -> list(lines);
    };
  }

  private List<ListingLine> list(List<String> lines) {
    List<ListingLine> best = List.of();
    Score highest = Score.NONE;
    for (Supplier<ListingDialect> dialect : dialects) {
      List<ListingLine> read = dialect.get().read(lines);
      Score score = Score.of(lines, read);
      if (score.isBetterThan(highest)) {
        best = read;
        highest = score;
      }
      if (score.isDecisive()) {
        break;
      }
    }
    return best;
  }

  /** How well a style fits a listing: entries, lines of another style, and damaged ones. */
  private record Score(int entries, int foreign, int damaged) {
    static final Score NONE = new Score(-1, 0, 0);

    static Score of(List<String> lines, List<ListingLine> read) {
      int entries = 0;
      int foreign = 0;
      int damaged = 0;
      for (int i = 0; i < read.size(); i++) {
        boolean blank = lines.get(i).isBlank();
        if (read.get(i) instanceof ListingLine.Entry) {
          entries++;
        } else if (!blank && ListingDialect.isForeign(read.get(i))) {
          foreign++;
        } else if (!blank && read.get(i) instanceof ListingLine.Unreadable) {
          damaged++;
        }
      }
      return new Score(entries, foreign, damaged);
    }

    boolean isBetterThan(Score other) {
      return entries != other.entries ? entries > other.entries : foreign < other.foreign;
    }

    /**
     * No other style can do better: what is a line of one is no line of another. Of an empty folder
     * all lines are understood, and none is an entry.
     */
    boolean isDecisive() {
      return entries > foreign + damaged || foreign + damaged == 0;
    }
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
