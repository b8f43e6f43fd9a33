package dev.berth.dialects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.dialects.ListingParser.Form;
import dev.berth.dialects.Modified.Basis;
import dev.berth.dialects.Modified.Precision;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ListingParserTest {
  private static final int ROUNDS = 10_000;

  @Test
  void whateverAPeerSendsBecomesOneOfTheThreeResults() {
    long seed = 20261122L;
    Random random = new Random(seed);
    List<String> lines = realLines();
    for (int round = 0; round < ROUNDS; round++) {
      String line = mutated(lines.get(random.nextInt(lines.size())), random);
      for (Form form : Form.values()) {
        ListingLine result = new ListingParser(form, Listings.NOW, ZoneOffset.UTC).parse(line);
        assertThat(sound(result)).as("seed %s, %s line <%s>", seed, form, line).isTrue();
      }
    }
  }

  private static boolean sound(ListingLine result) {
    return switch (result) {
      case ListingLine.Ignored ignored -> !ignored.why().isEmpty();
      case ListingLine.OtherFolder other -> !other.pathname().isEmpty();
      case ListingLine.Unreadable unreadable -> !unreadable.why().isEmpty();
      case ListingLine.Entry(ListingEntry entry, List<String> doubts) ->
          !entry.name().isEmpty()
              && entry.sizeBytes().orElse(0) >= 0
              && entry.modified().map(Modified::iso8601).orElse("x").length() > 0
              && doubts.size() < 5;
    };
  }

  private static List<String> realLines() {
    List<String> lines = new ArrayList<>();
    Stream.of(
            UnixListingTest.servers(),
            UnixListingTest.columns(),
            UnixListingTest.names(),
            UnixListingTest.kinds(),
            UnixListingTest.languages(),
            UnixListingTest.noEntries(),
            DosListingTest.rows(),
            FactListingTest.folderLines(),
            FactListingTest.singleLines())
        .forEach(rows -> rows.forEach(row -> lines.add(row.line())));
    ListingTable.listings().values().forEach(rows -> lines.addAll(ListingTable.lines(rows)));
    return lines.stream().filter(line -> !line.isEmpty()).toList();
  }

  /** A few characters changed, doubled, cut out, or brought in from what parsers stumble over. */
  private static String mutated(String line, Random random) {
    StringBuilder text = new StringBuilder(line);
    String spice = " ;=:/-.,<>[]0199999999\t\r\n\u0000\ud83d\u00a0年월dlrwx+";
    for (int changes = random.nextInt(6); changes > 0 && text.length() > 2; changes--) {
      int at = random.nextInt(text.length() - 1);
      switch (random.nextInt(5)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.setCharAt(at, spice.charAt(random.nextInt(spice.length())));
        case 2 -> text.insert(at, spice.charAt(random.nextInt(spice.length())));
        case 3 -> text.insert(at, text.substring(at, at + random.nextInt(text.length() - at)));
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }

  /** Patterns that repeat a group recurse once a round, and would overflow the stack. */
  @Test
  void longRunsOfOneThingAreReadToTheirEnd() {
    List<String> starts =
        List.of(
            "",
            "-rw-r--r-- ",
            "11-22-26  10:13AM  ",
            "type=file;",
            "total ",
            "A.TXT;1 ",
            "WORK01 3390   2026/11/22 ",
            "ALICE *FILE ",
            "d [RWCEAFMS] ");
    List<String> runs =
        List.of(
            ",234", " ", "1", "a=b;", "<DIR>", " -> ", "Nov ", "日", "10:13 ", "\t", " [", ";",
            "PS ", "F ");
    for (String start : starts) {
      for (String run : runs) {
        String line = start + "1" + run.repeat(16_000 / run.length()) + " 5 Nov 22 10:13 f";
        for (Form form : Form.values()) {
          ListingLine result = new ListingParser(form, Listings.NOW, ZoneOffset.UTC).parse(line);
          assertThat(sound(result)).as("%s%s...", start, run).isTrue();
        }
      }
    }
  }

  @Test
  void namesOfAnyCharactersSurviveEachStyle() {
    long seed = 3659L;
    Random random = new Random(seed);
    String letters = " -> .;=[]<>0123456789:日ü\u0001'\"\\ Nov 22 10:13 2026-11-22";
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder name = new StringBuilder();
      for (int length = 1 + random.nextInt(12); length > 0; length--) {
        name.append(letters.charAt(random.nextInt(letters.length())));
      }
      name.append('x');
      assertName(Form.MLSD, "type=file;size=7; ", name.toString(), seed);
      assertName(Form.LIST, "-rw-r--r--   1 alice staff  7 Nov 22 10:13 ", name.toString(), seed);
      assertName(Form.LIST, "-rw-r--r--   1 alice  7 Nov 22  2025 ", name.toString(), seed);
      assertName(Form.LIST, "11-22-26  10:13AM                  7 ", name.toString(), seed);
      assertName(Form.LIST, "11-22-26  10:13AM       <DIR>          ", "x" + name, seed);
    }
  }

  private static void assertName(Form form, String before, String name, long seed) {
    ListingParser parser = new ListingParser(form, Listings.NOW, ZoneOffset.UTC);
    assertThat(parser.parse(before + name))
        .as("seed %s, <%s>", seed, before + name)
        .isInstanceOfSatisfying(
            ListingLine.Entry.class, entry -> assertThat(entry.entry().name()).isEqualTo(name));
  }

  @Test
  void anUnreadableLineOfAnyLengthIsKeptShort() {
    ListingLine line = ListingParser.ofFacts(Form.MLSD).parse("x".repeat(1_000_000));
    assertThat(line)
        .isInstanceOfSatisfying(
            ListingLine.Unreadable.class,
            unreadable -> assertThat(unreadable.line()).hasSizeLessThan(2_000));
  }

  @Test
  void aTimeOutsideOfAllListingsIsRefused() {
    assertThatThrownBy(() -> new ListingParser(Form.LIST, Instant.MAX, ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ListingParser.ofFacts(Form.LIST))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void factsAreInStatedTimeAndListsInAssumedTime() {
    assertThat(modified(Form.MLSD, "modify=20261122101305;type=file; f").basis())
        .isEqualTo(Basis.STATED);
    assertThat(modified(Form.LIST, "-rw-r--r-- 1 a b 5 Nov 22 10:13 f").basis())
        .isEqualTo(Basis.ASSUMED);
    assertThat(modified(Form.LIST, "-rw-r--r-- 1 a b 5 2026-11-22 10:13:05 +0100 f").basis())
        .isEqualTo(Basis.STATED);
  }

  @Test
  void aTimeSpansWhatItsPrecisionLeavesOpen() {
    ZonedDateTime time = ZonedDateTime.parse("2026-11-22T10:13:05.5Z");
    Modified minute = new Modified(time, Precision.MINUTE, Basis.ASSUMED);
    assertThat(minute.earliest()).isEqualTo(Instant.parse("2026-11-22T10:13:00Z"));
    assertThat(minute.latest()).isEqualTo(Instant.parse("2026-11-22T10:13:59.999999999Z"));
    assertThat(minute.mayBe(Instant.parse("2026-11-22T10:13:59Z"))).isTrue();
    assertThat(minute.mayBe(Instant.parse("2026-11-22T10:14:00Z"))).isFalse();
    Modified exact = new Modified(time, Precision.FRACTION, Basis.STATED);
    assertThat(exact.mayBe(time.toInstant())).isTrue();
    assertThat(exact.latest()).isEqualTo(exact.earliest());
  }

  private static Modified modified(Form form, String line) {
    ListingParser parser = new ListingParser(form, Listings.NOW, ZoneOffset.UTC);
    return ((ListingLine.Entry) parser.parse(line)).entry().modified().orElseThrow();
  }
}
