package dev.berth.dialects;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the data sets that the FTP server of z/OS lists (z/OS Communications Server, IP User's
 * Guide and Commands): volume, unit, date of the last reference, extents, tracks, record format,
 * organization, name. Numbers too wide for their column touch the next one.
 *
 * <p>Tracks tell no size in bytes and a reference is no change, so neither is read. A partitioned
 * data set is a folder; its members stand in a listing of its own, see {@link PdsListing}.
 */
final class MvsListing {
  private static final String VOLUME = "[\\w$#@]{1,6}\\s+";
  private static final String NAME = "('[^\\s']{1,54}'|[^\\s']{1,54})\\s*";

  private static final Pattern HEADER = Pattern.compile("\\s*Volume\\s.*\\sDsname\\s*");

  private static final Pattern COLUMNS =
      Pattern.compile(
          VOLUME
              + "(?:[\\w-]{3,8}\\s+)?(?:\\d{4}/\\d{2}/\\d{2}|\\d{2}/\\d{2}/\\d{2}|\\*\\*NONE\\*\\*)"
              + "\\s+\\S.*\\s([A-Z]{2,4}(?:-[A-Z])?|\\?|\\*\\*)\\s+"
              + NAME);

  /** What has no columns of its own: clusters, generations, other names of data sets. */
  private static final Pattern BARE =
      Pattern.compile(
          "(?:\\s{8,}|" + VOLUME + "\\d{4}[A-Z]?\\s+)(VSAM|GDG|PATH|ALIAS|PS|PO)\\s+" + NAME);

  private static final Pattern TAPE = Pattern.compile(VOLUME + "(?i:tape)\\s+" + NAME);

  /** Words in the place of the columns: what the server would have to fetch or cannot see. */
  private static final Pattern STATE =
      Pattern.compile(
          "(?:"
              + VOLUME
              + ")??(Migrated|Archived|(?:ARCIVE )?Not Direct Access Device|Not Mounted"
              + "|Not a DASD device|File not on volume|Error determining attributes"
              + "|Pseudo Directory|User catalog connector)\\s+"
              + NAME);

  private MvsListing() {}

  static ListingDialect dialect() {
    return ListingDialect.ofLines(MvsListing::line);
  }

  private static ListingLine line(String line) {
    if (HEADER.matcher(line).matches()) {
      return new ListingLine.Ignored("the header of the listing");
    }
    for (Pattern columns : new Pattern[] {COLUMNS, BARE}) {
      Matcher shape = columns.matcher(line);
      if (shape.matches()) {
        return new EntryDraft(line, shape.group(2), type(shape.group(1))).done();
      }
    }
    Matcher tape = TAPE.matcher(line);
    if (tape.matches()) {
      return new EntryDraft(line, tape.group(1), ListingEntry.Type.FILE).done();
    }
    Matcher state = STATE.matcher(line);
    return state.matches() ? inState(line, state) : ListingDialect.foreign(line);
  }

  /** Organizations: partitioned, plain or extended; sequential and direct; all others. */
  private static ListingEntry.Type type(String organization) {
    return switch (organization) {
      case "PO", "POU", "PO-E" -> ListingEntry.Type.FOLDER;
      case "PS", "PSU", "PS-E", "PS-L", "DA", "DAU" -> ListingEntry.Type.FILE;
      default -> ListingEntry.Type.OTHER;
    };
  }

  /** RETR makes the system recall what was moved away; that most often is a file. */
  private static ListingLine inState(String line, Matcher state) {
    String words = state.group(1);
    String name = state.group(2);
    return switch (words) {
      case "Pseudo Directory" -> new EntryDraft(line, name, ListingEntry.Type.FOLDER).done();
      case "Error determining attributes", "User catalog connector" ->
          new EntryDraft(line, name, ListingEntry.Type.OTHER).doubt(words).done();
      default -> new EntryDraft(line, name, ListingEntry.Type.FILE).doubt(words).done();
    };
  }
}
