package dev.berth.dialects;

import java.util.List;
import java.util.function.Function;

/** One style in which servers write LIST. Immutable and pure. */
interface ListingDialect {
  /** Why a line of another style cannot be read. */
  String FOREIGN = "in no style of listing that is known or fits the rest";

  /**
   * Reads a whole listing.
   *
   * @param lines without line ends; blank ones among them
   * @return for each line, in their order, what it is: {@link #foreign} where it is of another
   *     style. What stands for a blank line does not matter.
   */
  List<ListingLine> read(List<String> lines);

  /** A style in which each line tells all of its entry. */
  static ListingDialect ofLines(Function<String, ListingLine> reader) {
    return lines -> lines.stream().map(reader).toList();
  }

  /** A line that is not of the style. */
  static ListingLine foreign(String line) {
    return new ListingLine.Unreadable(line, FOREIGN);
  }

  /** Whether the line is of another style: what is merely damaged is not. */
  static boolean isForeign(ListingLine line) {
    return line instanceof ListingLine.Unreadable unreadable && unreadable.why().equals(FOREIGN);
  }
}
