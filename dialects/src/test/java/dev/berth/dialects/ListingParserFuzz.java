package dev.berth.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.dialects.ListingParser.Form;
import dev.berth.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any line of a listing, in any form: an entry that stands in it, or a word about why not. */
class ListingParserFuzz {
  private static final Map<Form, ListingParser> PARSERS = new EnumMap<>(Form.class);

  static {
    for (Form form : Form.values()) {
      PARSERS.put(form, new ListingParser(form, Listings.NOW, ZoneId.of("Europe/Berlin")));
    }
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            "-rw-r--r--   1 ftp      ftp             5 Nov 22 10:13 a name",
            "lrwxrwxrwx 1 0 0 9 Feb 29  2024 link -> ../target",
            "brw-rw---- 1 root disk 8, 1 2026-11-22 10:13:05.25 +0100 sda",
            "drwxr-xr-x+  2 j smith  Domain Users 4096 22 sept. 10:13 folder",
            "-rw-r--r-- 1 a b 5 Nov 22 10:13:05 2026 ls -lT",
            "total 12",
            "11-22-26  10:13AM       <DIR>          folder",
            "22.11.2026  24:13    1.234.567 name",
            "2026/11/22  12:13 PM <SYMLINKD>     link [C:\\target]",
            "+i8388621.48594,m1763806385,r,s280,up644,\tplain.txt",
            "A.TXT;1  4/6  22-NOV-2026 10:13:05  [STAFF,ALICE]  (RWED,RWED,RE,)",
            "WORK01 3390   2026/11/22  1    1  FB     128  6144  PS  INCOMING",
            "Migrated                                                OLD.LETTERS",
            "PAYROLL   01.03 2025/09/12 2026/10/11 09:37    11    11     0 ALICE",
            "ALICEA   JOB01906 ALICE    OUTPUT A        RC=0000 3 spool files",
            "ALICE           36864 11/22/26 10:13:05 *DIR       letters/",
            "PROFILE  EXEC     V  72  9  1 2026-09-20 17:16:18 ALI191",
            "05/20/2026 13:38:19  F  1  65  'bfsline.cpy'",
            "EMPLOYEE  0  53248 22-Nov-26 10:13:05 110, 99 \"nnnn\"",
            "d [RWCEAFMS] alice  512 Nov 22 10:13 letters",
            "-C--E-----FTP B MAILBX1  18128  41 Nov 22 10:13 QUADTEST",
            " 1123 DIR  A    10-05-100  23:38  folder",
            "-rw-r--r--        0      108767   108767 Jul 22 10:13 forks",
            "lrwxrwxrwx 1 0 0 18 inittab -> ../tmp/inittab",
            "type=file;size=5;modify=20261122101305.25;UNIX.mode=0644;perm=r; name",
            " type=OS.unix=slink:/my files;sizd=4096;UNIX.owner=0; /a/link",
            "Type=cdir;Modify=19700101000060;Perm=el; .")
        .map(line -> line.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void anEntryStandsInItsLine(byte[] bytes) {
    String line = Octets.toText(bytes);
    PARSERS.forEach((form, parser) -> {
      ListingLine read = parser.parse(line);
      switch (read) {
        case ListingLine.Ignored ignored -> assertThat(ignored.why()).isNotEmpty();
        case ListingLine.OtherFolder other -> assertThat(line).contains(other.pathname());
        case ListingLine.Unreadable unreadable -> {
          assertThat(unreadable.why()).isNotEmpty();
          assertThat(unreadable.line().length()).isLessThanOrEqualTo(1030);
        }
        case ListingLine.Entry entry -> assertFrom(line, form, entry.entry());
      }
      assertThat(parser.parse(line)).isEqualTo(read);
    });
  }

  private static void assertFrom(String line, Form form, ListingEntry entry) {
    assertStandsIn(line, entry.name());
    assertThat(entry.name().length()).isBetween(1, ListingEntry.MAX_NAME);
    assertThat(entry.name()).doesNotContain("\n");
    if (form != Form.MLST) {
      assertThat(entry.name()).isNotIn(".", "..");
    }
    if (form == Form.MLSD) {
      assertThat(entry.name()).doesNotContain("/");
    }
    entry
        .target()
        .ifPresent(target -> {
          assertThat(line).contains(target);
          assertThat(target.length()).isBetween(1, ListingEntry.MAX_NAME);
        });
    entry.sizeBytes().ifPresent(size -> assertThat(size).isNotNegative());
    entry.modified().ifPresent(ListingParserFuzz::assertTime);
  }

  /** As it is, or, of a CMS file, in two columns. */
  static void assertStandsIn(String text, String name) {
    if (!text.contains(name)) {
      assertThat(text).contains(name.split("\\.", -1));
    }
  }

  static void assertTime(Modified modified) {
    assertThat(modified.latest()).isAfterOrEqualTo(modified.earliest());
    assertThat(modified.mayBe(modified.earliest())).isTrue();
    assertThat(modified.iso8601()).matches("\\d{4}-\\d\\d-\\d\\d(T.*Z)?");
  }
}
