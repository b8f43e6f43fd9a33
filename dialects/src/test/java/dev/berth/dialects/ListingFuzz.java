package dev.berth.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.dialects.ListingParser.Form;
import dev.berth.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole listings of any kind, whatever is done to them: one result a line, each from its lines. */
class ListingFuzz {
  private static final ListingParser PARSER =
      new ListingParser(Form.LIST, Listings.NOW, ZoneId.of("Europe/Berlin"));

  static Stream<byte[]> seeds() {
    return ListingTable.listings().values().stream()
        .map(listing -> String.join("\n", ListingTable.lines(listing)))
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void eachLineIsAccountedFor(byte[] bytes) {
    String text = Octets.toText(bytes);
    List<String> lines = List.of(text.split("\n", -1));

    List<ListingLine> read = PARSER.parse(lines);

    assertThat(read).hasSameSizeAs(lines);
    for (ListingLine line : read) {
      switch (line) {
        case ListingLine.Ignored ignored -> assertThat(ignored.why()).isNotEmpty();
        case ListingLine.OtherFolder other -> assertThat(text).contains(other.pathname());
        case ListingLine.Unreadable unreadable -> assertThat(unreadable.why()).isNotEmpty();
        case ListingLine.Entry(ListingEntry entry, List<String> doubts) -> {
          ListingParserFuzz.assertStandsIn(text, entry.name());
          assertThat(entry.name()).doesNotContain("\n").isNotIn(".", "..");
          entry.modified().ifPresent(ListingParserFuzz::assertTime);
        }
      }
    }
    assertThat(PARSER.parse(lines)).isEqualTo(read);
  }
}
