package dev.berth.dialects;

import dev.berth.dialects.UnixDate.Word;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads listings of the FTP servers of Mac OS before X (NetPresenz alias Peter's server, Rumpus):
 * permissions as of {@code ls}, then the word folder and the number of things in it, or the sizes
 * of resource fork, data fork and both. There are no links, owners and groups. One line of Unix,
 * and the listing is none of these.
 */
final class MacListing implements ListingDialect {
  private static final Pattern FOLDER =
      Pattern.compile("d([-rwxsStT]{9})\\s+folder\\s+\\d{1,30}(?=\\s)");

  private static final Pattern FILE =
      Pattern.compile("-([-rwxsStT]{9})\\s+(\\d{1,18})\\s+(\\d{1,18})\\s+(\\d{1,18})(?=\\s)");

  private final ListingClock clock;

  MacListing(ListingClock clock) {
    this.clock = clock;
  }

  @Override
  public List<ListingLine> read(List<String> lines) {
    boolean unix = lines.stream().anyMatch(line -> isMode(line) && head(line).isEmpty());
    return unix
        ? lines.stream().map(ListingDialect::foreign).toList()
        : lines.stream().map(this::line).toList();
  }

  private static boolean isMode(String line) {
    return line.startsWith("-") || line.startsWith("d") || line.startsWith("l");
  }

  /** What stands before the date. */
  private static Optional<Matcher> head(String line) {
    return Stream.of(FOLDER, FILE)
        .map(head -> head.matcher(line))
        .filter(head -> head.lookingAt() && (head.groupCount() < 4 || bothForks(head)))
        .findFirst();
  }

  /** Else the numbers are links, owner and size of a Unix server that lists no group. */
  private static boolean bothForks(Matcher file) {
    return number(file, 2) + number(file, 3) == number(file, 4);
  }

  private static long number(Matcher file, int group) {
    return Long.parseLong(file.group(group));
  }

  private ListingLine line(String line) {
    Optional<Matcher> head = head(line);
    if (head.isEmpty()) {
      return ListingTotals.isTotal(line)
          ? new ListingLine.Ignored("the total of the folder")
          : ListingDialect.foreign(line);
    }
    return entry(line, head.get());
  }

  private ListingLine entry(String line, Matcher head) {
    boolean file = head.pattern().equals(FILE);
    List<Word> words = UnixDate.words(line, head.end());
    return new UnixDate(clock, line, words)
        .at(0)
        .map(anchor -> {
          EntryDraft entry =
              new EntryDraft(
                      line,
                      line.substring(anchor.nameStart()),
                      file ? ListingEntry.Type.FILE : ListingEntry.Type.FOLDER)
                  .permissions(head.group(1))
                  .modified(anchor);
          return (file ? entry.size(head.group(4)) : entry).done();
        })
        .orElseGet(() -> ListingDialect.foreign(line));
  }
}
