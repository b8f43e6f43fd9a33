package dev.berth.session;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Lines of LIST in the form of {@code ls -l}, which no RFC has and all clients read. Pure.
 *
 * @param now by which a time is told with the hour or with the year: the latter beyond half a year
 * @param zone of the times; clients cannot know it, so that UTC is best
 */
record ListingText(Instant now, ZoneId zone) {
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };
  private static final long HALF_A_YEAR_SECONDS = 182L * 24 * 60 * 60;
  private static final String LETTERS = "rwxrwxrwx";

  /** {@code -rw-r--r-- 1 alice users 1234 Nov 23 07:51 report.pdf}. */
  String line(Entry entry) {
    StringBuilder line = new StringBuilder(80 + entry.name().length());
    line.append(letter(entry.kind()));
    appendMode(line, entry.mode());
    appendRight(line, Integer.toString(entry.links()), 5);
    line.append(' ');
    appendLeft(line, oneWord(entry.owner()), 8);
    line.append(' ');
    appendLeft(line, oneWord(entry.group()), 8);
    appendRight(line, Long.toString(entry.size()), 13);
    line.append(' ');
    appendTime(line, entry.modified());
    line.append(' ').append(oneLine(entry.name()));
    if (entry.kind() instanceof Entry.Kind.Link(String target)) {
      line.append(" -> ").append(oneLine(target));
    }
    return line.toString();
  }

  private static char letter(Entry.Kind kind) {
    return switch (kind) {
      case Entry.Kind.File file -> '-';
      case Entry.Kind.Part part -> '-';
      case Entry.Kind.Folder folder -> 'd';
      case Entry.Kind.Link link -> 'l';
      case Entry.Kind.Other other -> 'p';
    };
  }

  private static void appendMode(StringBuilder line, int mode) {
    for (int bit = 0; bit < LETTERS.length(); bit++) {
      boolean isSet = (mode & (0400 >> bit)) != 0;
      line.append(isSet ? LETTERS.charAt(bit) : '-');
    }
  }

  private void appendTime(StringBuilder line, Instant modified) {
    ZonedDateTime time = modified.atZone(zone);
    line.append(MONTHS[time.getMonthValue() - 1]);
    appendRight(line, Integer.toString(time.getDayOfMonth()), 3);
    line.append(' ');
    long age = now.getEpochSecond() - modified.getEpochSecond();
    if (age > HALF_A_YEAR_SECONDS || age < -24 * 60 * 60) {
      appendRight(line, Integer.toString(time.getYear()), 5);
    } else {
      append2(line, time.getHour());
      line.append(':');
      append2(line, time.getMinute());
    }
  }

  private static void append2(StringBuilder line, int number) {
    line.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  private static void appendRight(StringBuilder line, String text, int width) {
    line.repeat(" ", Math.max(1, width - text.length())).append(text);
  }

  private static void appendLeft(StringBuilder line, String text, int width) {
    line.append(text).repeat(" ", Math.max(0, width - text.length()));
  }

  private static String oneWord(String text) {
    return text.isEmpty() ? "?" : text.replace(' ', '_');
  }

  /** A line end in a name would be taken for the end of the line. */
  static String oneLine(String name) {
    return name.indexOf('\n') < 0 && name.indexOf('\r') < 0
        ? name
        : name.replace('\n', '?').replace('\r', '?');
  }
}
