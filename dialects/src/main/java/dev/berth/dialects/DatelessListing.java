package dev.berth.dialects;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code ls -l} without dates, as uClinux and other small systems send it: permissions,
 * links, owner, group, size, name. Nothing parts such a line from a damaged one with a date, so it
 * is believed only of a listing in which no line has one.
 */
final class DatelessListing {
  private static final Pattern LINE =
      Pattern.compile(
          "([-bcdlps])([-rwxsStT]{9})\\s+\\d{1,9}\\s+(\\S+)\\s+(\\S+)\\s+(\\d{1,30}) (.+)",
          Pattern.DOTALL);

  private static final Pattern BEGUN_DATE =
      Pattern.compile("\\s*(?:\\S+\\s+\\d|\\d+\\s+\\D|\\d{4}-).*");

  private DatelessListing() {}

  static ListingDialect dialect() {
    return new UnixFolders(DatelessListing::line);
  }

  private static ListingLine line(String line) {
    Matcher shape = LINE.matcher(line);
    if (!shape.matches() || BEGUN_DATE.matcher(shape.group(6)).matches()) {
      return ListingTotals.isTotal(line)
          ? new ListingLine.Ignored("the total of the folder")
          : ListingDialect.foreign(line);
    }
    OptionalLong size = ListingNumber.plain(shape.group(5));
    ListingEntry.Type type = UnixListing.type(shape.group(1).charAt(0));
    return UnixListing.named(line, shape.group(6), type, size)
        .permissions(shape.group(2))
        .owner(shape.group(3))
        .group(shape.group(4))
        .size(shape.group(5))
        .done();
  }
}
