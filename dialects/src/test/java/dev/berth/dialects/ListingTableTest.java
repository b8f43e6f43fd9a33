package dev.berth.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.ListingParser.Form;
import dev.berth.dialects.ListingTable.Row;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each listing of {@code listings.tsv}, read as a whole. */
final class ListingTableTest {
  private static final Map<String, List<Row>> LISTINGS = ListingTable.listings();
  private static final ListingParser PARSER =
      new ListingParser(Form.LIST, Listings.NOW, ZoneOffset.UTC);

  static Set<String> kinds() {
    return LISTINGS.keySet();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void readsEachLineAsTheTableSays(String kind) {
    List<Row> listing = LISTINGS.get(kind);
    List<ListingLine> read = PARSER.parse(ListingTable.lines(listing));

    assertThat(read).hasSameSizeAs(listing);
    for (int i = 0; i < read.size(); i++) {
      Row row = listing.get(i);
      assertThat(ListingTable.columns(read.get(i))).as(row.line()).isEqualTo(row.expected());
    }
  }

  /** A listing that was cut short, or of few files, is in the same style as the whole. */
  @ParameterizedTest
  @MethodSource("kinds")
  void readsTheFirstLinesAlikeWhateverFollows(String kind) {
    List<String> lines = ListingTable.lines(LISTINGS.get(kind));
    List<ListingLine> whole = PARSER.parse(lines);
    for (int end = 1; end < lines.size(); end++) {
      List<ListingLine> begun = PARSER.parse(lines.subList(0, end));
      for (int i = 0; i < end; i++) {
        if (begun.get(i) instanceof ListingLine.Entry(ListingEntry entry, List<String> doubts)
            && whole.get(i) instanceof ListingLine.Entry all) {
          assertThat(entry.name()).as("%s of %s", lines.get(i), end).isEqualTo(all.entry().name());
        }
      }
    }
  }

  /** Eleven lines of Unix keep theirs, whatever one line of any other style says. */
  @ParameterizedTest
  @MethodSource("kinds")
  void oneLineOfAnotherStyleDoesNotTurnAUnixFolder(String kind) {
    for (Row row : LISTINGS.get(kind)) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        lines.add("-rw-r--r--   1 alice    staff        5 Nov 22 10:13 file" + i);
      }
      lines.add(row.line());
      lines.add("-rw-r--r--   1 alice    staff        5 Nov 22 10:13 " + row.line());

      List<ListingLine> read = PARSER.parse(lines);

      assertThat(read.subList(0, 10)).allMatch(it -> it instanceof ListingLine.Entry);
      if (!row.line().isEmpty()) {
        assertThat(ListingTable.columns(read.getLast()).subList(1, 8))
            .as(row.line())
            .containsExactly(
                "FILE", "5", "2026-11-22T10:13Z", "MINUTE", "alice", "staff", "rw-r--r--");
      }
    }
  }

  @Test
  void theOrderOfDaysAndMonthsIsThatInWhichMostDatesAreDays() {
    String one = "ALICE            4019 01/02/26 10:13:05 *STMF      one";
    String two = "ALICE            4019 23/02/26 10:13:05 *STMF      two";
    assertThat(PARSER.parse(List.of(one)).toString()).contains("2026-01-02");
    assertThat(PARSER.parse(List.of(one, two)).toString()).contains("2026-02-01", "2026-02-23");
  }
}
