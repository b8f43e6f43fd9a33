package dev.berth.dialects;

import dev.berth.dialects.UnixDate.Anchor;
import dev.berth.dialects.UnixDate.Word;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lines in the style of {@code ls -l}: permissions, then columns of which any may be missing
 * (links, owner, group, size), a date, one space, the name.
 */
final class UnixListing {
  /**
   * Type, nine permissions, and marks for further rights: {@code +} an access list, {@code .} a
   * security context, {@code @} attributes. The link count may stand close behind.
   */
  private static final Pattern HEAD =
      Pattern.compile("\\s*([-a-zA-Z?])([-rwxsStTlL]{9})[+.@*]{0,2}(?=[\\s\\d])");

  private static final Pattern NUMBER = Pattern.compile("\\d+|\\d{1,3}(?:,\\d{3})+");
  private static final Pattern DEVICE_MAJOR = Pattern.compile("\\d+,");
  private static final Pattern DEVICE = Pattern.compile("\\d+,\\d+");
  private static final Pattern WORD = Pattern.compile("[^ \\t]+");
  private static final String ARROW = " -> ";

  /** More words than columns and date ever have; a name may have any number behind them. */
  private static final int MOST_WORDS = 32;

  /** Links, owner, group, size: the number of columns before the date in most listings. */
  private static final int USUAL_COLUMNS = 4;

  private final ListingClock clock;

  UnixListing(ListingClock clock) {
    this.clock = clock;
  }

  ListingLine parse(String line) {
    Matcher head = HEAD.matcher(line);
    if (!head.lookingAt()) {
      return ListingTotals.isTotal(line)
          ? new ListingLine.Ignored("the total of the folder")
          : new ListingLine.Unreadable(line, "neither in Unix nor in MS-DOS style");
    }
    List<Word> words = words(line, head.end());
    UnixDate dates = new UnixDate(clock, line, words);
    for (int columns : order(words.size())) {
      Optional<Anchor> anchor = standard(dates, words, columns);
      if (anchor.isPresent()) {
        return new Row(line, head, words.subList(0, columns), anchor.get()).read();
      }
    }
    return withoutSizeOrDate(line, head, words, dates);
  }

  /** A date that exists, behind a number: the size. */
  private static Optional<Anchor> standard(UnixDate dates, List<Word> words, int columns) {
    boolean sized = columns > 0 && isNumber(words.get(columns - 1).text());
    return sized
        ? dates.at(columns).filter(anchor -> anchor instanceof Anchor.Known)
        : Optional.empty();
  }

  /** The first date without a size before it, else the first that looks like a date at all. */
  private static ListingLine withoutSizeOrDate(
      String line, Matcher head, List<Word> words, UnixDate dates) {
    for (int columns = 0; columns < words.size(); columns++) {
      Optional<Anchor> anchor = dates.at(columns);
      if (anchor.isPresent() && anchor.get() instanceof Anchor.Known) {
        return new Row(line, head, words.subList(0, columns), anchor.get()).read();
      }
    }
    for (int columns : order(words.size())) {
      Optional<Anchor> anchor = dates.at(columns);
      if (anchor.isPresent() && columns > 0 && isNumber(words.get(columns - 1).text())) {
        return new Row(line, head, words.subList(0, columns), anchor.get()).read();
      }
    }
    return new ListingLine.Unreadable(line, "no date with a name behind it");
  }

  private static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches() || DEVICE.matcher(text).matches();
  }

  /**
   * The usual number of columns first: an owner may be called {@code mar} and look like a month.
   * The others by size, for a name may look like a date.
   */
  private static List<Integer> order(int words) {
    List<Integer> order = new ArrayList<>();
    if (words > USUAL_COLUMNS) {
      order.add(USUAL_COLUMNS);
    }
    for (int columns = 0; columns < words; columns++) {
      if (columns != USUAL_COLUMNS) {
        order.add(columns);
      }
    }
    return order;
  }

  private static List<Word> words(String line, int from) {
    List<Word> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    word.region(from, line.length());
    while (words.size() < MOST_WORDS && word.find()) {
      words.add(new Word(word.group(), word.end()));
    }
    return words;
  }

  /** One line, taken apart at its date. */
  private static final class Row {
    private final String line;
    private final char kind;
    private final String permissions;
    private final List<String> columns;
    private final Anchor anchor;
    private final List<String> doubts = new ArrayList<>();

    Row(String line, Matcher head, List<Word> columns, Anchor anchor) {
      this.line = line;
      this.kind = head.group(1).charAt(0);
      this.permissions = head.group(2);
      this.columns = columns.stream().map(Word::text).toList();
      this.anchor = anchor;
    }

    ListingLine read() {
      OptionalLong size = size();
      String name = line.substring(anchor.nameStart());
      int arrow = type() == ListingEntry.Type.LINK ? arrow(name, size) : -1;
      String target = arrow < 0 ? "" : name.substring(arrow + ARROW.length());
      if (arrow >= 0) {
        name = name.substring(0, arrow);
      }
      if (name.equals(".") || name.equals("..")) {
        return new ListingLine.Ignored("the folder itself or its parent");
      }
      if (name.isEmpty() || Math.max(name.length(), target.length()) > ListingEntry.MAX_NAME) {
        return new ListingLine.Unreadable(
            line, "a name or target not of 1 to " + ListingEntry.MAX_NAME + " characters");
      }
      ListingEntry.Builder entry = ListingEntry.named(name, type()).permissions(permissions);
      size.ifPresent(entry::size);
      if (!target.isEmpty()) {
        entry.target(target);
      }
      owners(entry);
      modified(entry);
      return new ListingLine.Entry(entry.build(), doubts);
    }

    private ListingEntry.Type type() {
      return switch (kind) {
        case '-', 'f' -> ListingEntry.Type.FILE;
        case 'd' -> ListingEntry.Type.FOLDER;
        case 'l', 'e' -> ListingEntry.Type.LINK;
        default -> ListingEntry.Type.OTHER;
      };
    }

    private boolean isDevice() {
      return kind == 'b' || kind == 'c';
    }

    /**
     * Where the name of a link ends. The size of a link is the length of its target in bytes; so an
     * arrow within name or target is told from the one between them.
     */
    private static int arrow(String name, OptionalLong size) {
      for (int at = name.indexOf(ARROW); at >= 0; at = name.indexOf(ARROW, at + 1)) {
        String target = name.substring(at + ARROW.length());
        long bytes = target.getBytes(StandardCharsets.UTF_8).length;
        if (size.isPresent()
            && (size.getAsLong() == bytes || size.getAsLong() == target.length())) {
          return at;
        }
      }
      return name.indexOf(ARROW);
    }

    private OptionalLong size() {
      if (columns.isEmpty() || columns.size() == columnsBeforeSize()) {
        doubts.add("no size column");
        return OptionalLong.empty();
      }
      String text = columns.get(columns.size() - 1);
      if (isMinor() || (isDevice() && ListingNumber.plain(text).isEmpty())) {
        return OptionalLong.empty();
      }
      OptionalLong size = ListingNumber.grouped(text);
      if (size.isEmpty()) {
        doubts.add("not a size: " + text);
      }
      return size;
    }

    /** {@code 4, 64}: major and minor number of a device stand where the size of a file does. */
    private boolean isMinor() {
      return isDevice()
          && columns.size() > 1
          && DEVICE_MAJOR.matcher(columns.get(columns.size() - 2)).matches();
    }

    private int columnsBeforeSize() {
      boolean sized = !columns.isEmpty() && isNumber(columns.get(columns.size() - 1));
      return columns.size() - (sized ? 1 : 0) - (sized && isMinor() ? 1 : 0);
    }

    /** Links if it is a number, the owner, and what is left as the group: it may have spaces. */
    private void owners(ListingEntry.Builder entry) {
      List<String> left = columns.subList(0, columnsBeforeSize());
      boolean links = !left.isEmpty() && NUMBER.matcher(left.get(0)).matches();
      List<String> names = links ? left.subList(1, left.size()) : left;
      if (!names.isEmpty()) {
        entry.owner(names.get(0));
      }
      if (names.size() > 1) {
        entry.group(String.join(" ", names.subList(1, names.size())));
      }
    }

    private void modified(ListingEntry.Builder entry) {
      switch (anchor) {
        case Anchor.Known known -> entry.modified(known.modified());
        case Anchor.Doubtful doubtful -> doubts.add(doubtful.why());
      }
    }
  }
}
