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
 * (links, owner, group, size), a date, one space, the name. {@link UnixFolders} reads what stands
 * around such lines.
 */
final class UnixListing {
  /**
   * Numbers of inode and blocks, type, nine permissions, and marks for further rights: {@code +} an
   * access list, {@code .} a security context, {@code @} attributes. The link count may stand close
   * behind.
   */
  private static final Pattern HEAD =
      Pattern.compile(
          "\\s*(?:\\d{1,20}\\s+){0,2}([-a-zA-Z?])([-rwxsStTlL]{9})[+.@*]{0,2}(?=[\\s\\d])");

  private static final Pattern NUMBER = Pattern.compile("\\d+|\\d{1,3}(?:,\\d{3})+");
  private static final Pattern ROUNDED = Pattern.compile("\\d{1,4}(?:[.,]\\d{1,2})?[KkMGTPE]i?B?");
  private static final Pattern DEVICE_MAJOR = Pattern.compile("\\d+,");
  private static final Pattern DEVICE = Pattern.compile("\\d+,\\d+");
  private static final String ARROW = " -> ";

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
          : ListingDialect.foreign(line);
    }
    List<Word> words = UnixDate.words(line, head.end());
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

  static ListingEntry.Type type(char kind) {
    return switch (kind) {
      case '-', 'f' -> ListingEntry.Type.FILE;
      case 'd' -> ListingEntry.Type.FOLDER;
      case 'l', 'e' -> ListingEntry.Type.LINK;
      default -> ListingEntry.Type.OTHER;
    };
  }

  /**
   * An entry whose name may be a link's, with its target behind it.
   *
   * @param size of a link: the length of its target in bytes, which tells the arrow between name
   *     and target from one within them
   */
  static EntryDraft named(String line, String text, ListingEntry.Type type, OptionalLong size) {
    int arrow = type == ListingEntry.Type.LINK ? arrow(text, size) : -1;
    return arrow < 0
        ? new EntryDraft(line, text, type)
        : new EntryDraft(line, text.substring(0, arrow), type)
            .target(text.substring(arrow + ARROW.length()));
  }

  private static int arrow(String name, OptionalLong size) {
    for (int at = name.indexOf(ARROW); at >= 0; at = name.indexOf(ARROW, at + 1)) {
      String target = name.substring(at + ARROW.length());
      long bytes = target.getBytes(StandardCharsets.UTF_8).length;
      if (size.isPresent() && (size.getAsLong() == bytes || size.getAsLong() == target.length())) {
        return at;
      }
    }
    return name.indexOf(ARROW);
  }

  /** One line, taken apart at its date. */
  private static final class Row {
    private final String line;
    private final char kind;
    private final String permissions;
    private final List<Word> words;
    private final Anchor anchor;

    Row(String line, Matcher head, List<Word> words, Anchor anchor) {
      this.line = line;
      this.kind = head.group(1).charAt(0);
      this.permissions = head.group(2);
      this.words = words;
      this.anchor = anchor;
    }

    ListingLine read() {
      String last = words.isEmpty() ? "" : words.get(words.size() - 1).text();
      EntryDraft entry =
          named(line, line.substring(anchor.nameStart()), type(kind), ListingNumber.grouped(last))
              .permissions(permissions);
      size(entry, last);
      owners(entry);
      return entry.modified(anchor).done();
    }

    private boolean isDevice() {
      return kind == 'b' || kind == 'c';
    }

    private void size(EntryDraft entry, String text) {
      if (ROUNDED.matcher(text).matches()) {
        entry.doubt("not a size in bytes: " + text);
      } else if (!isNumber(text)) {
        entry.doubt("no size column");
      } else if (!isMinor() && !(isDevice() && ListingNumber.plain(text).isEmpty())) {
        entry.size(text);
      }
    }

    /** {@code 4, 64}: major and minor number of a device stand where the size of a file does. */
    private boolean isMinor() {
      return isDevice()
          && words.size() > 1
          && DEVICE_MAJOR.matcher(words.get(words.size() - 2).text()).matches();
    }

    private int columnsBeforeSize() {
      String last = words.isEmpty() ? "" : words.get(words.size() - 1).text();
      boolean sized = isNumber(last) || ROUNDED.matcher(last).matches();
      return words.size() - (sized ? 1 : 0) - (sized && isMinor() ? 1 : 0);
    }

    /** Links if it is a number, then owner and group. */
    private void owners(EntryDraft entry) {
      List<Word> left = words.subList(0, columnsBeforeSize());
      boolean links = !left.isEmpty() && NUMBER.matcher(left.get(0).text()).matches();
      List<Word> names = links ? left.subList(1, left.size()) : left;
      int group = firstOfGroup(names);
      if (group > 0) {
        entry.owner(joined(names.subList(0, group)));
      }
      if (group < names.size()) {
        entry.group(joined(names.subList(group, names.size())));
      }
    }

    /**
     * Owner and group may have spaces in them ({@code john smith Domain Users}). The first wide gap
     * parts them; without one, the owner is one word.
     */
    private static int firstOfGroup(List<Word> names) {
      for (int i = 1; i < names.size(); i++) {
        if (names.get(i).start() > names.get(i - 1).end() + 1) {
          return i;
        }
      }
      return Math.min(1, names.size());
    }

    private static String joined(List<Word> names) {
      return String.join(" ", names.stream().map(Word::text).toList());
    }
  }
}
