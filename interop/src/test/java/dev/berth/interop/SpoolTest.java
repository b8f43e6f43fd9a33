package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.Await;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeersOrSkip;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gateway as a program, that stores uploads and delivers them to real servers. */
@ExtendWith(PeersOrSkip.class)
final class SpoolTest {
  private static final int KILLS = 5;
  private static final int FILES = 6; // before each kill
  private static final Duration BOUND = Duration.ofSeconds(60);

  /** So that a delivery takes long enough to be killed in it. */
  private static final Duration ROUND_TRIP = Duration.ofMillis(20);

  private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

  /** Who is killed before it has connected for data leaves a ghost there. */
  private static final Map<PeerKind, String> SHORT_GHOSTS =
      Map.of(PeerKind.VSFTPD, "accept_timeout=4", PeerKind.PROFTPD, "TimeoutStalled 4");

  @TempDir Path folder;

  private Path settings(Server server, String more) throws IOException {
    return Files.writeString(
        folder.resolve("gateway.toml"),
        """
        listen = "127.0.0.1:0"
        command-wait = "2s"
        [[upstream]]
        name = "acme"
        address = "127.0.0.1:%d"
        tls = "off"
        limit = 2
        spool-folder = "%s"
        %s
        """
            .formatted(server.tap().port(), folder.resolve("spool"), more));
  }

  private static InetSocketAddress address(Berth.Running gateway) {
    Await.until(BOUND, () -> gateway.said().errors(), () -> listening(gateway).find());
    Matcher line = listening(gateway);
    assertThat(line.find()).isTrue();
    return new InetSocketAddress("127.0.0.1", Integer.parseInt(line.group(1)));
  }

  private static Matcher listening(Berth.Running gateway) {
    return LISTENING.matcher(gateway.said().errors());
  }

  private static RawClient client(InetSocketAddress gateway) throws IOException {
    RawClient client = RawClient.loggedIn(gateway, Server.USER, Server.PASSWORD);
    client.say("TYPE I\r\n").expect("200");
    return client;
  }

  /** Somebody who takes each file away as soon as it has its name, as readers of cameras do. */
  private static final class Reader {
    private final Path from;
    private final Path to;
    private final Map<String, Integer> taken = new TreeMap<>();

    Reader(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    void look() throws IOException {
      List<Path> there;
      try (Stream<Path> each = Files.list(from)) {
        there = each.filter(it -> !it.getFileName().toString().startsWith(".")).toList();
      }
      for (Path file : there) {
        String name = file.getFileName().toString();
        int times = taken.merge(name, 1, Integer::sum);
        Files.move(file, to.resolve(name + "-" + times));
      }
    }
  }

  private static byte[] content(String name) {
    byte[] content = Column.content(400_000);
    byte[] mark = name.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(mark, 0, content, 0, mark.length);
    return content;
  }

  /** At whatever moment it is killed: what a client was told to be stored arrives, once. */
  @ParameterizedTest
  @EnumSource(names = {"VSFTPD_2", "PROFTPD_CONNECTIONS_2"})
  void whatWasStoredIsDeliveredOnceThoughTheGatewayIsKilled(LimitedServer limited)
      throws Exception {
    Random random = LongRun.seeded("spool, " + limited);
    try (Server server =
        Server.start(
            limited.kind(),
            limited.settings().line(SHORT_GHOSTS.get(limited.kind())),
            tap -> tap.roundTrip(ROUND_TRIP))) {
      Path up = Files.createDirectory(server.root().resolve("up"));
      server.peer().own();
      Path settings = settings(server, "spool = \"uploads\"");
      Berth berth = Berth.in(folder);
      Reader reader = new Reader(up, Files.createDirectory(folder.resolve("taken")));
      Set<String> stored = new TreeSet<>();
      Set<String> begun = new TreeSet<>();
      for (int round = 0; round < LongRun.rounds(KILLS); round++) {
        try (Berth.Running gateway = berth.start("gateway", "--config", settings)) {
          store(address(gateway), round, begun, stored);
          gateway.process().waitFor(random.nextLong(600), TimeUnit.MILLISECONDS);
          gateway.kill();
        }
        reader.look();
      }
      try (Berth.Running gateway = berth.start("gateway", "--config", settings)) {
        address(gateway);
        Await.until(
            BOUND,
            () -> reader.taken + "\n" + gateway.said().errors(),
            () -> {
              reader.look();
              return reader.taken.keySet().containsAll(stored)
                  && isEmpty("pending")
                  && isEmpty("accounts");
            });
      }
      reader.look();

      assertThat(reader.taken.values()).as("each once").containsOnly(1);
      assertThat(begun).containsAll(reader.taken.keySet());
      for (String name : reader.taken.keySet()) {
        assertThat(reader.to.resolve(name + "-1")).hasBinaryContent(content(name));
      }
      assertThat(up).as("nothing under another name").isEmptyDirectory();
      assertThat(isEmpty("incoming")).isTrue();
      assertThat(server.tap().mostAdmittedAtOnce())
          .as("%s", server.tap().connections())
          .isLessThanOrEqualTo(limited.limit());
    }
  }

  private static void store(
      InetSocketAddress gateway, int round, Set<String> begun, Set<String> stored)
      throws IOException {
    try (RawClient client = client(gateway)) {
      client.say("CWD up\r\n").expect("250");
      for (int i = 0; i < FILES; i++) {
        String name = "file-" + round + "-" + i;
        begun.addAll(List.of(name, name + ".tmp"));
        client.send("STOR " + name + ".tmp", content(name));
        client.say("RNFR " + name + ".tmp\r\n");
        // It may have been delivered already; then the server has renamed it.
        client.expect("350");
        client.say("RNTO " + name + "\r\n").expect("250");
        stored.add(name);
      }
    }
  }

  private boolean isEmpty(String below) throws IOException {
    try (Stream<Path> each = Files.list(folder.resolve("spool/acme").resolve(below))) {
      return each.findAny().isEmpty();
    }
  }

  private static void signal(String signal, List<Long> processes) throws Exception {
    for (long process : processes) {
      new ProcessBuilder("kill", signal, Long.toString(process)).start().waitFor();
    }
  }

  /** A server that says nothing for a time. */
  @ParameterizedTest
  @EnumSource(names = {"VSFTPD_2", "PROFTPD_CONNECTIONS_2"})
  void whatIsStoredWhileTheServerHangsIsDeliveredLaterAndWithoutAStorm(LimitedServer limited)
      throws Exception {
    try (Server server = Server.start(limited.kind(), limited.settings())) {
      Path up = Files.createDirectory(server.root().resolve("up"));
      server.peer().own();
      Path settings =
          settings(server, "spool = \"uploads\"\ntimeout = \"1s\"\nspool-alarm = \"1s\"");
      Berth berth = Berth.in(folder);
      List<String> names = new ArrayList<>();
      try (Berth.Running gateway = berth.start("gateway", "--config", settings);
          RawClient client = client(address(gateway))) {
        client.say("CWD up\r\n").expect("250");
        List<Long> hung = server.peer().processes();
        int before = server.tap().connections().size();
        signal("-STOP", hung);
        try {
          for (int i = 0; i < FILES; i++) {
            names.add("file-" + i);
            assertThat(client.send("STOR file-" + i, content("file-" + i))).startsWith("226");
          }
          Await.until(
              BOUND, "told", () -> gateway.said().errors().contains("event=delivery-stuck"));
          assertThat(client.ask("SIZE file-0")).isEqualTo("213 " + content("file-0").length);
          assertThat(server.tap().connections().size() - before).isLessThanOrEqualTo(5);
        } finally {
          signal("-CONT", hung);
        }
        Await.until(BOUND, () -> gateway.said().errors(), () -> isEmpty("pending"));
        assertThat(gateway.said().errors()).contains("event=delivered");
      }
      for (String name : names) {
        assertThat(up.resolve(name)).hasBinaryContent(content(name));
      }
      try (Stream<Path> each = Files.list(up)) {
        assertThat(each).hasSize(FILES);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VSFTPD_1", "PURE_FTPD_2"})
  void slowClientDoesNotHoldTheConnectionThatAnotherWaitsFor(LimitedServer limited)
      throws Exception {
    byte[] content = Column.content(14 << 20);
    try (Server server = Server.start(limited.kind(), limited.settings())) {
      Files.write(server.root().resolve("large"), content);
      server.peer().own();
      Path settings =
          Files.writeString(
              settings(server, ""),
              Files.readString(settings(server, "")).replace("limit = 2", "limit = 1"));
      try (Berth.Running gateway = Berth.in(folder).start("gateway", "--config", settings)) {
        InetSocketAddress address = address(gateway);
        try (RawClient slow = client(address);
            RawClient other = client(address);
            Socket data = slow.passive()) {
          slow.say("RETR large\r\n").expect("150");
          Await.until(
              BOUND,
              "the other one's turn",
              () -> other.ask("SIZE large").equals("213 " + content.length));
          assertThat(data.getInputStream().readAllBytes()).isEqualTo(content);
          slow.expect("226");
        }
      }
      assertThat(server.tap().mostAdmittedAtOnce()).isEqualTo(1);
    }
  }
}
