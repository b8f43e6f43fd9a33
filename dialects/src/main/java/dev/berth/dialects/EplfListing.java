package dev.berth.dialects;

import dev.berth.dialects.Modified.Basis;
import dev.berth.dialects.Modified.Precision;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads EPLF, the Easily Parsed LIST Format of anonftpd, publicfile and others: a plus, facts that
 * each end in a comma, a tab, the name (https://cr.yp.to/ftp/list/eplf.html). Times are seconds of
 * UTC.
 */
final class EplfListing {
  /** The last second of the year 9999: what lies behind it is no time of a file. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private EplfListing() {}

  static ListingDialect dialect() {
    return ListingDialect.ofLines(EplfListing::entry);
  }

  private static ListingLine entry(String line) {
    int tab = line.indexOf('\t');
    if (!line.startsWith("+") || tab < 0) {
      return ListingDialect.foreign(line);
    }
    String[] facts = line.substring(1, tab).split(",", -1);
    EntryDraft entry = new EntryDraft(line, line.substring(tab + 1), type(facts));
    for (String fact : facts) {
      read(fact, entry);
    }
    return entry.done();
  }

  /** What CWD may enter is a folder; what RETR may fetch, or what has a size, is a file. */
  private static ListingEntry.Type type(String[] facts) {
    ListingEntry.Type type = ListingEntry.Type.OTHER;
    for (String fact : facts) {
      if (fact.equals("/")) {
        return ListingEntry.Type.FOLDER;
      }
      if (fact.equals("r") || fact.startsWith("s")) {
        type = ListingEntry.Type.FILE;
      }
    }
    return type;
  }

  /** Facts of which we know nothing tell nothing: the format is open for more. */
  private static void read(String fact, EntryDraft entry) {
    if (fact.startsWith("s")) {
      entry.size(fact.substring(1));
    } else if (fact.startsWith("m")) {
      entry.modified(time(fact.substring(1)), fact);
    } else if (fact.startsWith("up")) {
      UnixMode.letters(fact.substring(2))
          .ifPresentOrElse(entry::permissions, () -> entry.doubt("not a mode: " + fact));
    }
  }

  private static Optional<Modified> time(String digits) {
    OptionalLong seconds = ListingNumber.plain(digits);
    if (seconds.isEmpty() || seconds.getAsLong() > LAST_SECOND) {
      return Optional.empty();
    }
    Instant instant = Instant.ofEpochSecond(seconds.getAsLong());
    return Optional.of(
        new Modified(instant.atZone(ZoneOffset.UTC), Precision.SECOND, Basis.STATED));
  }
}
