package dev.berth.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.dialects.ListingParser.Form;
import dev.berth.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A file may be called as it likes: in a line of a known form its name is found, every byte of it.
 */
class ListedNameFuzz {
  private static final ListingParser FACTS = ListingParser.ofFacts(Form.MLSD);
  private static final ListingParser LIST =
      new ListingParser(Form.LIST, Listings.NOW, ZoneOffset.UTC);

  static Stream<byte[]> seeds() {
    return Stream.of(
            "name",
            "  spaces  ",
            "Nov 22 10:13 name",
            " a -> b",
            "size=5;type=dir; x",
            "2025 5 Jan  1 00:00 y",
            "<DIR> z",
            "a header:",
            "\u00dc\uD83D\uDE00\t")
        .map(name -> name.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void theNameIsFound(byte[] bytes) {
    String name = Octets.toText(bytes);
    boolean isName =
        !name.isEmpty()
            && name.length() <= ListingEntry.MAX_NAME
            && name.chars().noneMatch(c -> c == '/' || c == '\n' || c == '\r' || c == 0)
            && !name.equals(".")
            && !name.equals("..");
    if (isName) {
      assertName(FACTS, "type=file;size=5;modify=20261122101300; ", name);
      assertName(LIST, "-rw-r--r--   1 ftp      ftp             5 Nov 22 10:13 ", name);
      assertName(LIST, "-rw-r--r--   1 1000     1000     12345678 Feb 29  2024 ", name);
      assertName(LIST, "11-22-26  10:13AM            12345678 ", name);
    }
  }

  private static void assertName(ListingParser parser, String before, String name) {
    assertThat(parser.parse(before + name))
        .isInstanceOfSatisfying(
            ListingLine.Entry.class,
            line -> {
              assertThat(line.entry().name()).isEqualTo(name);
              assertThat(line.entry().type()).isEqualTo(ListingEntry.Type.FILE);
              assertThat(line.entry().sizeBytes()).isNotEmpty();
            });
  }
}
