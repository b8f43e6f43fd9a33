package dev.berth.dialects;

import dev.berth.dialects.UnixDate.Word;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads listings of the FTP servers of Mac OS before X (NetPresenz alias Peter's server, Rumpus):
 * permissions as of {@code ls}, then the word folder and the number of things in it, or the sizes
 * of resource fork, data fork and both. There are no links, owners and groups.
 */
final class MacListing {
  private static final Pattern FOLDER =
      Pattern.compile("(d)([-rwxsStT]{9})\\s+folder\\s+\\d{1,30}(?=\\s)");

  private static final Pattern FILE =
      Pattern.compile("(-)([-rwxsStT]{9})\\s+(\\d{1,18})\\s+(\\d{1,18})\\s+(\\d{1,18})(?=\\s)");

  private final ListingClock clock;

  private MacListing(ListingClock clock) {
    this.clock = clock;
  }

  static ListingDialect dialect(ListingClock clock) {
    return ListingDialect.ofLines(new MacListing(clock)::line);
  }

  private ListingLine line(String line) {
    Matcher folder = FOLDER.matcher(line);
    if (folder.lookingAt()) {
      return entry(line, folder, ListingEntry.Type.FOLDER);
    }
    Matcher file = FILE.matcher(line);
    if (file.lookingAt() && bothForks(file)) {
      return entry(line, file, ListingEntry.Type.FILE);
    }
    return ListingTotals.isTotal(line)
        ? new ListingLine.Ignored("the total of the folder")
        : ListingDialect.foreign(line);
  }

  /** Else the numbers are links, owner and size of a Unix server that lists no group. */
  private static boolean bothForks(Matcher file) {
    return number(file, 3) + number(file, 4) == number(file, 5);
  }

  private static long number(Matcher file, int group) {
    return Long.parseLong(file.group(group));
  }

  private ListingLine entry(String line, Matcher head, ListingEntry.Type type) {
    List<Word> words = UnixDate.words(line, head.end());
    return new UnixDate(clock, line, words)
        .at(0)
        .map(anchor -> {
          EntryDraft entry =
              new EntryDraft(line, line.substring(anchor.nameStart()), type)
                  .permissions(head.group(2))
                  .modified(anchor);
          return (type == ListingEntry.Type.FILE ? entry.size(head.group(5)) : entry).done();
        })
        .orElseGet(() -> ListingDialect.foreign(line));
  }
}
