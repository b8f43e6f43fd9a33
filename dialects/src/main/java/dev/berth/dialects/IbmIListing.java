package dev.berth.dialects;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads listings of IBM i (OS/400) in its own format, {@code LISTFMT 0}: owner, size, date, time,
 * kind of object, name. Owner, size and date may be blank. The order and the signs of dates are
 * those of the server's job; see {@link DateOrder}.
 *
 * <p>Source: IBM i 7.2, "File and directory entries in IBM i format".
 */
final class IbmIListing implements ListingDialect {
  private static final Pattern LINE =
      Pattern.compile(
          "(?:([^\\s*]\\S{0,9})|\\s)\\s+(?:(\\d{1,30})\\s+)?"
              + "(?:(\\d{1,4})([-/.,])(\\d{1,2})\\4(\\d{1,4})\\s+(\\d{2}[:.,]\\d{2}[:.,]\\d{2})\\s+)?"
              + "(\\*[A-Z0-9]{2,9})\\s+(\\S.*)",
          Pattern.DOTALL);

  private final ListingClock clock;

  IbmIListing(ListingClock clock) {
    this.clock = clock;
  }

  @Override
  public List<ListingLine> read(List<String> lines) {
    List<DateOrder.Numbers> dates = new ArrayList<>();
    Set<String> files = new HashSet<>();
    for (String line : lines) {
      Matcher shape = LINE.matcher(line);
      if (shape.matches()) {
        numbers(shape).ifPresent(dates::add);
        files.add(shape.group(9));
      }
    }
    DateOrder order = DateOrder.of(dates, clock);
    return lines.stream().map(line -> line(line, order, files)).toList();
  }

  private ListingLine line(String line, DateOrder order, Set<String> files) {
    Matcher shape = LINE.matcher(line);
    if (!shape.matches()) {
      return ListingDialect.foreign(line);
    }
    String path = shape.group(9);
    int slash = path.lastIndexOf('/', path.length() - 2);
    if (slash > 0 && files.contains(path.substring(0, slash))) {
      return new ListingLine.Ignored("a member of a file that is listed as a folder");
    }
    int start = path.startsWith("/") ? slash + 1 : 0;
    String name = path.substring(start, path.length() - (path.endsWith("/") ? 1 : 0));
    EntryDraft entry = new EntryDraft(line, name, type(shape.group(8), name));
    if (shape.group(1) != null) {
      entry.owner(shape.group(1));
    }
    if (shape.group(2) != null) {
      entry.size(shape.group(2));
    }
    numbers(shape)
        .ifPresent(date ->
            entry.modified(
                clock.at(order.day(date), shape.group(7)),
                line.substring(shape.start(3), shape.end(7))));
    return entry.done();
  }

  private static Optional<DateOrder.Numbers> numbers(Matcher shape) {
    return shape.group(3) == null
        ? Optional.empty()
        : Optional.of(
            new DateOrder.Numbers(
                shape.group(3), shape.group(5), shape.group(6), shape.group(4).charAt(0)));
  }

  /** A file of the database holds members, and so is a folder; a save file holds bytes. */
  private static ListingEntry.Type type(String kind, String name) {
    return switch (kind) {
      case "*DIR", "*DDIR", "*LIB", "*FLR" -> ListingEntry.Type.FOLDER;
      case "*FILE" ->
          name.toUpperCase(Locale.ROOT).endsWith(".SAVF")
              ? ListingEntry.Type.FILE
              : ListingEntry.Type.FOLDER;
      case "*STMF", "*DSTMF", "*MEM", "*DOC" -> ListingEntry.Type.FILE;
      case "*SYMLNK" -> ListingEntry.Type.LINK;
      default -> ListingEntry.Type.OTHER;
    };
  }
}
