package dev.berth.cli;

import dev.berth.limits.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One page of {@code berth top}. Pure. */
final class TopText {
  private static final String KEYS = "q quits";

  private TopText() {}

  /** All servers in a line. */
  static String summary(List<Standing> all) {
    int held = all.stream().mapToInt(it -> it.holders().size()).sum();
    int waiting = all.stream().mapToInt(it -> it.waiting().size()).sum();
    int others = all.stream().mapToInt(it -> it.outsiders().size()).sum();
    return counted(all.size(), "server")
        + ", "
        + counted(held, "connection")
        + (others > 0 ? " and " + others + " of other programs" : "")
        + ", "
        + waiting
        + " waiting";
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  /**
   * A page: a line about all, then what fits, those at work before those that rest.
   *
   * @param rows how many lines it may have, at least one
   * @param columns how long each may be
   */
  static List<String> page(List<Standing> all, Instant now, int rows, int columns) {
    List<String> page = new ArrayList<>();
    String summary = "berth top: " + summary(all);
    int gap = columns - summary.length() - KEYS.length();
    wrap(gap >= 2 ? summary + " ".repeat(gap) + KEYS : summary, columns, page);
    List<Standing> ordered = new ArrayList<>(all);
    ordered.sort(Comparator.comparingInt(it -> isAtWork(it) ? 0 : 1)); // stable
    List<String> lines = new ArrayList<>();
    ordered.forEach(it -> StandingText.lines(it, now).forEach(line -> wrap(line, columns, lines)));
    if (lines.isEmpty()) {
      lines.add("no server is known yet, and no connection is shared just now");
    }
    int room = Math.max(0, rows - page.size());
    if (lines.size() <= room) {
      page.addAll(lines);
    } else if (room > 0) {
      page.addAll(lines.subList(0, room - 1));
      page.add(counted(lines.size() - room + 1, "more line") + "; see berth status");
    }
    return page.stream().limit(rows).map(line -> Shown.shortened(line, columns)).toList();
  }

  private static boolean isAtWork(Standing it) {
    return !it.holders().isEmpty() || !it.waiting().isEmpty();
  }

  /** Breaks a line at blanks; what goes on in the next is set in. */
  private static void wrap(String line, int columns, List<String> lines) {
    String rest = line;
    int indent = line.startsWith(" ") ? 4 : 2;
    while (rest.length() > columns && columns > 2 * indent) {
      int blank = rest.lastIndexOf(' ', columns);
      if (blank <= indent) {
        break;
      }
      lines.add(rest.substring(0, blank));
      rest = " ".repeat(indent) + rest.substring(blank + 1);
    }
    lines.add(rest);
  }
}
