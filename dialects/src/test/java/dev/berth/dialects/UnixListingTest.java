package dev.berth.dialects;

import static dev.berth.dialects.Listings.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.ListingParser.Form;
import dev.berth.dialects.Listings.Row;
import dev.berth.wire.Octets;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class UnixListingTest {
  @ParameterizedTest
  @MethodSource({
    "servers",
    "columns",
    "names",
    "kinds",
    "dates",
    "languages",
    "doubts",
    "noEntries"
  })
  void readsEachLineOfTheTable(Row row) {
    assertThat(read(Form.LIST, row.line())).isEqualTo(row.expected());
  }

  static List<Row> servers() {
    return Listings.rows(
        """
        -rw-r--r--    1 1000     1000        10240 Nov 22 10:13 vsftpd.bin == FILE 10240 2026-11-22T10:13Z rw-r--r-- 1000:1000 "vsftpd.bin"
        drwxr-xr-x    2 0        0            4096 Jan 05  2024 vsftpd-folder == FOLDER 4096 2024-01-05 rwxr-xr-x 0:0 "vsftpd-folder"
        -rw-r--r--   1 ftpuser  staff        1024 Nov 22 10:13 proftpd.bin == FILE 1024 2026-11-22T10:13Z rw-r--r-- ftpuser:staff "proftpd.bin"
        lrwxrwxrwx   1 ftpuser  staff           7 Nov 22 10:13 latest -> today.d == LINK 7 2026-11-22T10:13Z rwxrwxrwx ftpuser:staff "latest" -> "today.d"
        -rw-r--r--    1 994        staff            3000 Nov 22 10:13 pure-ftpd.bin == FILE 3000 2026-11-22T10:13Z rw-r--r-- 994:staff "pure-ftpd.bin"
        -rw-r--r--   1 root     root         1024 Nov 22 10:13 pyftpdlib.bin == FILE 1024 2026-11-22T10:13Z rw-r--r-- root:root "pyftpdlib.bin"
        drwx------   3 user group            0 Nov 22 10:13 apache == FOLDER 0 2026-11-22T10:13Z rwx------ user:group "apache"
        -rw-rw-rw- 1 ftp ftp            5368709120 Nov 22 10:13 filezilla.iso == FILE 5368709120 2026-11-22T10:13Z rw-rw-rw- ftp:ftp "filezilla.iso"
        -rwxrwxrwx   1 owner    group         1024000 Nov 22 10:13 iis in unix style.zip == FILE 1024000 2026-11-22T10:13Z rwxrwxrwx owner:group "iis in unix style.zip"
        -rw-rw-rw-   1 user     group          18 Dec 24  2025 serv-u.txt == FILE 18 2025-12-24 rw-rw-rw- user:group "serv-u.txt"
        -rw-rw-rw- 1 sftpgo sftpgo 9223372036854775807 Nov 22 10:13 largest == FILE 9223372036854775807 2026-11-22T10:13Z rw-rw-rw- sftpgo:sftpgo "largest"
        -rw-r--r--  1 alice  staff  72 Nov 22 10:13:05 2025 ls -lT == FILE 72 2025-11-22T10:13:05Z rw-r--r-- alice:staff "ls -lT"
        -rw-r--r-- 1 alice staff 72 2026-11-22 10:13:05.250000000 +0100 full time == FILE 72 2026-11-22T09:13:05.25Z rw-r--r-- alice:staff "full time"
        -rw-r--r-- 1 alice staff 72 2026-11-22 10:13 long iso == FILE 72 2026-11-22T10:13Z rw-r--r-- alice:staff "long iso"
        -rw-r--r-- 1 alice staff 72 11-21 10:13 iso, recent == FILE 72 2026-11-21T10:13Z rw-r--r-- alice:staff "iso, recent"
        -rw-r--r-- 1 alice staff 72 2024-02-29  iso, old == FILE 72 2024-02-29 rw-r--r-- alice:staff "iso, old"
        """);
  }

  /** As sent by vsftpd 3.0.3, ProFTPD 1.3.8, Pure-FTPd 1.0.50, pyftpdlib and Apache FtpServer. */
  static List<Row> realServers() {
    return Listings.rows(
        """
        -rw-r--r--    1 999      995             2 Nov 22 14:41   two leading == FILE 2 2026-11-22T14:41Z rw-r--r-- 999:995 "  two leading"
        lrwxrwxrwx    1 999      995             5 Nov 22 14:41 a -> b -> plain == LINK 5 2026-11-22T14:41Z rwxrwxrwx 999:995 "a -> b" -> "plain"
        -rw-r--r--    1 999      995      5368709120 Nov 22 14:41 big == FILE 5368709120 2026-11-22T14:41Z rw-r--r-- 999:995 "big"
        -rw-r--r--    1 999      995             0 Feb 29  2024 old == FILE 0 2024-02-29 rw-r--r-- 999:995 "old"
        drwxr-xr-x   2 ftpuser  995          4096 Nov 22 14:41 sub == FOLDER 4096 2026-11-22T14:41Z rwxr-xr-x ftpuser:995 "sub"
        lrwxrwxrwx    1 999        ftpuser           10 Nov 22 14:41 dangling -> nowhere; x == LINK 10 2026-11-22T14:41Z rwxrwxrwx 999:ftpuser "dangling" -> "nowhere; x"
        -rw-r--r--    1 999        ftpuser   5368709120 Nov 22 14:41 big == FILE 5368709120 2026-11-22T14:41Z rw-r--r-- 999:ftpuser "big"
        prw-r--r--   1 ftpuser  ftpuser         0 Nov 22 14:41 pipe == OTHER 0 2026-11-22T14:41Z rw-r--r-- ftpuser:ftpuser "pipe"
        dr-x------   3 user group            0 Nov 22 14:41 sub == FOLDER 0 2026-11-22T14:41Z r-x------ user:group "sub"
        ----------   1 user group            0 Jan  1  1970 dangling == FILE 0 1970-01-01 --------- user:group "dangling"
        """);
  }

  static List<Row> columns() {
    return Listings.rows(
        """
        -rw-r--r--   1 alice        72 Nov 22 10:13 no group == FILE 72 2026-11-22T10:13Z rw-r--r-- alice:_ "no group"
        -rw-r--r--   1 1000        72 Nov 22 10:13 no group, numeric == FILE 72 2026-11-22T10:13Z rw-r--r-- 1000:_ "no group, numeric"
        -rw-r--r--  alice staff     72 Nov 22 10:13 no links == FILE 72 2026-11-22T10:13Z rw-r--r-- alice:staff "no links"
        drwxrwxr-x               folder        2 Nov 22 10:13 old mac == FOLDER _ 2026-11-22T10:13Z rwxrwxr-x _:_ "old mac"
        -rw-r--r-- 72 Nov 22 10:13 size alone == FILE 72 2026-11-22T10:13Z rw-r--r-- _:_ "size alone"
        -rw-r--r--   1 1000     1000       72 Nov 22 10:13 numbers == FILE 72 2026-11-22T10:13Z rw-r--r-- 1000:1000 "numbers"
        -rw-r--r--   1 EXAMPLE\\alice Domain Users 72 Nov 22 10:13 windows == FILE 72 2026-11-22T10:13Z rw-r--r-- EXAMPLE\\alice:Domain Users "windows"
        drwxr-xr-x1234 alice staff 4096 Nov 22 10:13 links close behind == FOLDER 4096 2026-11-22T10:13Z rwxr-xr-x alice:staff "links close behind"
        drwxr-xr-x   2 john smith     staff         4096 Nov 22 10:13 wide gap == FOLDER 4096 2026-11-22T10:13Z rwxr-xr-x john smith:staff "wide gap"
        -rw-r--r--   1 ftp      group with spaces in it 72 Nov 22 10:13 cygwin == FILE 72 2026-11-22T10:13Z rw-r--r-- ftp:group with spaces in it "cygwin"
        -rw-r--r--+  1 alice staff 72 Nov 22 10:13 access list == FILE 72 2026-11-22T10:13Z rw-r--r-- alice:staff "access list"
        -rw-r--r--.  1 alice staff 72 Nov 22 10:13 context == FILE 72 2026-11-22T10:13Z rw-r--r-- alice:staff "context"
        -rw-r--r--@  1 alice staff 72 Nov 22 10:13 attributes == FILE 72 2026-11-22T10:13Z rw-r--r-- alice:staff "attributes"
        -rw-r--r--@1 alice staff 72 Nov 22 10:13 close behind a mark == FILE 72 2026-11-22T10:13Z rw-r--r-- alice:staff "close behind a mark"
        -rwsr-sr-t   1 alice staff 72 Nov 22 10:13 special == FILE 72 2026-11-22T10:13Z rwsr-sr-t alice:staff "special"
        -rwSr-lr-T   1 alice staff 72 Nov 22 10:13 special too == FILE 72 2026-11-22T10:13Z rwSr-lr-T alice:staff "special too"
        -rw-r--r--   1 mar 12 2048 Nov 22 10:13 owner like a month == FILE 2048 2026-11-22T10:13Z rw-r--r-- mar:12 "owner like a month"
        -rw-r--r--   1 12 may 2048 Nov 22 10:13 group like a month == FILE 2048 2026-11-22T10:13Z rw-r--r-- 12:may "group like a month"
        -rw-r--r--   1 alice staff 1,234,567 Nov 22 10:13 thousands == FILE 1234567 2026-11-22T10:13Z rw-r--r-- alice:staff "thousands"
        -rw-r--r--   1 alice anextremelywidegroup1048576 Nov 22 10:13 glued == FILE _ 2026-11-22T10:13Z rw-r--r-- alice:anextremelywidegroup1048576 "glued" [no size column]
        """);
  }

  static List<Row> names() {
    return Listings.rows(
        """
        -rw-r--r-- 1 a b 5 Nov 22 10:13   two leading == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b "  two leading"
        -rw-r--r-- 1 a b 5 Nov 22  2025  one leading == FILE 5 2025-11-22 rw-r--r-- a:b " one leading"
        -rw-r--r-- 1 a b 5 Nov 22 10:13 two trailing\\s\\s == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b "two trailing  "
        -rw-r--r-- 1 a b 5 Nov 22 10:13 \\s == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b " "
        -rw-r--r-- 1 a b 5 Nov 22 10:13 2026 == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b "2026"
        -rw-r--r-- 1 a b 5 Nov 22 10:13:07 2026 == FILE 5 2026-11-22T10:13:07Z rw-r--r-- a:b "2026"
        -rw-r--r-- 1 a b 5 Nov 22 10:13 1 a b 5 Nov 22 10:13 x == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b "1 a b 5 Nov 22 10:13 x"
        -rw-r--r-- 1 a 5 Nov 22 10:13 b 7 Dec 24 11:14 x == FILE 5 2026-11-22T10:13Z rw-r--r-- a:_ "b 7 Dec 24 11:14 x"
        -rw-r--r-- 1 a b 5 2026-11-22 10:13 2026-11-22 10:14 x == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b "2026-11-22 10:14 x"
        -rw-r--r-- 1 a b 5 Nov 22 10:13 total 12 == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b "total 12"
        -rw-r--r-- 1 a b 5 Nov 22 10:13 grüße 漢字 ж.txt == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b "grüße 漢字 ж.txt"
        -rw-r--r-- 1 a b 5 Nov 22 10:13 gr\u00c3\u00bc\u00df\u0080 == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b "gr\u00c3\u00bc\u00df\u0080"
        -rw-r--r-- 1 a b 5 Nov 22 10:13 x -> y == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b "x -> y"
        -rw-r--r-- 1 a b 5 Nov 22 10:13 ... == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b "..."
        -rw-r--r-- 1 a b 5 Nov 22 10:13 sub/file == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b "sub/file"
        -rw-r--r-- 1 a b 5 Nov 22 10:13 -rw-r--r-- == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b "-rw-r--r--"
        lrwxrwxrwx 1 a b 1 Nov 22 10:13 my link -> y == LINK 1 2026-11-22T10:13Z rwxrwxrwx a:b "my link" -> "y"
        lrwxrwxrwx 1 a b 1 Nov 22 10:13 x -> y -> z == LINK 1 2026-11-22T10:13Z rwxrwxrwx a:b "x -> y" -> "z"
        lrwxrwxrwx 1 a b 6 Nov 22 10:13 x -> y -> z == LINK 6 2026-11-22T10:13Z rwxrwxrwx a:b "x" -> "y -> z"
        lrwxrwxrwx 1 a b 0 Nov 22 10:13 x -> y -> z == LINK 0 2026-11-22T10:13Z rwxrwxrwx a:b "x" -> "y -> z"
        lrwxrwxrwx 1 a b 2 Nov 22 10:13 x -> y -> ü == LINK 2 2026-11-22T10:13Z rwxrwxrwx a:b "x -> y" -> "ü"
        lrwxrwxrwx 1 a b 9 Nov 22 10:13 no target == LINK 9 2026-11-22T10:13Z rwxrwxrwx a:b "no target"
        """);
  }

  static List<Row> kinds() {
    return Listings.rows(
        """
        crw-rw----   1 root     tty        4,  64 Nov 22 10:13 ttyS0 == OTHER _ 2026-11-22T10:13Z rw-rw---- root:tty "ttyS0"
        crw-------   1 root     sys        109,767 Nov 22 10:13 pci@1c,600000:devctl == OTHER _ 2026-11-22T10:13Z rw------- root:sys "pci@1c,600000:devctl"
        brw-rw----   1 root     disk       8,1 Nov 22 10:13 sda1 == OTHER _ 2026-11-22T10:13Z rw-rw---- root:disk "sda1"
        crw-rw----   1 root     4,  64 Nov 22 10:13 no group == OTHER _ 2026-11-22T10:13Z rw-rw---- root:_ "no group"
        prw-r--r--   1 root     root          0 Nov 22 10:13 pipe == OTHER 0 2026-11-22T10:13Z rw-r--r-- root:root "pipe"
        srwxrwxrwx   1 root     root          0 Nov 22 10:13 socket == OTHER 0 2026-11-22T10:13Z rwxrwxrwx root:root "socket"
        frwxrwxrwx   1 root     root          5 Nov 22 10:13 file == FILE 5 2026-11-22T10:13Z rwxrwxrwx root:root "file"
        erwxrwxrwx   1 root     root          5 Nov 22 10:13 a -> bcdef == LINK 5 2026-11-22T10:13Z rwxrwxrwx root:root "a" -> "bcdef"
        Drwxrwxrwx   1 root     root          5 Nov 22 10:13 door == OTHER 5 2026-11-22T10:13Z rwxrwxrwx root:root "door"
        """);
  }

  static List<Row> dates() {
    return Listings.rows(
        """
        -rw-r--r-- 1 a b 5 Nov  2 10:13 f == FILE 5 2026-11-02T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 Nov 02 9:03 f == FILE 5 2026-11-02T09:03Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 Dec 31 23:59 f == FILE 5 2025-12-31T23:59Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 Nov 23 13:59 f == FILE 5 2026-11-23T13:59Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 Nov 23 14:00 f == FILE 5 2025-11-23T14:00Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 Feb 29 10:13 f == FILE 5 2024-02-29T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 Feb 29  2024 f == FILE 5 2024-02-29 rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 Jan  1  1970 f == FILE 5 1970-01-01 rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 NOV 22 10:13 f == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 22 Nov 10:13 f == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 22. Nov 10.13 f == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 22 Nov  2025 f == FILE 5 2025-11-22 rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 2026/11/22 10:13 f == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b "f"
        """);
  }

  static List<Row> languages() {
    return Listings.rows(
        """
        -rw-r--r-- 1 a b 5 Mär  2 10:13 f == FILE 5 2026-03-02T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5  2. Okt 10:13 f == FILE 5 2026-10-02T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 Dez 24  2025 f == FILE 5 2025-12-24 rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5  2 août 10:13 f == FILE 5 2026-08-02T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 févr. 2 10:13 f == FILE 5 2026-02-02T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 2 ene 2025 f == FILE 5 2025-01-02 rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 giu 2 10:13 f == FILE 5 2026-06-02T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 Out 2 10:13 f == FILE 5 2026-10-02T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 paź 2 10:13 f == FILE 5 2026-10-02T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 2 lis 10:13 f == FILE 5 2026-11-02T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 янв 2 10:13 f == FILE 5 2026-01-02T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 мая 2 2025 f == FILE 5 2025-05-02 rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 maj 2 10:13 f == FILE 5 2026-05-02T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 ağu 2 10:13 f == FILE 5 2026-08-02T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 kesä 2 10:13 f == FILE 5 2026-06-02T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5  2月 22 10:13 f == FILE 5 2026-02-22T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5  2月 22日 10:13 f == FILE 5 2026-02-22T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 11月22日 10:13 f == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 11月 22日 2025年 f == FILE 5 2025-11-22 rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 2025年11月22日 f == FILE 5 2025-11-22 rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 2025年 11月 22日 f == FILE 5 2025-11-22 rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 11월 22 10:13 f == FILE 5 2026-11-22T10:13Z rw-r--r-- a:b "f"
        -rw-r--r-- 1 a b 5 11월 22일 2025 f == FILE 5 2025-11-22 rw-r--r-- a:b "f"
        """);
  }

  static List<Row> doubts() {
    return Listings.rows(
        """
        -rw-r--r-- 1 a b 5 Nov 31 10:13 f == FILE 5 _ rw-r--r-- a:b "f" [not a known date: Nov 31 10:13]
        -rw-r--r-- 1 a b 5 Feb 29  2025 f == FILE 5 _ rw-r--r-- a:b "f" [not a known date: Feb 29 2025]
        -rw-r--r-- 1 a b 5 Nov 22 24:00 f == FILE 5 _ rw-r--r-- a:b "f" [not a known date: Nov 22 24:00]
        -rw-r--r-- 1 a b 5 Xyz 22 10:13 f == FILE 5 _ rw-r--r-- a:b "f" [not a known date: Xyz 22 10:13]
        -rw-r--r-- 1 a b 5 2026-13-22 10:13 f == FILE 5 _ rw-r--r-- a:b "f" [not a known date: 2026-13-22 10:13]
        -rw-r--r-- 1 a b 5 2026-11-22 10:13:05 +9900 f == FILE 5 _ rw-r--r-- a:b "f" [not a known date: 2026-11-22 10:13:05 +9900]
        -rw-r--r-- 1 a b 9223372036854775808 Nov 22 10:13 f == FILE _ 2026-11-22T10:13Z rw-r--r-- a:b "f" [not a size: 9223372036854775808]
        -rw-r--r-- 1 a b 4,64 Nov 22 10:13 f == FILE _ 2026-11-22T10:13Z rw-r--r-- a:b "f" [not a size: 4,64]
        -rw-r--r-- 1 a b 4.0K Nov 22 10:13 f == FILE _ 2026-11-22T10:13Z rw-r--r-- a:b "f" [not a size in bytes: 4.0K]
        """);
  }

  static List<Row> noEntries() {
    return Listings.rows(
        """
        total 12 == ignored: the total of the folder
        total 4.0K == ignored: the total of the folder
        insgesamt 12 == ignored: the total of the folder
        итого 12 == ignored: the total of the folder
        总用量 12 == ignored: the total of the folder
        drwxr-xr-x 2 a b 4096 Nov 22 10:13 . == ignored: the folder itself or its parent
        drwxr-xr-x 2 a b 4096 Nov 22 10:13 .. == ignored: the folder itself or its parent
        lrwxrwxrwx 1 a b 1 Nov 22 10:13  -> y == unreadable: a name or target not of 1 to 4096 characters
        -rw-r--r-- 1 a b 5 Nov 22 10:13 == unreadable: no date with a name behind it
        -rw-r--r-- 1 a b 5 Nov 22 == unreadable: no date with a name behind it
        ?????????? ? ? ? ?            ? broken == unreadable: in no style of listing that is known or fits the rest
        ls: cannot open directory '.': Permission denied == unreadable: in no style of listing that is known or fits the rest
        words 12 == unreadable: in no style of listing that is known or fits the rest
        """);
  }

  @Test
  void monthNamesInOldCharsetsAreFoundInTheirBytes() {
    String line = "-rw-r--r-- 1 a b 5 Янв 22 2025 имя";
    for (String charset : List.of("KOI8-R", "windows-1251", "ISO-8859-5", "IBM866")) {
      byte[] bytes = line.getBytes(Charset.forName(charset));
      for (String text :
          List.of(new String(bytes, StandardCharsets.ISO_8859_1), Octets.toText(bytes))) {
        assertThat(read(Form.LIST, text)).startsWith("FILE 5 2025-01-22 rw-r--r-- a:b");
      }
    }
  }

  @Test
  void signsOfDatesInOldCharsetsAreFoundInTheirBytes() {
    for (String charset : List.of("GB18030", "Big5", "EUC-JP", "Shift_JIS", "UTF-8")) {
      byte[] bytes = "-rw-r--r-- 1 a b 5 11月22日 10:13 f".getBytes(Charset.forName(charset));
      for (String text :
          List.of(new String(bytes, StandardCharsets.ISO_8859_1), Octets.toText(bytes))) {
        assertThat(read(Form.LIST, text)).isEqualTo("FILE 5 2026-11-22T10:13Z rw-r--r-- a:b \"f\"");
      }
    }
  }

  @Test
  void totalsInOldCharsetsAreFoundInTheirBytes() {
    byte[] bytes = "итого 12".getBytes(Charset.forName("KOI8-R"));
    assertThat(read(Form.LIST, Octets.toText(bytes))).isEqualTo("ignored: the total of the folder");
  }

  @Test
  void timesAreReadInTheZoneOfTheServer() {
    String line = "-rw-r--r-- 1 a b 5 Jul 22 10:13 f";
    assertThat(read(Form.LIST, line, Listings.NOW, ZoneId.of("Europe/Vienna")))
        .contains(" 2026-07-22T08:13Z ");
  }

  @Test
  void aDayStaysTheServersOwnDay() {
    String line = "-rw-r--r-- 1 a b 5 Jul 22 2025 f";
    assertThat(read(Form.LIST, line, Listings.NOW, ZoneOffset.ofHours(14)))
        .contains(" 2025-07-22 ");
  }

  @Test
  void onNewYearsEveTomorrowIsInTheNextYear() {
    Instant eve = Instant.parse("2026-12-31T20:00:00Z");
    assertThat(read(Form.LIST, "-rw-r--r-- 1 a b 5 Jan  1 05:00 f", eve, ZoneOffset.UTC))
        .contains(" 2027-01-01T05:00Z ");
  }

  @Test
  void leapDayWithoutAYearIsFoundAcrossACenturyWithoutOne() {
    Instant now = Instant.parse("2103-03-01T00:00:00Z");
    assertThat(read(Form.LIST, "-rw-r--r-- 1 a b 5 Feb 29 10:13 f", now, ZoneOffset.UTC))
        .contains(" 2096-02-29T10:13Z ");
  }

  @Test
  void aNameLongerThanAnyPathIsUnreadable() {
    String prefix = "-rw-r--r-- 1 a b 5 Nov 22 10:13 ";
    assertThat(read(Form.LIST, prefix + "x".repeat(4096))).startsWith("FILE 5 ");
    assertThat(read(Form.LIST, prefix + "x".repeat(4097))).startsWith("unreadable: a name");
    assertThat(read(Form.LIST, prefix + "x".repeat(20_000))).startsWith("unreadable: longer than");
  }
}
