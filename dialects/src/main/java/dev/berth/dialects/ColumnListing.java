package dev.berth.dialects;

import dev.berth.dialects.UnixDate.Anchor;
import dev.berth.dialects.UnixDate.Word;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lines that end as those of {@code ls -l} do, in a date and a name, but begin in a way of
 * their own, with columns of a fixed number.
 */
final class ColumnListing {
  private enum Column {
    OWNER,
    GROUP,
    SIZE,
    OTHER
  }

  /**
   * How the lines begin.
   *
   * @param head up to the first column; its first group is the kind, a d for folders
   */
  private record Shape(Pattern head, List<Column> columns) {}

  /** NetWare's own rights (supervisor, read, write, ...) say nothing in the letters of Unix. */
  private static final Shape NETWARE =
      new Shape(
          Pattern.compile("([-d])\\s*\\[[-A-Z]{7,9}\\](?=\\s)"),
          List.of(Column.OWNER, Column.SIZE));

  /** Connect:Enterprise: flags and protocol, kind of data, mailbox, batch, size. */
  private static final Shape ENTERPRISE =
      new Shape(
          Pattern.compile("(-)[-A-Z]{6,12}(?:FTP|AS2|SSH|BSC|ASY|FTS)(?=\\s)"),
          List.of(Column.OTHER, Column.OWNER, Column.GROUP, Column.SIZE));

  private final ListingClock clock;
  private final Shape shape;

  private ColumnListing(ListingClock clock, Shape shape) {
    this.clock = clock;
    this.shape = shape;
  }

  /** NetWare: {@code d [RWCEAFMS] owner 512 Nov 22 10:13 name}. */
  static ListingDialect netWare(ListingClock clock) {
    return ListingDialect.ofLines(new ColumnListing(clock, NETWARE)::line);
  }

  /** Sterling Connect:Enterprise: {@code -C--E-----FTP B mailbox 18128 41 Nov 22 10:13 name}. */
  static ListingDialect enterprise(ListingClock clock) {
    return ListingDialect.ofLines(new ColumnListing(clock, ENTERPRISE)::line);
  }

  private ListingLine line(String line) {
    Matcher head = shape.head().matcher(line);
    if (!head.lookingAt()) {
      return ListingTotals.isTotal(line)
          ? new ListingLine.Ignored("the total of the folder")
          : ListingDialect.foreign(line);
    }
    List<Word> words = UnixDate.words(line, head.end());
    return new UnixDate(clock, line, words)
        .at(shape.columns().size())
        .map(anchor -> entry(line, head, words, anchor))
        .orElseGet(() -> ListingDialect.foreign(line));
  }

  private ListingLine entry(String line, Matcher head, List<Word> words, Anchor anchor) {
    ListingEntry.Type type =
        head.group(1).equals("d") ? ListingEntry.Type.FOLDER : ListingEntry.Type.FILE;
    EntryDraft entry = new EntryDraft(line, line.substring(anchor.nameStart()), type);
    for (int i = 0; i < shape.columns().size(); i++) {
      String text = words.get(i).text();
      switch (shape.columns().get(i)) {
        case OWNER -> entry.owner(text);
        case GROUP -> entry.group(text);
        case SIZE -> entry.size(text);
        case OTHER -> {}
      }
    }
    return entry.modified(anchor).done();
  }
}
