package dev.berth.dialects;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what the FTP server of z/OS lists in JES mode: jobs at interface levels 1 and 2, and the
 * spool files of one job (z/OS Communications Server, IP User's Guide and Commands). A job's name
 * is its identifier, for RETR wants that. The byte count of a spool file is not that of its
 * transfer, where line ends are added, so no size is read.
 */
final class JesListing {
  private static final String JOB = "((?:JOB|TSU|STC|J|T|S)\\d{5,7})";
  private static final String STATUS = "(?:INPUT|ACTIVE|OUTPUT|HELD)\\b.*";

  /** Job name, identifier, status, spool files. */
  private static final Pattern LEVEL_1 = Pattern.compile("\\S{1,8}\\s+" + JOB + "\\s+" + STATUS);

  /** Job name, identifier, owner, status, class, result. */
  private static final Pattern LEVEL_2 =
      Pattern.compile("\\S{1,8}\\s+" + JOB + "\\s+(\\S{1,8})\\s+" + STATUS);

  /** Identifier, step, procedure step, class, DD name, byte count. */
  private static final Pattern SPOOL_FILE =
      Pattern.compile("\\s*(\\d{3,7})\\s+\\S{1,8}\\s+(?:\\S{1,8}\\s+)?\\S\\s+\\S{1,8}\\s+\\d+\\s*");

  private static final Pattern FRAME =
      Pattern.compile(
          "\\s*(?:JOBNAME\\s+JOBID\\s.*|ID\\s+STEPNAME\\s.*|-{3,}\\s*|\\d+ spool files.*)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NONE =
      Pattern.compile("\\s*No jobs found.*", Pattern.CASE_INSENSITIVE);

  private JesListing() {}

  static ListingDialect dialect() {
    return ListingDialect.ofLines(JesListing::line);
  }

  private static ListingLine line(String line) {
    Matcher second = LEVEL_2.matcher(line);
    if (second.matches()) {
      return file(line, second.group(1)).owner(second.group(2)).done();
    }
    for (Pattern pattern : new Pattern[] {LEVEL_1, SPOOL_FILE}) {
      Matcher shape = pattern.matcher(line);
      if (shape.matches()) {
        return file(line, shape.group(1)).done();
      }
    }
    if (NONE.matcher(line).matches()) {
      return new ListingLine.Ignored("the word that there is no job");
    }
    return FRAME.matcher(line).matches()
        ? new ListingLine.Ignored("the frame of the listing")
        : ListingDialect.foreign(line);
  }

  private static EntryDraft file(String line, String name) {
    return new EntryDraft(line, name, ListingEntry.Type.FILE);
  }
}
