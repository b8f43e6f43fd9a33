package dev.berth.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.ListingTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPFileEntryParser;
import org.apache.commons.net.ftp.parser.DefaultFTPFileEntryParserFactory;
import org.apache.commons.net.ftp.parser.EnterpriseUnixFTPEntryParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs each line of {@code listings.tsv} through the parser that Apache Commons Net has for its
 * kind, too. Where name, type or size differ from ours, the table has to say so and has to be
 * right: so what Commons Net reads right, we read as well.
 */
final class CommonsNetTest {
  private static final Map<String, List<Row>> LISTINGS = ListingTable.listings();

  /** Its names for kinds of servers; of those that it does not know it expects Unix. */
  private static final Map<String, String> SYSTEMS =
      Map.ofEntries(
          Map.entry("vms", "VMS"),
          Map.entry("mvs", "MVS"),
          Map.entry("pds", "MVS"),
          Map.entry("jes", "MVS"),
          Map.entry("as400", "OS/400"),
          Map.entry("os2", "OS/2"),
          Map.entry("netware", "NETWARE"),
          Map.entry("macos", "MACOS PETER"),
          Map.entry("dos", "WINDOWS"));

  static Set<String> kinds() {
    return LISTINGS.keySet();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void differsFromCommonsNetOnlyWhereTheTableSaysSo(String kind) {
    List<Row> listing = LISTINGS.get(kind);
    FTPFileEntryParser peer = peer(kind.split("/", -1)[0]);
    peer.preParse(new ArrayList<>(ListingTable.lines(listing)));
    for (int i = 0; i < listing.size(); i++) {
      Row row = listing.get(i);
      assertThat(difference(row, read(peer, line(listing, i))))
          .as(row.line())
          .isEqualTo(row.peer());
    }
  }

  private static FTPFileEntryParser peer(String kind) {
    return kind.equals("enterprise")
        ? new EnterpriseUnixFTPEntryParser()
        : new DefaultFTPFileEntryParserFactory()
            .createFileEntryParser(SYSTEMS.getOrDefault(kind, "UNIX"));
  }

  /** It joins the two lines of a long name before it reads them. */
  private static String line(List<Row> listing, int i) {
    boolean wrapped =
        i > 0 && listing.get(i - 1).expected().getLast().endsWith("entry in the next line");
    return (wrapped ? listing.get(i - 1).line() + " " : "") + listing.get(i).line();
  }

  /** The file that it reads, if it reads one; its answer to bad numbers is an exception. */
  private static List<FTPFile> read(FTPFileEntryParser peer, String line) {
    try {
      FTPFile file = peer.parseFTPEntry(line);
      return file == null ? List.of() : List.of(file);
    } catch (IllegalArgumentException noEntry) {
      return List.of();
    }
  }

  private static String difference(Row row, List<FTPFile> read) {
    boolean entry = !Set.of("IGNORED", "UNREADABLE", "HEADER").contains(row.type());
    if (!entry || read.isEmpty()) {
      return entry == read.isEmpty() ? (entry ? "unread" : "entry") : "=";
    }
    FTPFile file = read.getFirst();
    List<String> fields = new ArrayList<>();
    if (!file.getName().equals(row.name())) {
      fields.add("name");
    }
    if (!type(file).equals(row.type())) {
      fields.add("type");
    }
    String size = file.getSize() < 0 ? "_" : Long.toString(file.getSize());
    if (row.type().equals("FILE") && !size.equals(row.size())) {
      fields.add("size");
    }
    return fields.isEmpty() ? "=" : String.join(",", fields);
  }

  private static String type(FTPFile file) {
    return switch (file.getType()) {
      case FTPFile.FILE_TYPE -> "FILE";
      case FTPFile.DIRECTORY_TYPE -> "FOLDER";
      case FTPFile.SYMBOLIC_LINK_TYPE -> "LINK";
      default -> "OTHER";
    };
  }
}
