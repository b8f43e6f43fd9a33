package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Conversation;
import dev.berth.testkit.ScriptedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server whose listings are made to do harm: names that lead out of the target, that steer a
 * terminal or that are none; listings and trees without end; sizes and times that lie. What is
 * sound comes down all the same, what is not is told, nothing is written anywhere else, and memory
 * is bounded.
 */
final class HostileListingTest {
  private static final String CONTENT = "12345";

  /** More than ten times what such a run takes alone on the machine. */
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;

  /** How a server lists. */
  enum Form {
    MLSD("type=file;size=5;modify=20260102030405; ", "type=dir;modify=20260102030405; "),
    LIST("-rw-r--r--   1 u g 5 Jan 02 2026 ", "drwxr-xr-x   1 u g 5 Jan 02 2026 ");

    private final String file;
    private final String folder;

    Form(String file, String folder) {
      this.file = file;
      this.folder = folder;
    }

    private String files(String... names) {
      return Stream.of(names).map(name -> file + name + "\r\n").collect(Collectors.joining());
    }

    private CommandTable server(String listing) {
      CommandTable table =
          CommandTable.normal()
              .answer("RETR", (it, _) -> send(it, CONTENT))
              .answer(name(), (it, _) -> send(it, listing));
      return this == MLSD
          ? table
          : table.reply("FEAT", "500 what?\r\n").reply("MLST", "500 what?\r\n");
    }
  }

  private static void send(Conversation it, String text) throws IOException {
    it.say("150 here\r\n").sendData(text.getBytes(StandardCharsets.UTF_8)).say("226 done\r\n");
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void namesThatLeadElsewhereOrAreNoneAreToldAndTheOthersComeDown(Form form) throws IOException {
    String lines =
        form.files(
                "good.txt",
                "../escape.txt",
                "/etc/absolute.txt",
                folder + "/absolute.txt",
                "..",
                ".",
                "nul\0name",
                "cr\rname",
                "sub/name",
                "back\\..\\..\\slash",
                "C:\\drive.txt",
                "esc\u001b]0;title\u0007\u001b[2J",
                "c1\u009b2J",
                "turned\u202etxt.exe",
                "twice",
                "twice",
                "Case",
                "case",
                "l".repeat(300),
                "m".repeat(5000),
                "n".repeat(20_000),
                "last.txt")
            + form.folder
            + "../outside\r\n"
            + form.folder
            + "..\r\n\0\0\0\r\n";

    Run run = mirror(form.server(lines));

    run.ended(3);
    assertThat(run.err())
        .contains("../escape.txt", "/etc/absolute.txt", "../outside")
        .contains("nul\uFFFDname", "cr\uFFFDname", "lll", "mmm", "nnn")
        .doesNotContain("n".repeat(500), "m".repeat(500));
    assertThat(written())
        .containsExactlyInAnyOrder(
            "good.txt",
            "back\\..\\..\\slash",
            "C:\\drive.txt",
            "esc\u001b]0;title\u0007\u001b[2J",
            "c1\u009b2J",
            "turned\u202etxt.exe",
            "twice",
            "Case",
            "case",
            "last.txt");
  }

  @SideBySide
  @Test
  void namesThatSteerATerminalAreListedWithoutDoingSo() throws IOException {
    String lines = Form.MLSD.files("esc\u001b]0;t\u0007\u001b[2J", "c1\u009b2J", "x\u202etxt.exe");
    try (ScriptedServer server = ScriptedServer.start(Form.MLSD.server(lines))) {
      Berth berth = Berth.in(folder);
      String url = Server.url(server.address(), "/");

      berth.run("ls", url).ended(0).steeringNothing();
      Run forMachines = berth.run("ls", "--json", "--verbose", url).ended(0).steeringNothing();
      assertThat(forMachines.objects())
          .extracting("name")
          .contains("esc\u001b]0;t\u0007\u001b[2J", "c1\u009b2J", "x\u202etxt.exe");
    }
  }

  @SideBySide
  @Test
  void linksArePassedOverWhereverTheyLead() throws IOException {
    String lines =
        "type=OS.unix=slink:../../etc; up\r\n"
            + "type=OS.unix=slink:.; itself\r\n"
            + "type=OS.unix=symlink; loop\r\n"
            + Form.MLSD.files("good.txt");

    Run run = mirror(Form.MLSD.server(lines)).ended(0);

    assertThat(run.err()).contains("passed over").contains(": up", ": itself", ": loop");
    assertThat(written()).containsExactly("good.txt");
  }

  @SideBySide
  @Test
  void sizesAndTimesThatCannotBeAreNotBelieved() throws IOException {
    String lines =
        "type=file;size=-1; minus\r\n"
            + "type=file;size=99999999999999999999999; overflow\r\n"
            + "type=file;size=9223372036854775807; most\r\n"
            + "type=file;size=4; less\r\n"
            + "type=file;size=6; more\r\n"
            + "type=file;size=5;modify=00000101000000; year-0\r\n"
            + "type=file;size=5;modify=99991231235959; year-9999\r\n"
            + "type=file;size=5;modify=99999999999999; no-time\r\n"
            + "type=file;size=5;modify=20260230030405.99999999999999999999; february\r\n";

    Run run = mirror(Form.MLSD.server(lines)).ended(6);

    assertThat(run.err())
        .contains("/most: 5 bytes came, the listing says 9223372036854775807")
        .contains("/less: 5 bytes came, the listing says 4")
        .contains("/more: 5 bytes came, the listing says 6");
    assertThat(written())
        .containsExactlyInAnyOrder(
            "minus", "overflow", "year-0", "year-9999", "no-time", "february");
  }

  /** What a listing has no end of. */
  enum Endless {
    LINE("x".repeat(50_000), "a line of more than 65536 bytes"),
    LINES(Form.MLSD.files("a", "b", "c").repeat(200), "longer than memory is left for it"),
    EMPTY_LINES("\r\n".repeat(5000), "longer than memory is left for it"),
    NONSENSE("\u00e9\r\n".repeat(5000), "longer than memory is left for it");

    private final byte[] block;
    private final String words;

    Endless(String block, String words) {
      this.block = block.getBytes(StandardCharsets.ISO_8859_1);
      this.words = words;
    }
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void aListingWithoutEndIsGivenUpBeforeMemoryEnds(Endless endless) throws IOException {
    CommandTable table =
        CommandTable.normal()
            .answer(
                "MLSD",
                (it, _) -> {
                  OutputStream data = it.say("150 here\r\n").accept().getOutputStream();
                  while (true) {
                    data.write(endless.block);
                  }
                });

    Run run = mirror(table).ended(3);

    assertThat(run.err()).contains(endless.words).doesNotContain("attempts");
  }

  @SideBySide
  @Test
  void aFolderWithinItselfForEverIsFollowedToADepthThatIsTold() throws IOException {
    Run run = mirror(Form.MLSD.server("type=dir; a\r\n"), "--dry-run").ended(3);

    assertThat(run.err()).contains("it lies 200 folders deep; deeper ones are not followed");
  }

  @SideBySide
  @Test
  void aTreeWithoutEndIsGivenUpBeforeMemoryEnds() throws IOException {
    String folders =
        IntStream.range(0, 2000)
            .mapToObj(n -> "type=dir; folder-with-a-longer-name-" + n + "\r\n")
            .collect(Collectors.joining());

    Run run = mirror(Form.MLSD.server(folders), "--dry-run").ended(3);

    assertThat(run.err()).containsOnlyOnce("memory holds no more than");
  }

  private Run mirror(CommandTable table, String... options) throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table)) {
      Object[] words =
          Stream.of(
                  Stream.of("mirror", "--timeout=3s", "--wait=5s"),
                  Arrays.stream(options),
                  Stream.of(Server.url(server.address(), "/"), target()))
              .flatMap(all -> all)
              .toArray();
      Run run = Berth.in(folder).withHeap("64m").run(words);
      // Scripts are cut short wherever the program gave up on them.
      server.allowFailures();
      assertThat(run.took()).isLessThan(SOON);
      return run.steeringNothing();
    }
  }

  private Path target() {
    return folder.resolve("inner/target");
  }

  /**
   * The files that a run has written, relative to the target; but for the program's own. What
   * stands beside the target begins with {@code ..}.
   */
  private Set<String> written() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(folder.resolve("berth")))
          .filter(file -> !file.startsWith(folder.resolve("share")))
          .map(file -> target().relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
