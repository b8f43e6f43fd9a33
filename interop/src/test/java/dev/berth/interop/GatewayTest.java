package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.FileTree;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeersOrSkip;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Unmodified clients that share a few connections to real servers, through our gateway. */
@ExtendWith(PeersOrSkip.class)
final class GatewayTest {
  private static final int CLIENTS = 30;

  @TempDir Path folder;

  /** What one client leaves behind on the one connection there is. */
  private enum Dirt {
    RESTART("REST 1000"),
    TYPE("TYPE A"),
    RENAME("RNFR file"),
    FOLDER("CWD sub"),
    OPTION("OPTS UTF8 OFF"),
    FACTS("OPTS MLST type;"),
    UMASK("SITE UMASK 777"),
    IDLE("SITE IDLE 1"),
    COPY("SITE CPFR file"),
    PASSIVE("PASV"),
    ACTIVE("EPRT |1|127.0.0.1|4000|");

    private final String command;

    Dirt(String command) {
      this.command = command;
    }
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void whatOneClientLeavesBehindTheNextDoesNotFind(LimitedServer limited) throws Exception {
    byte[] content = Column.content(300_000);
    try (Server server = Server.start(limited.kind(), limited.settings());
        OurGateway gateway = OurGateway.before(server, 1)) {
      Files.write(server.root().resolve("file"), content);
      Path sub = Files.createDirectory(server.root().resolve("sub"));
      Files.write(sub.resolve("file"), new byte[] {1, 2, 3});
      server.peer().own();
      String home;
      try (RawClient fresh = gateway.client()) {
        home = fresh.ask("PWD");
      }
      for (Dirt dirt : Dirt.values()) {
        try (RawClient first = gateway.client()) {
          first.ask(dirt.command);
          first.ask("SIZE file");
          first.ask(dirt.command);
        }
        try (RawClient next = gateway.client()) {
          assertThat(next.ask("PWD")).as(dirt.command).isEqualTo(home);
          next.say("TYPE I\r\n").expect("200");
          assertThat(next.receive("RETR file")).as(dirt.command).isEqualTo(content);
          assertThat(next.ask("RNTO stolen")).as(dirt.command).startsWith("5");
          assertThat(next.send("STOR new", content)).as(dirt.command).startsWith("226");
        }
        assertThat(server.root().resolve("new")).hasBinaryContent(content);
        assertThat(server.root().resolve("file")).hasBinaryContent(content);
      }
      assertThat(server.tap().mostAdmittedAtOnce()).isEqualTo(1);
    }
  }

  /** Of these vsftpd has it; the others are to refuse it through the gateway, too. */
  @SideBySide
  @ParameterizedTest
  @EnumSource
  void aMaskIsOfWhoHasSetItAlone(LimitedServer limited) throws Exception {
    byte[] content = {'o', 'n', 'e'};
    try (Server server = Server.start(limited.kind(), limited.settings());
        OurGateway gateway = OurGateway.before(server, 1)) {
      server.peer().own();
      try (RawClient usual = gateway.client();
          RawClient open = gateway.client()) {
        assertThat(usual.send("STOR before", content)).startsWith("226");
        String answer = open.ask("SITE UMASK 002");
        assertThat(open.send("STOR open", content)).startsWith("226");
        assertThat(usual.send("STOR after", content)).startsWith("226");
        assertThat(open.send("STOR open-2", content)).startsWith("226");

        String before = permissions(server, "before");
        String wanted = answer.startsWith("200") ? "rw-rw-r--" : before;
        assertThat(answer.startsWith("200")).isEqualTo(limited.kind() == PeerKind.VSFTPD);
        assertThat(permissions(server, "after")).isEqualTo(before);
        assertThat(permissions(server, "open")).isEqualTo(wanted);
        assertThat(permissions(server, "open-2")).isEqualTo(wanted);
      }
      assertThat(server.tap().mostAdmittedAtOnce()).isEqualTo(1);
    }
  }

  /** ProFTPD does what OPTS asks for, Pure-FTPd does not, vsftpd has no facts. */
  @SideBySide
  @ParameterizedTest
  @EnumSource
  void aClientSeesTheFactsThatItHasChosenAndNobodyElseDoes(LimitedServer limited) throws Exception {
    try (Server server = Server.start(limited.kind(), limited.settings())) {
      Files.write(server.root().resolve("a file"), new byte[] {1, 2, 3});
      server.peer().own();
      try (OurGateway gateway = OurGateway.before(server, 1);
          RawClient choosing = gateway.client();
          RawClient other = gateway.client()) {
        String features = factLine(other);
        assertThat(features.isEmpty()).isEqualTo(limited.kind() == PeerKind.VSFTPD);
        if (features.isEmpty()) {
          return;
        }
        String usual = facts(other);
        choosing.say("OPTS MLST size;type;\r\n").expect("200");
        assertThat(facts(choosing).lines())
            .isNotEmpty()
            .allMatch(line -> line.matches("(?i)((type|size)=[^;]*;){1,2} .*"));
        assertThat(choosing.ask("MLST a file"))
            .containsPattern("(?im)^ ?((type=file|size=3);){2} [^;]*a file$");
        assertThat(factLine(choosing)).containsIgnoringCase("type*;").doesNotContain("odify*;");
        assertThat(facts(other)).as(features).isEqualTo(usual);
        assertThat(factLine(other)).isEqualTo(features);
        String all = features.replace("*", "").strip();
        other.say("OPTS " + all + "\r\n").expect("200");
        assertThat(facts(other).lines())
            .anyMatch(line -> line.toLowerCase(Locale.ROOT).contains("modify="));
        assertThat(facts(choosing).lines())
            .allMatch(line -> line.matches("(?i)((type|size)=[^;]*;){1,2} .*"));
      }
    }
  }

  private static String factLine(RawClient client) throws IOException {
    return client.ask("FEAT").lines().filter(it -> it.startsWith(" MLST")).findFirst().orElse("");
  }

  private static String facts(RawClient client) throws IOException {
    return new String(client.receive("MLSD"), StandardCharsets.ISO_8859_1);
  }

  private static String permissions(Server server, String name) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(server.root().resolve(name)));
  }

  /** The one connection is in another's folder each time; names change their meaning meanwhile. */
  @SideBySide
  @ParameterizedTest
  @EnumSource
  void eachClientIsInItsOwnFolder(LimitedServer limited) throws Exception {
    byte[] content = {'o', 'n', 'e'};
    try (Server server = Server.start(limited.kind(), limited.settings());
        OurGateway gateway = OurGateway.before(server, 1)) {
      for (String name : List.of("a", "b", "current", "next")) {
        Files.createDirectory(server.root().resolve(name));
      }
      Path a = server.root().resolve("a");
      Files.write(a.resolve("x"), content);
      server.peer().own();
      try (RawClient ann = gateway.client();
          RawClient bob = gateway.client()) {
        ann.say("CWD a\r\n").expect("250");
        String home = ann.ask("PWD").replaceAll("^257 \"(.*)/a\".*$", "$1");
        bob.say("CWD b\r\n").expect("250");
        bob.ask("SIZE none");
        ann.say("RNFR " + home + "/a/x\r\n").expect("350");
        ann.say("RNTO y\r\n").expect("250");
        assertThat(a.resolve("y")).hasBinaryContent(content);

        bob.ask("SIZE none");
        assertThat(ann.send("STOR z", content)).startsWith("226");
        assertThat(a.resolve("z")).hasBinaryContent(content);

        ann.say("CWD " + home + "/current\r\n").expect("250");
        Files.move(server.root().resolve("current"), server.root().resolve("old"));
        Files.move(server.root().resolve("next"), server.root().resolve("current"));
        bob.ask("SIZE " + home + "/none");
        assertThat(ann.send("STOR new", content)).startsWith("226");
        assertThat(server.root().resolve("current/new")).hasBinaryContent(content);
      }
    }
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void aFolderThatIsGoneCanBeLeft(LimitedServer limited) throws Exception {
    try (Server server = Server.start(limited.kind(), limited.settings());
        OurGateway gateway = OurGateway.before(server, 1)) {
      Path brief = Files.createDirectory(server.root().resolve("brief"));
      Files.createDirectory(server.root().resolve("other"));
      server.peer().own();
      try (RawClient ann = gateway.client();
          RawClient bob = gateway.client()) {
        String home = ann.ask("PWD").replaceAll("^257 \"(.*?)/?\".*$", "$1");
        ann.say("CWD brief\r\n").expect("250");
        Files.delete(brief);
        bob.say("CWD other\r\n").expect("250");
        assertThat(ann.ask("CWD other")).startsWith("5");
        assertThat(ann.ask("CWD " + home + "/other")).startsWith("250");
        assertThat(ann.ask("PWD")).startsWith("257 \"" + home + "/other\"");
      }
    }
  }

  /** Some clients ask so whether a file is there, and never send RNTO. */
  @SideBySide
  @ParameterizedTest
  @EnumSource
  void halfARenameHoldsNobodyUpForLong(LimitedServer limited) throws Exception {
    try (Server server = Server.start(limited.kind(), limited.settings());
        OurGateway gateway = OurGateway.before(server, 1)) {
      Files.write(server.root().resolve("file"), new byte[] {1});
      server.peer().own();
      try (RawClient ann = gateway.client();
          RawClient bob = gateway.client()) {
        ann.say("RNFR file\r\n").expect("350");
        bob.say("MKD made\r\n").expect("257");
        ann.say("RNTO renamed\r\n").expect("250");
      }
      assertThat(server.root().resolve("renamed")).exists();
    }
  }

  /** A session begins in type A. */
  @SideBySide
  @ParameterizedTest
  @EnumSource
  void anOffsetMayComeBeforeTheType(LimitedServer limited) throws Exception {
    byte[] content = Column.content(5_000);
    try (Server server = Server.start(limited.kind(), limited.settings());
        OurGateway gateway = OurGateway.before(server, 1)) {
      Files.write(server.root().resolve("file"), content);
      server.peer().own();
      try (RawClient client = gateway.client()) {
        client.say("REST 1000\r\n").expect("350");
        client.say("TYPE I\r\n").expect("200");
        assertThat(client.receive("RETR file"))
            .isEqualTo(Arrays.copyOfRange(content, 1000, content.length));
        assertThat(client.receive("RETR file")).isEqualTo(content);
      }
    }
  }

  /** Many clients tell a reset, and never read the reply behind it. */
  @SideBySide
  @ParameterizedTest
  @EnumSource(names = "PROFTPD_CLIENTS_2")
  void aListingThatIsRefusedLateEndsInOrder(LimitedServer limited) throws Exception {
    try (Server server = Server.start(limited.kind(), limited.settings());
        OurGateway gateway = OurGateway.before(server, 1);
        RawClient client = gateway.client();
        Socket data = client.passive()) {
      client.say("LIST none\r\n").expect("150");
      assertThat(data.getInputStream().readAllBytes()).isEmpty();
      client.expect("450");
    }
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void anAbortedTransferHarmsNobody(LimitedServer limited) throws Exception {
    byte[] content = Column.content(8_000_000);
    try (Server server = Server.start(limited.kind(), limited.settings());
        OurGateway gateway = OurGateway.before(server, 1)) {
      Files.write(server.root().resolve("large"), content);
      server.peer().own();
      try (RawClient first = gateway.client()) {
        first.say("TYPE I\r\n").expect("200");
        try (Socket data = first.passive()) {
          first.say("RETR large\r\n").expect("150");
          data.getInputStream().readNBytes(1000);
          first.say("ABOR\r\n").expect("426");
          first.expect("226");
        }
        try (Socket data = first.passive()) {
          first.say("STOR half\r\n").expect("150");
          data.getOutputStream().write(content, 0, 100_000);
          first.say("ABOR\r\n").expect("426");
          first.expect("226");
        }
      }
      try (RawClient killed = gateway.client()) {
        killed.say("TYPE I\r\n").expect("200");
        try (Socket data = killed.passive()) {
          killed.say("RETR large\r\n").expect("150");
          data.getInputStream().readNBytes(1000);
          killed.reset();
        }
      }
      try (RawClient next = gateway.client()) {
        next.say("TYPE I\r\n").expect("200");
        assertThat(next.receive("RETR large")).isEqualTo(content);
        assertThat(next.send("STOR whole", content)).startsWith("226");
      }
      assertThat(server.root().resolve("whole")).hasBinaryContent(content);
      assertThat(server.tap().mostAdmittedAtOnce()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyCurlsAtOnceAllArrive(LimitedServer limited) throws Exception {
    try (Server server = Server.start(limited.kind(), limited.settings());
        OurGateway gateway = OurGateway.before(server, limited.limit())) {
      FileTree.standard(2).writeTo(Files.createDirectory(server.root().resolve("tree")));
      Path up = Files.createDirectory(server.root().resolve("up"));
      byte[] content = Column.content(300_000);
      Files.write(server.root().resolve("file"), content);
      server.peer().own();
      List<CompletableFuture<Path>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int number = i;
        all.add(
            CompletableFuture.supplyAsync(
                () -> curl(gateway, number, content), task -> Thread.ofVirtual().start(task)));
      }

      for (int i = 0; i < CLIENTS; i++) {
        Path got = all.get(i).get(120, TimeUnit.SECONDS);
        Path arrived = i % 2 == 0 ? got : up.resolve("file-" + i);
        assertThat(arrived).hasBinaryContent(content);
      }
      assertThat(server.tap().mostAdmittedAtOnce()).isLessThanOrEqualTo(limited.limit());
      assertThat(server.tap().refused()).isZero();
      assertThat(server.tap().commands("PASS")).isLessThanOrEqualTo(limited.limit() + 1);
    }
  }

  private Path curl(OurGateway gateway, int number, byte[] content) {
    try {
      Path own = Files.createDirectory(folder.resolve("curl-" + number));
      Path local = own.resolve("file");
      Site site = new Site("127.0.0.1", gateway.port(), Server.USER, false, false);
      CurlGuest curl = new CurlGuest(new Programs(own));
      if (number % 2 == 0) {
        curl.act(site, new Deed.Get("file", local));
      } else {
        Files.write(local, content);
        curl.act(site, new Deed.Put(local, "up/file-" + number));
      }
      return local;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VSFTPD_1", "PURE_FTPD_2"})
  void aPasswordThatIsWrongOpensNothing(LimitedServer limited) throws Exception {
    try (Server server = Server.start(limited.kind(), limited.settings());
        OurGateway gateway = OurGateway.before(server, limited.limit())) {
      try (RawClient right = gateway.client()) {
        assertThat(right.ask("PWD")).startsWith("257");
      }
      for (int i = 0; i < 2; i++) {
        try (RawClient wrong =
            RawClient.connect(new InetSocketAddress("127.0.0.1", gateway.port()))) {
          wrong.expect("220");
          wrong.say("USER " + Server.USER + "\r\n").expect("331");
          wrong.say("PASS guess\r\n").expect("530");
          assertThat(wrong.ask("PWD")).startsWith("530");
        }
      }
      assertThat(server.tap().commands("PASS")).as("asked once").isEqualTo(2);
      try (RawClient right = gateway.client()) {
        assertThat(right.ask("PWD")).startsWith("257");
        assertThat(new String(right.receive("NLST"), StandardCharsets.UTF_8))
            .doesNotContain("file");
      }
    }
  }
}
