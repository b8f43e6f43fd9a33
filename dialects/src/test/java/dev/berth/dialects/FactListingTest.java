package dev.berth.dialects;

import static dev.berth.dialects.Listings.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.ListingParser.Form;
import dev.berth.dialects.Listings.Row;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FactListingTest {
  @ParameterizedTest
  @MethodSource({"folderLines", "realServers"})
  void readsEachLineOfAFolder(Row row) {
    assertThat(read(Form.MLSD, row.line())).isEqualTo(row.expected());
  }

  static List<Row> folderLines() {
    return Listings.rows(
        """
        modify=20261122101305;perm=adfrw;size=10240;type=file;unique=FE00U2A;UNIX.group=1000;UNIX.groupname=staff;UNIX.mode=0644;UNIX.owner=994;UNIX.ownername=alice; proftpd.bin == FILE 10240 2026-11-22T10:13:05Z rw-r--r-- alice:staff "proftpd.bin"
        modify=20261122101305;perm=flcdmpe;type=dir;unique=FE00U2B;UNIX.group=1000;UNIX.mode=02755;UNIX.owner=994; folder == FOLDER _ 2026-11-22T10:13:05Z rwxr-sr-x 994:1000 "folder"
        type=file;size=3000;modify=20261122101305;UNIX.mode=0644;UNIX.uid=994;UNIX.gid=1000;unique=25g1a; pure-ftpd.bin == FILE 3000 2026-11-22T10:13:05Z rw-r--r-- 994:1000 "pure-ftpd.bin"
        type=dir;sizd=4096;modify=20261122101305;UNIX.mode=0755;UNIX.uid=994;UNIX.gid=1000;unique=25g1b; pure-ftpd == FOLDER 4096 2026-11-22T10:13:05Z rwxr-xr-x 994:1000 "pure-ftpd"
        type=file;size=156;perm=r;modify=20261122101305;unique=8012; pyftpdlib.mp3 == FILE 156 2026-11-22T10:13:05Z r _:_ "pyftpdlib.mp3"
        Size=123;Modify=20261122101305.123;Type=file; apache == FILE 123 2026-11-22T10:13:05.123Z _ _:_ "apache"
        type=file;size=5368709120;modify=20261122101305.250;perms=awrdf; filezilla.iso == FILE 5368709120 2026-11-22T10:13:05.25Z awrdf _:_ "filezilla.iso"
        TYPE=FILE;SIZE=1;MODIFY=20261122101305; capitals == FILE 1 2026-11-22T10:13:05Z _ _:_ "capitals"
        type=file;size=1;x.future=a=b;media-type=text/plain; unknown facts == FILE 1 _ _ _:_ "unknown facts"
        type=OS.unix=slink:/data/today;modify=20261122101305; latest == LINK _ 2026-11-22T10:13:05Z _ _:_ "latest" -> "/data/today"
        type=OS.unix=slink:/my data/today;modify=20261122101305; latest == LINK _ 2026-11-22T10:13:05Z _ _:_ "latest" -> "/my data/today"
        type=OS.unix=symlink;modify=20261122101305; latest == LINK _ 2026-11-22T10:13:05Z _ _:_ "latest"
        type=OS.unix=chr-4/64; device == OTHER _ _ _ _:_ "device"
        type=OS.windows=junction; other system == OTHER _ _ _ _:_ "other system"
        type=file;size=1;   leading and trailing\\s == FILE 1 _ _ _:_ "  leading and trailing "
        type=file;size=1; a;b=c;d == FILE 1 _ _ _:_ "a;b=c;d"
        type=file;size=1; grüße 漢字 -> x == FILE 1 _ _ _:_ "grüße 漢字 -> x"
        type=file;size=1 no last semicolon == FILE 1 _ _ _:_ "no last semicolon"
        type=file;size=1; 20261122101305; == FILE 1 _ _ _:_ "20261122101305;"
        \\stype=file;size=1; space before == FILE 1 _ _ _:_ "space before"
        \\sno facts == OTHER _ _ _ _:_ "no facts" [no type fact]
        size=1; no type == OTHER 1 _ _ _:_ "no type" [no type fact]
        sizd=1; no type == FOLDER 1 _ _ _:_ "no type"
        type=file;size=1;size=2; twice == FILE 1 _ _ _:_ "twice"
        type=file;modify=20240229235960; leap second == FILE _ 2024-03-01T00:00:00Z _ _:_ "leap second"
        type=file;modify=202611221013; no seconds == FILE _ 2026-11-22T10:13Z _ _:_ "no seconds"
        type=file;modify=20261122101305.1234567891; ten digits == FILE _ 2026-11-22T10:13:05.123456789Z _ _:_ "ten digits"
        type=file;UNIX.mode=0104755; set user == FILE _ _ rwsr-xr-x _:_ "set user"
        type=file;UNIX.mode=7000; capitals == FILE _ _ --S--S--T _:_ "capitals"
        type=file;size=;modify=; empty facts == FILE _ _ _ _:_ "empty facts"
        type=file;size=-1; f == FILE _ _ _ _:_ "f" [not a size: -1]
        type=file;size=9223372036854775808; f == FILE _ _ _ _:_ "f" [not a size: 9223372036854775808]
        type=file;modify=20250229101305; f == FILE _ _ _ _:_ "f" [not a time: 20250229101305]
        type=file;modify=20261122240000; f == FILE _ _ _ _:_ "f" [not a time: 20261122240000]
        type=file;modify=20261122101361; f == FILE _ _ _ _:_ "f" [not a time: 20261122101361]
        type=file;modify=yesterday; f == FILE _ _ _ _:_ "f" [not a time: yesterday]
        type=file;perm=adfr;UNIX.mode=rw-; f == FILE _ _ adfr _:_ "f" [not a mode: rw-]
        type=cdir;modify=20261122101305; . == ignored: the folder itself
        Type=CDIR;modify=20261122101305; /home/alice == ignored: the folder itself
        type=pdir;modify=20261122101305; .. == ignored: the parent folder
        type=dir;modify=20261122101305; .. == ignored: the parent folder
        type=file; sub/name == unreadable: a path where RFC 3659 section 7.2 wants a name without folders
        type=file;size=1; == unreadable: no pathname after the facts
        type=file;size=1;\\s == unreadable: no pathname after the facts
        drwxr-xr-x 2 a b 4096 Nov 22 10:13 f == unreadable: no fact and no pathname at character 1
        type=file;nonsense; f == unreadable: no fact and no pathname at character 11
        nothing == unreadable: no fact and no pathname at character 1
        """);
  }

  /** As sent by ProFTPD 1.3.8, Pure-FTPd 1.0.50, pyftpdlib 1.5.7 and Apache FtpServer 1.2.1. */
  static List<Row> realServers() {
    return Listings.rows(
        """
        modify=20261122144133;perm=adfrw;size=2;type=file;unique=FE00U20E04C;UNIX.group=995;UNIX.groupname=995;UNIX.mode=0644;UNIX.owner=999;UNIX.ownername=ftpuser;   two leading == FILE 2 2026-11-22T14:41:33Z rw-r--r-- ftpuser:995 "  two leading"
        modify=20261122144133;perm=adfrw;size=5;type=OS.unix=symlink;unique=FE00U20E04A;UNIX.group=995;UNIX.groupname=995;UNIX.mode=0777;UNIX.owner=999;UNIX.ownername=ftpuser; a -> b == LINK 5 2026-11-22T14:41:33Z rwxrwxrwx ftpuser:995 "a -> b"
        modify=20261122144133;perm=flcdmpe;type=pdir;unique=FE00U20E049;UNIX.group=995;UNIX.groupname=995;UNIX.mode=0755;UNIX.owner=999;UNIX.ownername=ftpuser; .. == ignored: the parent folder
        type=unknown;size=0;modify=20261122144133;UNIX.mode=0644;UNIX.uid=999;UNIX.gid=995;unique=fe00g20e055; pipe == OTHER 0 2026-11-22T14:41:33Z rw-r--r-- 999:995 "pipe"
        type=cdir;sizd=4096;modify=20261122144133;UNIX.mode=0755;UNIX.uid=999;UNIX.gid=995;unique=fe00g20e049; . == ignored: the folder itself
        type=OS.unix=slink:;size=5;modify=20261120090007;UNIX.mode=0777;UNIX.uid=999;UNIX.gid=995;unique=fe00g20e04f; link == LINK 5 2026-11-20T09:00:07Z rwxrwxrwx 999:995 "link"
        modify=20261122144133;perm=radfwMT;size=2;type=file;unique=fe00g20e04d; trail\\s == FILE 2 2026-11-22T14:41:33Z radfwMT _:_ "trail "
        modify=20261122144133;perm=eldfmMTcp;size=4096;type=dir;unique=fe00g20e054; sub == FOLDER 4096 2026-11-22T14:41:33Z eldfmMTcp _:_ "sub"
        Size=4096;Modify=20261122144133.941;Type=dir; sub == FOLDER 4096 2026-11-22T14:41:33.941Z _ _:_ "sub"
        Size=0;Modify=20240229101305.000;Type=file; old == FILE 0 2024-02-29T10:13:05.0Z _ _:_ "old"
        Size=0;Modify=19700101000000.000; dangling == OTHER 0 1970-01-01T00:00:00.0Z _ _:_ "dangling" [no type fact]
        """);
  }

  @ParameterizedTest
  @MethodSource("singleLines")
  void readsEachLineOfOneFile(Row row) {
    assertThat(read(Form.MLST, row.line())).isEqualTo(row.expected());
  }

  static List<Row> singleLines() {
    return Listings.rows(
        """
        \\stype=file;size=5;modify=20261122101305; /home/alice/f == FILE 5 2026-11-22T10:13:05Z _ _:_ "/home/alice/f"
        type=file;size=5;modify=20261122101305; f == FILE 5 2026-11-22T10:13:05Z _ _:_ "f"
        \\stype=cdir;sizd=4096;modify=20261122144133;UNIX.mode=0755;UNIX.uid=999;UNIX.gid=995;unique=fe00g20e049; . == FOLDER 4096 2026-11-22T14:41:33Z rwxr-xr-x 999:995 "."
        Size=4096;Modify=20261122144133.945;Type=dir; / == FOLDER 4096 2026-11-22T14:41:33.945Z _ _:_ "/"
        \\s\\stype=file;size=5; f == FILE 5 _ _ _:_ "f"
        \\stype=cdir;modify=20261122101305; /home/alice == FOLDER _ 2026-11-22T10:13:05Z _ _:_ "/home/alice"
        \\stype=dir; / == FOLDER _ _ _ _:_ "/"
        \\stype=file;   two leading == FILE _ _ _ _:_ "  two leading"
        \\s\\sno facts == OTHER _ _ _ _:_ "no facts" [no type fact]
        """);
  }

  @Test
  void bothSpellingsOfEmptyLinesAreIgnored() {
    assertThat(read(Form.MLSD, "")).isEqualTo("ignored: an empty line");
    assertThat(read(Form.MLSD, "\r")).isEqualTo("ignored: an empty line");
    assertThat(read(Form.LIST, " \r\r")).isEqualTo("ignored: an empty line");
  }

  @Test
  void aCarriageReturnAtTheEndIsNoPartOfTheName() {
    assertThat(read(Form.MLSD, "type=file; name\r")).isEqualTo("FILE _ _ _ _:_ \"name\"");
  }

  @Test
  void aNameLongerThanAnyPathIsUnreadable() {
    assertThat(read(Form.MLSD, "type=file; " + "x".repeat(4096))).startsWith("FILE");
    assertThat(read(Form.MLSD, "type=file; " + "x".repeat(4097))).startsWith("unreadable: a name");
  }
}
