package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Conversation;
import dev.berth.testkit.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hostile server and what mirrors can be asked for: links that are followed or copied, things
 * that are removed, names in other charsets, what is kept of a job, what is asked of a server.
 * Nothing leaves the target, nothing goes on for ever, nothing steers the terminal.
 */
final class HostileMirrorTest {
  private static final String CONTENT = "12345";
  private static final String FILE = "type=file;size=5;modify=20260102030405; ";
  private static final String LINK = "type=OS.unix=slink:";
  private static final String ESCAPES = "\u001b]0;own\u0007\u001b[2J\u009b31m\u202e";

  @TempDir Path folder;

  private static CommandTable listing(String lines) {
    return listing(lines.getBytes(StandardCharsets.UTF_8));
  }

  private static CommandTable listing(byte[] lines) {
    return CommandTable.normal()
        .answer("MLSD", (it, _) -> send(it, lines))
        .answer("RETR", (it, _) -> send(it, CONTENT.getBytes(StandardCharsets.UTF_8)));
  }

  private static void send(Conversation it, byte[] data) throws IOException {
    it.say("150 here\r\n").sendData(data).say("226 done\r\n");
  }

  private Path target() {
    return folder.resolve("inner/target");
  }

  private Run mirror(Berth berth, CommandTable table, String... options) throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table)) {
      Stream<Object> words =
          Stream.of(
                  Stream.of("mirror", "--timeout=3s", "--wait=5s"),
                  Arrays.stream(options),
                  Stream.of(Server.url(server.address(), "/"), target()))
              .flatMap(all -> all);
      Run run = berth.withHeap("64m").run(words.toArray()).steeringNothing();
      server.allowFailures();
      return run;
    }
  }

  /** Files, folders and links, relative to the target; the program's own aside. */
  private List<String> written() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(it -> !it.startsWith(folder.resolve("berth")))
          .filter(it -> !it.startsWith(folder.resolve("share")))
          .filter(it -> !target().startsWith(it))
          .map(it -> target().relativize(it).toString())
          .sorted()
          .toList();
    }
  }

  @SideBySide
  @Test
  void noLinkIsMadeThatLeadsOut() throws IOException {
    String outside = folder.resolve("outside").toString();
    String lines =
        Stream.of("../outside; up", "a/../../x; hidden-up", outside + "; absolute", "a\0b; nul")
                .map(link -> LINK + link + "\r\n")
                .reduce("", String::concat)
            + LINK
            + "good.txt; fine\r\n"
            + LINK
            + "good.txt; ../beside\r\n"
            + FILE
            + "good.txt\r\n";

    Run run = mirror(Berth.in(folder), listing(lines), "--links=copy").ended(3);

    assertThat(run.err()).contains("../beside").contains("may lead out of the target");
    assertThat(written()).containsExactly("fine", "good.txt");
    assertThat(Files.readSymbolicLink(target().resolve("fine"))).isEqualTo(Path.of("good.txt"));
  }

  /** First a link to the target itself, and then a folder of that name with a link in it. */
  @SideBySide
  @Test
  void noLinkOfAnEarlierRunHelpsALaterOneOut() throws IOException {
    Berth berth = Berth.in(folder);
    mirror(berth, listing(LINK + ".; loop\r\n" + FILE + "good.txt\r\n"), "--links=copy").ended(0);
    CommandTable second =
        CommandTable.normal()
            .answer("RETR", (it, _) -> send(it, CONTENT.getBytes(StandardCharsets.UTF_8)))
            .answer(
                "MLSD",
                (it, path) ->
                    send(
                        it,
                        (path.endsWith("loop")
                                ? LINK + "..; out\r\n" + FILE + "in.txt\r\n"
                                : "type=dir; loop\r\n")
                            .getBytes(StandardCharsets.UTF_8)));

    Run run = mirror(berth, second, "--links=copy");

    assertThat(run.err()).contains("a link whose folder is itself a link here");
    assertThat(Files.isSymbolicLink(target().resolve("out"))).isFalse();
    assertThat(written()).containsExactly("good.txt", "in.txt", "loop");
  }

  /** Each link leads to a folder with another link; some tell where to, and say nonsense. */
  @SideBySide
  @Test
  void linksWithoutEndAreFollowedToADepthThatIsTold() throws IOException {
    CommandTable table =
        CommandTable.normal()
            .reply("MLST", "250-x\r\n type=dir; /x\r\n250 x\r\n")
            .answer("RETR", (it, _) -> send(it, CONTENT.getBytes(StandardCharsets.UTF_8)))
            .answer(
                "MLSD",
                (it, path) ->
                    send(
                        it,
                        (LINK
                                + "../../../../etc\0; n"
                                + path.length()
                                + "\r\n"
                                + FILE
                                + "f"
                                + path.length()
                                + "\r\n")
                            .getBytes(StandardCharsets.UTF_8)));

    Run run = mirror(Berth.in(folder), table, "--links=follow").ended(3);

    assertThat(run.err()).contains("8 links lead here");
    assertThat(written()).allMatch(it -> !it.startsWith("..")).contains("f1", "n1");
  }

  @SideBySide
  @Test
  void nothingIsRemovedAfterAListingThatIsNotBelievedAndItsNamesAreKeptHarmless()
      throws IOException {
    Files.createDirectories(target().resolve("mine"));
    Files.writeString(target().resolve("mine/keep.txt"), "kept");
    Berth berth = Berth.in(folder);
    String name = "evil" + ESCAPES;

    Run run =
        mirror(
            berth,
            listing(
                FILE
                    + "good.txt\r\n"
                    + FILE
                    + "../escape\r\n"
                    + "type=dir; ..\r\n"
                    + "type=file;size=4; "
                    + name
                    + "\r\n"),
            "--delete",
            "--max-delete=1000");

    run.ended(3);
    assertThat(run.err()).contains("nothing is removed from").contains("../escape");
    assertThat(written()).containsExactly("good.txt", "mine", "mine/keep.txt");
    Run history = berth.run("history").ended(0).steeringNothing();
    String token = history.out().strip().split("\\s+", 2)[0];
    assertThat(berth.run("history", token).ended(0).steeringNothing().out()).contains("evil");
    assertThat(berth.run("history", "--json", token).ended(0).steeringNothing().out())
        .contains("evil");
    berth.run("resume", "--wait=1s", token).steeringNothing();
  }

  /** What would lead elsewhere if it were decoded otherwise than it is checked. */
  @SideBySide
  @Test
  void namesInWhateverCharsetStayInTheTarget() throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    // Overlong "..", "../x" and "/"; CR LF and NUL in two bytes; C1 controls alone and in UTF-8.
    for (String octets :
        List.of(
            "\u00c0\u00ae\u00c0\u00ae",
            "\u00c0\u00ae\u00c0\u00ae\u00c0\u00afx",
            "\u00e0\u0080\u00afetc",
            "\u00c0\u008d\u00c0\u008ay",
            "\u00c0\u0080z",
            "\u009b2J",
            "\u00c2\u009b2J")) {
      lines.writeBytes((FILE + octets + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
    // Their second bytes are a backslash, and a bar; wide dots and a wide slash.
    for (String name :
        List.of("\u8868\u80fd", "\u30dd\u30bd", "\uff0e\uff0e", "\uff0e\uff0e\uff0fx")) {
      lines.writeBytes((FILE + name + "\r\n").getBytes(Charset.forName("windows-31j")));
    }

    Run run = mirror(Berth.in(folder), listing(lines.toByteArray()), "--charset=windows-31j");

    run.ended(0);
    assertThat(written())
        .hasSize(11)
        .contains("\u8868\u80fd", "\u30dd\u30bd", "\uff0e\uff0e", "\uff0e\uff0e\uff0fx")
        .noneMatch(it -> it.startsWith("..") || it.contains("/"));
  }

  @SideBySide
  @Test
  void aProbeShowsNothingThatSteers() throws IOException {
    CommandTable table =
        CommandTable.normal()
            .greeting("220-" + ESCAPES + "\r\n220 hello" + ESCAPES + "\r\n")
            .reply("SYST", "215 UNIX" + ESCAPES + "\r\n")
            .reply(
                "FEAT",
                "211-x\r\n HASH "
                    + ESCAPES
                    + ";SHA-256*\r\n MLST "
                    + ESCAPES
                    + "\r\n EVIL"
                    + ESCAPES
                    + "\r\n211 x\r\n")
            .reply("HASH", "213 SHA-256" + ESCAPES + " 0-5 00 /a.txt\r\n")
            .reply("HELP", "214 " + ESCAPES + "\r\n")
            .reply("STAT", "211 " + ESCAPES + "\r\n")
            .file("/a.txt", CONTENT);
    Berth berth = Berth.in(folder);
    try (ScriptedServer server = ScriptedServer.start(table)) {
      String url = Server.url(server.address(), "");
      Run run = berth.run("probe", "--quick", "--timeout=3s", url).steeringNothing();
      assertThat(run.out()).contains("hello");
      assertThat(
              berth.run("probe", "--quick", "--json", "--timeout=3s", url).steeringNothing().out())
          .contains("hello");
      server.allowFailures();
    }
  }

  /** The one of the file, one of another, two of them, none: who tells none proves nothing. */
  @SideBySide
  @Test
  void aHashIsBelievedOnlyIfItIsOne() throws IOException {
    String right = "5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5";
    String wrong = "0".repeat(64);
    CommandTable table =
        listing(FILE + "right\r\n" + FILE + "wrong\r\n" + FILE + "two\r\n" + FILE + "none\r\n")
            .reply("FEAT", "211-x\r\n HASH SHA-256*\r\n SIZE\r\n MLST size*;\r\n211 x\r\n")
            .answer(
                "HASH",
                (it, path) ->
                    it.say(
                        "213 SHA-256 0-5 "
                            + switch (path) {
                              case "/right" -> right;
                              case "/wrong" -> wrong;
                              case "/two" -> wrong + " " + right;
                              default -> ESCAPES + right.substring(1);
                            }
                            + "\r\n"));

    Run run = mirror(Berth.in(folder), table, "--verify=hash").ended(6);

    assertThat(run.err())
        .contains("/wrong: the server tells SHA-256 " + wrong, "comparing all bytes instead");
    assertThat(written()).containsExactly("none", "right", "two");
  }
}
