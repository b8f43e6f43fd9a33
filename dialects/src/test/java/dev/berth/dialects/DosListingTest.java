package dev.berth.dialects;

import static dev.berth.dialects.Listings.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.ListingParser.Form;
import dev.berth.dialects.Listings.Row;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DosListingTest {
  @ParameterizedTest
  @MethodSource("rows")
  void readsEachLineOfTheTable(Row row) {
    assertThat(read(Form.LIST, row.line())).isEqualTo(row.expected());
  }

  static List<Row> rows() {
    return Listings.rows(
        """
        11-22-26  10:13AM       <DIR>          folder == FOLDER _ 2026-11-22T10:13Z _ _:_ "folder"
        11-22-26  10:13AM       <DIR>            two leading == FOLDER _ 2026-11-22T10:13Z _ _:_ "two leading" [spaces before the name may belong to it]
        11-22-26  10:13AM <DIR> narrow == FOLDER _ 2026-11-22T10:13Z _ _:_ "narrow"
        11-22-26  10:13PM                  123 file.txt == FILE 123 2026-11-22T22:13Z _ _:_ "file.txt"
        11-22-26  10:13PM                  123  leading and trailing\\s == FILE 123 2026-11-22T22:13Z _ _:_ " leading and trailing "
        11-22-26  10:13PM           5368709120 5 GiB.iso == FILE 5368709120 2026-11-22T22:13Z _ _:_ "5 GiB.iso"
        11-22-2026  10:13AM                  123 four digits == FILE 123 2026-11-22T10:13Z _ _:_ "four digits"
        11-22-26  22:13                  123 24 hours == FILE 123 2026-11-22T22:13Z _ _:_ "24 hours"
        2026-11-22  22:13                  123 year first == FILE 123 2026-11-22T22:13Z _ _:_ "year first"
        22.11.2026  22:13    <DIR>          german == FOLDER _ 2026-11-22T22:13Z _ _:_ "german"
        22/11/2026  22:13         1.234.567 day first == FILE 1234567 2026-11-22T22:13Z _ _:_ "day first"
        11/22/2026  10:13 PM         1,234,567 by hand == FILE 1234567 2026-11-22T22:13Z _ _:_ "by hand"
        11-22-26  12:13AM                    0 midnight == FILE 0 2026-11-22T00:13Z _ _:_ "midnight"
        11-22-26  12:13PM                    0 noon == FILE 0 2026-11-22T12:13Z _ _:_ "noon"
        11-22-26  24:13                      0 windows ce == FILE 0 2026-11-22T00:13Z _ _:_ "windows ce"
        02-29-96  10:13AM                    1 last century == FILE 1 1996-02-29T10:13Z _ _:_ "last century"
        11-22-26  10:13AM       <JUNCTION>     link [C:\\Data [1]] == LINK _ 2026-11-22T10:13Z _ _:_ "link [C:\\Data" -> "1]"
        11-22-26  10:13AM       <SYMLINKD>     my link [D:\\my data] == LINK _ 2026-11-22T10:13Z _ _:_ "my link" -> "D:\\my data"
        11-22-26  10:13AM       <SYMLINK>      link.txt [C:\\x.txt] == LINK _ 2026-11-22T10:13Z _ _:_ "link.txt" -> "C:\\x.txt"
        11-22-26  10:13AM       <JUNCTION>     no target == LINK _ 2026-11-22T10:13Z _ _:_ "no target"
        11-22-26  10:13AM       <DIR>          a [1] == FOLDER _ 2026-11-22T10:13Z _ _:_ "a [1]"
        11-22-26  10:13AM                   12 11-22-26  10:13AM   12 x == FILE 12 2026-11-22T10:13Z _ _:_ "11-22-26  10:13AM   12 x"
        11-22-26  10:13AM                   12 2026 == FILE 12 2026-11-22T10:13Z _ _:_ "2026"
        02-30-26  10:13AM                   12 no such day == FILE 12 _ _ _:_ "no such day" [not a date and time: 02-30-26  10:13AM]
        11-22-26  25:13                     12 no such hour == FILE 12 _ _ _:_ "no such hour" [not a date and time: 11-22-26  25:13]
        11-22-26  10:13AM  9223372036854775808 too large == FILE _ 2026-11-22T10:13Z _ _:_ "too large" [not a size: 9223372036854775808]
        11-22-26  10:13AM                 1,23 oddly parted == FILE _ 2026-11-22T10:13Z _ _:_ "oddly parted" [not a size: 1,23]
        11-22-26  10:13AM       <DIR>          . == ignored: the folder itself or its parent
        11-22-26  10:13AM       <DIR>          .. == ignored: the folder itself or its parent
        11-22-26  10:13AM       <DIR>          == unreadable: a name or target not of 1 to 4096 characters
        11-22-26  10:13AM            12 == unreadable: in no style of listing that is known or fits the rest
        11-22-26  file == unreadable: in no style of listing that is known or fits the rest
        """);
  }
}
