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
    List<ListingLine> result = new ArrayList<>();
    Set<String> folders = new HashSet<>();
    boolean afterBlank = true;
    for (String line : lines) {
      ListingLine read = reader.apply(line);
      if (read instanceof ListingLine.Unreadable && afterBlank && line.endsWith(":")) {
        read = header(line.substring(0, line.length() - 1), folders, result, read);
      }
      if (read instanceof ListingLine.Entry(ListingEntry entry, List<String> doubts)
          && entry.type() == ListingEntry.Type.FOLDER) {
        folders.add(entry.name());
      }
      result.add(read);
      afterBlank = line.isBlank();
    }
    return result;
  }

  /**
   * The folder's own header is the first line. Another one is believed only if the folder was
   * listed before: a file whose name holds line ends must not hide those behind it.
   */
  private static ListingLine header(
      String pathname, Set<String> folders, List<ListingLine> before, ListingLine otherwise) {
    if (before.isEmpty()) {
      return new ListingLine.Ignored("the header of the folder");
    }
    String name = pathname.substring(pathname.lastIndexOf('/') + 1);
    return folders.contains(name) ? new ListingLine.OtherFolder(pathname) : otherwise;
  }
}
