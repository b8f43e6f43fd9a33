package dev.berth.dialects;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads a listing of {@code ls -l} as a whole, in which folders within the folder may follow, each
 * behind a header: a blank line, a pathname and a colon.
 */
final class UnixFolders implements ListingDialect {
  private final Function<String, ListingLine> reader;

  /**
   * Reads each line by itself, but for headers.
   *
   * @param reader of a line that is no header
   */
  UnixFolders(Function<String, ListingLine> reader) {
    this.reader = reader;
  }

  @Override
  public List<ListingLine> read(List<String> lines) {
    List<ListingLine> result = new ArrayList<>(lines.stream().map(reader).toList());
    Set<String> folders = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      if (isHeader(lines, result, i)) {
        result.set(i, header(lines.get(i), i == 0, folders, result.get(i)));
      }
      if (result.get(i) instanceof ListingLine.Entry(ListingEntry entry, List<String> doubts)
          && entry.type() == ListingEntry.Type.FOLDER) {
        folders.add(entry.name());
      }
    }
    return result;
  }

  /** The first line, or one behind a blank one, with a line of the style behind it. */
  private static boolean isHeader(List<String> lines, List<ListingLine> read, int i) {
    return lines.get(i).endsWith(":")
        && ListingDialect.isForeign(read.get(i))
        && (i == 0 || lines.get(i - 1).isBlank())
        && (i + 1 == lines.size() ? i > 0 : !ListingDialect.isForeign(read.get(i + 1)));
  }

  /**
   * The folder's own header is the first line. Another one is believed only if the folder was
   * listed before: a file whose name holds line ends must not hide those behind it.
   */
  private static ListingLine header(
      String line, boolean first, Set<String> folders, ListingLine otherwise) {
    if (first) {
      return new ListingLine.Ignored("the header of the folder");
    }
    String pathname = line.substring(0, line.length() - 1);
    String name = pathname.substring(pathname.lastIndexOf('/') + 1);
    return folders.contains(name) ? new ListingLine.OtherFolder(pathname) : otherwise;
  }
}
