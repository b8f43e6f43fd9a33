package dev.berth.dialects;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads listings of OpenVMS (TCP/IP Services alias UCX, MultiNet, TCPware, CMU): {@code
 * name.type;version}, then size, date, owner and protection in an order that differs by server. A
 * long name stands in a line of its own, the rest in the next one.
 *
 * <p>Sizes are in blocks of 512 bytes, used and allocated, of which the last one need not be full:
 * none is read. A folder is a file {@code name.DIR}, entered without these letters. Of several
 * versions the newest is the file, for that is what RETR of the name without a version sends.
 */
final class VmsListing implements ListingDialect {
  private static final Pattern NAME = Pattern.compile("\\s*(\\S+);(\\d{1,5})(?=\\s|$)");
  private static final Pattern DATE =
      Pattern.compile(
          "\\s(\\d{1,2})-([^\\s\\d-]{3,9})-(\\d{4})"
              + "(?:\\s+(\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?))?(?=\\s|$)");

  private static final Pattern BLOCKS = Pattern.compile("\\s+\\d{1,12}(?:/\\d{1,12})?\\s*");

  /** Group and owner, or the owner alone; too long ones lose their bracket at the column's end. */
  private static final Pattern OWNER =
      Pattern.compile("\\[([^\\[\\],\\s]+)(?:,\\s*([^\\[\\],\\s]+))?");

  /** What system, owner, group and world may: read, write, execute, delete. */
  private static final Pattern PROTECTION =
      Pattern.compile("\\([RWED]{0,4},([RWED]{0,4}),([RWED]{0,4}),([RWED]{0,4})\\)");

  private static final Pattern HEADER = Pattern.compile("\\s*Directory\\s+(\\S.*)");
  private static final Pattern TOTAL =
      Pattern.compile("\\s*(?:Grand total|Total) of .*|\\s*Total \\d+ .*|%DIRECT-W-NOFILES.*");

  /** What stands in the place of the columns where the server itself may not look. */
  private static final Pattern REFUSED =
      Pattern.compile("\\s++(?:%.*|.*(?:privilege|protection).*)");

  private final ListingClock clock;

  VmsListing(ListingClock clock) {
    this.clock = clock;
  }

  /** Each header begins the listing of a folder of its own. */
  @Override
  public List<ListingLine> read(List<String> lines) {
    List<ListingLine> result = new ArrayList<>();
    int start = 0;
    boolean headed = false;
    for (int i = 0; i < lines.size(); i++) {
      boolean header = HEADER.matcher(lines.get(i)).matches();
      if (header && headed) {
        result.addAll(new Section(lines.subList(start, i), true).read(start > 0));
        start = i;
      }
      headed |= header;
    }
    result.addAll(new Section(lines.subList(start, lines.size()), headed).read(start > 0));
    return result;
  }

  /** The lines of one folder. */
  private final class Section {
    private final List<String> lines;
    private final boolean headed;
    private final Map<String, Integer> newest = new HashMap<>();

    Section(List<String> lines, boolean headed) {
      this.lines = lines;
      this.headed = headed;
      for (String line : lines) {
        Matcher name = NAME.matcher(line);
        if (name.lookingAt()) {
          newest.merge(name.group(1), Integer.valueOf(name.group(2)), Math::max);
        }
      }
    }

    List<ListingLine> read(boolean other) {
      List<ListingLine> result = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        result.add(line(i, other));
      }
      return result;
    }

    private ListingLine line(int i, boolean other) {
      String line = lines.get(i);
      if (isWrapped(i)) {
        return new ListingLine.Ignored("the name of the entry in the next line");
      }
      if (i > 0 && isWrapped(i - 1)) {
        return entry(lines.get(i - 1).stripTrailing() + " " + line);
      }
      Matcher header = HEADER.matcher(line);
      if (header.matches()) {
        return other
            ? new ListingLine.OtherFolder(header.group(1))
            : new ListingLine.Ignored("the header of the folder");
      }
      return TOTAL.matcher(line).matches()
          ? new ListingLine.Ignored("the total of the folder")
          : entry(line);
    }

    /** A name alone, with columns and no name in the line behind it. */
    private boolean isWrapped(int i) {
      Matcher name = NAME.matcher(lines.get(i));
      if (i + 1 == lines.size() || !name.lookingAt() || !isBlankFrom(name.end(), lines.get(i))) {
        return false;
      }
      String next = lines.get(i + 1);
      return !NAME.matcher(next).lookingAt() && isColumns(" " + next);
    }

    private ListingLine entry(String line) {
      Matcher name = NAME.matcher(line);
      if (!name.lookingAt()) {
        return ListingDialect.foreign(line);
      }
      String rest = line.substring(name.end());
      boolean bare = rest.isBlank() || BLOCKS.matcher(rest).matches();
      if (!isColumns(rest) && !(bare && headed)) {
        return ListingDialect.foreign(line);
      }
      String file = name.group(1);
      if (Integer.parseInt(name.group(2)) < newest.getOrDefault(file, 0)) {
        return new ListingLine.Ignored("an older version of " + file);
      }
      boolean folder = file.toUpperCase(Locale.ROOT).endsWith(".DIR");
      EntryDraft entry =
          folder
              ? new EntryDraft(line, file.substring(0, file.length() - 4), ListingEntry.Type.FOLDER)
              : new EntryDraft(line, file, ListingEntry.Type.FILE);
      columns(entry, rest);
      return entry.done();
    }
  }

  private static boolean isBlankFrom(int start, String line) {
    return line.substring(start).isBlank();
  }

  private static boolean isColumns(String rest) {
    return DATE.matcher(rest).find() || REFUSED.matcher(rest).matches();
  }

  private void columns(EntryDraft entry, String rest) {
    Matcher date = DATE.matcher(rest);
    if (date.find()) {
      modified(entry, date);
    } else if (REFUSED.matcher(rest).matches()) {
      entry.doubt(rest.strip());
    }
    Matcher owner = OWNER.matcher(rest);
    if (owner.find()) {
      boolean grouped = owner.group(2) != null;
      entry.owner(owner.group(grouped ? 2 : 1));
      if (grouped) {
        entry.group(owner.group(1));
      }
    }
    Matcher protection = PROTECTION.matcher(rest);
    if (protection.find()) {
      entry.permissions(
          letters(protection.group(1))
              + letters(protection.group(2))
              + letters(protection.group(3)));
    }
  }

  private void modified(EntryDraft entry, Matcher date) {
    int month = MonthNames.month(date.group(2)).orElse(0);
    ListingClock.Day day =
        new ListingClock.Day(
            Integer.parseInt(date.group(3)), month, Integer.parseInt(date.group(1)));
    String time = date.group(4) == null ? "" : date.group(4);
    entry.modified(clock.at(day, time), date.group().strip());
  }

  private static String letters(String rights) {
    return (rights.contains("R") ? "r" : "-")
        + (rights.contains("W") ? "w" : "-")
        + (rights.contains("E") ? "x" : "-");
  }
}
