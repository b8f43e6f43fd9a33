package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Conversation;
import dev.berth.testkit.Script;
import dev.berth.testkit.ScriptedServer;
import dev.berth.testkit.ServerTls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that talks to do harm: replies and data without end, replies that nobody asked for or
 * that make no sense, addresses of others, TLS taken away or forged. The program ends soon, in
 * little memory, in the status and with the words that fit; what has a final name is whole.
 */
final class HostileDialogueTest {
  private static final String CONTENT = "0123456789".repeat(100);
  private static final byte[] BYTES = CONTENT.getBytes(StandardCharsets.ISO_8859_1);

  /** What the server does, and what the program makes of it. */
  enum Evil {
    GREETS_WITHOUT_END(it -> endless(it, "220 ", "x".repeat(8000)), 4, "more than 16384 bytes"),
    GREETS_IN_LINES_WITHOUT_END(
        it -> endless(it, "220-\r\n", "220-x\r\n".repeat(1000)), 4, "more than 1048576 bytes"),
    SAYS_NOTHING_WITHOUT_END(
        it -> endless(it, "", "\r\n".repeat(1000)), 4, "expected a reply code"),
    ANNOUNCES_ITSELF_WITHOUT_END(it -> endless(it, "", "120 soon\r\n".repeat(1000)), 4, "120 soon"),
    NEGOTIATES_TELNET_WITHOUT_END(
        it -> endless(it, "", "\u00ff\u00fa".repeat(1000)), 4, "more than 1048576 bytes"),
    HAS_FEATURES_WITHOUT_END(
        table().answer("FEAT", (it, _) -> endless(it, "211-\r\n", " MLST x\r\n".repeat(1000))),
        4,
        "more than 1048576 bytes"),
    HAS_FACTS_WITHOUT_END(
        table().answer("MLST", (it, _) -> endless(it, "250-\r\n", " size=5; /a\r\n".repeat(1000))),
        3,
        "more than 1048576 bytes"),
    BEGINS_WITHOUT_END(
        table().answer("RETR", (it, _) -> endless(it, "", "150 soon\r\n".repeat(1000))),
        3,
        "timed out while waiting for data"),
    SENDS_DATA_WITHOUT_END(table().answer("RETR", Evil::endlessData), 6, "it does not end"),
    NAMES_PORT_0(table().reply("EPSV", "229 (|||0|)\r\n"), 3, "no port in the reply to EPSV"),
    NAMES_PORT_65536(
        table().reply("EPSV", "229 (|||65536|)\r\n"), 3, "no port in the reply to EPSV"),
    NAMES_NO_ADDRESS(
        table().reply("EPSV", "500 no\r\n").reply("PASV", "227 (256,0,0,1,4,5)\r\n"),
        3,
        "no address in the reply to PASV"),
    NAMES_ITS_OWN_PORT(table().answer("EPSV", Evil::sayOwnPort), 3, "/a.txt"),
    IS_IN_A_FOLDER_WITH_NUL(
        table().reply("PWD", "257 \"/a\0b\"\r\n"), 4, "no pathname in quotes: 257 \"/a\uFFFDb\""),
    IS_IN_A_FOLDER_WITH_CR(table().reply("PWD", "257 \"/a\rb\"\r\n"), 4, "no pathname in quotes"),
    IS_NOWHERE(table().reply("PWD", "257 \r\n"), 4, "no pathname in quotes"),
    HAS_NO_SUCH_CODE(table().reply("FEAT", "999 no\r\n"), 4, "not a reply code: 999 no"),
    LETS_IN_TWICE(table().reply("PASS", "230 ok\r\n230 ok\r\n"), 4, "no pathname in quotes"),
    STEERS_THE_TERMINAL(
        table().reply("RETR", "550 \u001b]0;own\u0007\u001b[2J\u009b31m gone\r\n"), 3, "gone"),
    STEERS_THE_TERMINAL_AT_ONCE(
        table().greeting("530 \u001b]0;own\u0007 Login incorrect\r\n"), 5, "Login incorrect"),
    SPEAKS_BEFORE_TLS(
        table().answer("AUTH", (it, _) -> it.say("234 ok\r\n220 x\r\n331 x\r\n").startTls()),
        4,
        "sent more in plain text before TLS was set up"),
    SPEAKS_BEFORE_TLS_HALF_A_LINE(
        table().answer("AUTH", (it, _) -> it.say("234 ok\r\n23").startTls()),
        4,
        "sent more in plain text before TLS was set up"),
    PROTECTS_DATA_IN_WORDS_ONLY(tls(), 3, "TLS handshake failed"),
    CUTS_DATA_IN_TLS(
        tls()
            .reply("MLST", "250-x\r\n type=file; /a.txt\r\n250 x\r\n")
            .reply("SIZE", "500 no\r\n")
            .answer("RETR", Evil::cutData),
        6,
        "TLS ended without a close_notify");

    private final Script script;
    private final int status;
    private final String words;

    Evil(Script script, int status, String words) {
      this.script = script;
      this.status = status;
      this.words = words;
    }

    /** A megabyte takes its time on a busy machine; who waits for a time-out waits briefly. */
    private String timeout() {
      boolean isTheEnd = words.startsWith("timed out") || this == NAMES_ITS_OWN_PORT;
      return isTheEnd ? "--timeout=1s" : "--timeout=10s";
    }

    private static CommandTable table() {
      return CommandTable.normal().file("/a.txt", CONTENT);
    }

    /** It says yes to the protection of data, and its data connections are plain all the same. */
    private static CommandTable tls() {
      return table()
          .answer("AUTH", (it, _) -> it.say("234 ok\r\n").startTls())
          .reply("PBSZ", "200 ok\r\n")
          .reply("PROT", "200 ok\r\n");
    }

    private static void endless(Conversation it, String start, String block) throws IOException {
      it.say(start);
      while (true) {
        it.say(block);
      }
    }

    private static void endlessData(Conversation it, String path) throws IOException {
      OutputStream data = it.say("150 here\r\n").accept().getOutputStream();
      byte[] block = new byte[1 << 16];
      while (true) {
        data.write(block);
      }
    }

    private static void sayOwnPort(Conversation it, String argument) throws IOException {
      it.say("229 (|||%d|)\r\n".formatted(it.serverPort()));
    }

    /** As who sits on the way does it: FIN in the middle, and the server never knows. */
    private static void cutData(Conversation it, String path) throws IOException {
      Socket plain = it.say("150 here\r\n").accept();
      ServerTls.wrap(plain).getOutputStream().write(BYTES, 0, 500);
      plain.shutdownOutput();
      it.say("226 done\r\n");
    }
  }

  @TempDir Path folder;

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void endsInTheRightStatusWithTheRightWordsAndNothingHalf(Evil evil) throws IOException {
    ScriptedServer server = ScriptedServer.start(evil.script);

    Run run = get(server, evil.timeout());

    run.ended(evil.status);
    assertThat(run.err()).contains(evil.words);
    assertThat(left()).isEmpty();
    server.allowFailures();
    server.close();
  }

  private Run get(ScriptedServer server, String... options) throws IOException {
    Files.createDirectory(down());
    Object[] words =
        Stream.of(
                Stream.of("get", "--wait=2s", "--tls-trust=any"),
                Stream.of(options),
                Stream.of(Server.url(server.address(), "/a.txt"), down()))
            .flatMap(all -> all)
            .toArray();
    Run run = Berth.in(folder).withHeap("32m").run(words);
    return run.steeringNothing();
  }

  private Path down() {
    return folder.resolve("down");
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> left = Files.list(down())) {
      return left.toList();
    }
  }

  @SideBySide
  @Test
  void aListingThatWasCutInTlsIsNotTakenForWhole() throws IOException {
    ScriptedServer server = ScriptedServer.start(Evil.tls().answer("MLSD", Evil::cutData));

    Run run =
        Berth.in(folder).run("ls", "--tls-trust=any", Server.url(server.address(), "/")).ended(3);

    assertThat(run.err()).contains("the listing may have been cut");
    server.allowFailures();
    server.close();
  }

  /** Another host at a port of its own: a 227 or 229 must not make us talk to it. */
  @SideBySide
  @Test
  void dataGoesToTheServerWhateverAddressItNames() throws IOException {
    InetAddress elsewhere = InetAddress.getByName("127.0.0.2");
    try (Socket refusing = new Socket();
        ServerSocket victim = new ServerSocket()) {
      // Bound and not listening: nobody else's server answers at that port of the address we use.
      refusing.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = refusing.getLocalPort();
      victim.bind(new InetSocketAddress(elsewhere, port));
      String there = "127,0,0,2,%d,%d".formatted(port >> 8, port & 255);
      CommandTable table =
          CommandTable.normal()
              .file("/a.txt", CONTENT)
              .reply("EPSV", "229 (|1|127.0.0.2|%d|)\r\n".formatted(port))
              .reply("PASV", "227 Entering Passive Mode (" + there + ")\r\n");
      ScriptedServer server = ScriptedServer.start(table);

      // It came another way: the server was asked to connect to us.
      get(server).ended(0);

      assertThat(down().resolve("a.txt")).hasContent(CONTENT);
      assertNobodyCame(victim);
      server.close();
    }
  }

  private static void assertNobodyCame(ServerSocket victim) throws IOException {
    victim.setSoTimeout(1);
    try (Socket came = victim.accept()) {
      throw new AssertionError("a connection from " + came);
    } catch (SocketTimeoutException nobody) {
      return;
    }
  }

  @SideBySide
  @Test
  void tlsThatIsTakenAwayIsMissedWhereItIsRequired() throws IOException {
    CommandTable table = CommandTable.normal().file("/a.txt", CONTENT);
    try (ScriptedServer server = ScriptedServer.start(table)) {
      Run run = get(server, "--tls=require").ended(4);

      assertThat(run.err()).contains("does not offer TLS, which --tls=require asks for: 502");
      assertThat(server.heard()).noneMatch(line -> line.startsWith("PASS"));
    }
  }

  /** A probe finds all out anew, but not at the cost of the password. */
  @SideBySide
  @ParameterizedTest
  @ValueSource(strings = {"ls", "probe --quick"})
  void tlsThatWasThereInAnEarlierRunIsMissed(String command) throws IOException {
    AtomicBoolean isTaken = new AtomicBoolean();
    CommandTable table =
        Evil.tls()
            .reply("MKD", "257 \"/new\" made\r\n")
            .answer(
                "AUTH",
                (it, _) -> {
                  if (isTaken.get()) {
                    it.say("502 what?\r\n");
                  } else {
                    it.say("234 ok\r\n").startTls();
                  }
                });
    ScriptedServer server = ScriptedServer.start(table);
    Berth berth = Berth.in(folder);
    String url = Server.url(server.address(), "/");
    berth.run("mkdir", "--tls-trust=any", url + "new").ended(0);
    isTaken.set(true);

    Run run = berth.run((Object[]) (command + " --tls-trust=any " + url).split(" ")).ended(4);

    assertThat(run.err()).contains("offered TLS before and refuses it now");
    assertThat(server.conversations().getLast().heard()).containsExactly("AUTH TLS");
    server.allowFailures();
    server.close();
  }
}
