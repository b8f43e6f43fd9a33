package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.Await;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.RawClient;
import dev.berth.testkit.ScriptedServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that are stored here and delivered later, over a server that takes them or not. */
@Timeout(60)
class UploadsTest {
  private static final String NO_SPACE = "452 No space left.\r\n";

  @TempDir Path folder;
  private SpoolStand stand;

  @BeforeEach
  void make() {
    stand = new SpoolStand(folder);
  }

  @AfterEach
  void close() throws IOException {
    stand.close();
  }

  private static List<String> steps(ScriptedServer server) {
    return server.heard().stream()
        .filter(line -> line.matches("(STOR|SIZE|RNFR|RNTO|DELE) .*"))
        .map(line -> line.replaceAll("berth-[0-9a-f-]+", "berth-ID"))
        .toList();
  }

  /** Another one delivers, and would have to know the mask. */
  @Test
  void whatAClientHasSetForItselfHoldsForItsUploads() throws Exception {
    CommandTable table =
        SpoolStand.table()
            .answer(
                "SITE",
                (it, argument) ->
                    it.say(
                        argument.equals("UMASK")
                            ? "200 Your current UMASK is 077\r\n"
                            : "200 UMASK set\r\n"));
    ScriptedServer server = stand.start(table);
    InetSocketAddress gateway = stand.before(server);
    try (RawClient masked = SpoolStand.client(gateway);
        RawClient other = SpoolStand.client(gateway)) {
      assertThat(masked.ask("SITE UMASK 027")).startsWith("200");
      assertThat(masked.send("STOR x", SpoolStand.bytes("hello"))).isEqualTo("226 done");
      assertThat(other.send("STOR y", SpoolStand.bytes("hello"))).startsWith("226 Stored here");
    }
    stand.awaitEmpty();
    List<String> heard = server.heard();
    int own = heard.lastIndexOf("SITE UMASK 077");
    assertThat(own).as("the server's own again").isGreaterThan(heard.indexOf("STOR x"));
    assertThat(heard.subList(own, heard.size())).anyMatch(line -> line.startsWith("STOR .y"));
  }

  @Test
  void fileIsTakenAtOnceAndGetsItsNameWhenTheServerHasAllOfIt() throws Exception {
    CommandTable table = SpoolStand.table();
    ScriptedServer server = stand.start(table);
    try (RawClient client = SpoolStand.client(stand.before(server))) {
      assertThat(client.send("STOR in/x.jpg", SpoolStand.bytes("hello")))
          .isEqualTo("226 Stored here; acme gets it from here.");
    }
    stand.awaitEmpty();
    assertThat(table.files()).containsOnlyKeys("/in/x.jpg");
    assertThat(table.files().get("/in/x.jpg")).isEqualTo(SpoolStand.bytes("hello"));
    assertThat(steps(server))
        .containsExactly(
            "STOR in/.x.jpg.berth-ID",
            "SIZE in/.x.jpg.berth-ID",
            "RNFR in/.x.jpg.berth-ID",
            "RNTO in/x.jpg");
    assertThat(Files.readString(stand.spool().resolve("receipts.jsonl")))
        .contains("\"upstream\":\"acme\",\"account\":\"ann\",\"path\":\"/in/x.jpg\",\"bytes\":5")
        .contains("\"sha256\":\"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\"")
        .contains("\"check\":\"size\",\"renamed\":\"yes\"");
    assertThat(stand.names("incoming")).isEmpty();
  }

  @Test
  void whatIsHereIsTheOwnersAlone() throws Exception {
    ScriptedServer server = stand.startToBreak(SpoolStand.table().reply("STOR", NO_SPACE));
    try (RawClient client = SpoolStand.client(stand.before(server))) {
      client.send("STOR x", SpoolStand.bytes("hello"));
    }
    for (String below : List.of("pending", "accounts")) {
      Path each = stand.spool().resolve(below);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .isEqualTo("rwx------");
      assertThat(stand.names(below)).isNotEmpty();
      for (String name : stand.names(below)) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each.resolve(name))))
            .as(name)
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void oneAfterTheOtherInTheOrderInWhichTheyCame() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    CommandTable table =
        SpoolStand.table()
            .answer(
                "RNTO",
                (it, name) ->
                    it.say(refused.getAndIncrement() == 0 ? NO_SPACE : "250 renamed\r\n"));
    ScriptedServer server = stand.start(table);
    try (RawClient client = SpoolStand.client(stand.before(server))) {
      for (String name : List.of("c", "a", "b")) {
        assertThat(client.send("STOR " + name, SpoolStand.bytes(name))).startsWith("226");
      }
    }
    stand.awaitEmpty();
    assertThat(steps(server).stream().filter(it -> it.startsWith("RNTO")))
        .containsExactly("RNTO c", "RNTO c", "RNTO a", "RNTO b");
  }

  /** A server that takes no file for a time. */
  private CommandTable full(AtomicBoolean isFull) {
    CommandTable table = SpoolStand.table();
    return table.answer(
        "STOR",
        (it, name) -> {
          if (isFull.get()) {
            it.say(NO_SPACE);
          } else {
            it.say("150 go on\r\n");
            table.file("/" + name, it.receiveData());
            it.say("226 done\r\n");
          }
        });
  }

  @Test
  void clientFindsWhatItHasStoredBeforeTheServerHasIt() throws Exception {
    AtomicBoolean isFull = new AtomicBoolean(true);
    CommandTable table = full(isFull);
    ScriptedServer server = stand.start(table);
    try (RawClient client = SpoolStand.client(stand.before(server))) {
      client.send("STOR x.tmp", SpoolStand.bytes("hello"));
      assertThat(client.ask("SIZE x.tmp")).isEqualTo("213 5");
      assertThat(client.ask("SIZE other")).startsWith("550");
      assertThat(client.ask("MDTM x.tmp")).startsWith("450 What was stored there is here yet");
      assertThat(client.ask("MLSD")).startsWith("450 ");
      assertThat(client.ask("RNFR x.tmp")).startsWith("350");
      assertThat(client.ask("RNTO /x.jpg")).startsWith("250");
      assertThat(client.ask("SIZE x.tmp")).startsWith("550");
      assertThat(client.ask("SIZE x.jpg")).isEqualTo("213 5");
      isFull.set(false);
    }
    stand.awaitEmpty();
    assertThat(table.files()).containsOnlyKeys("/x.jpg");
  }

  @Test
  void whatIsDeletedIsNotDelivered() throws Exception {
    AtomicBoolean isFull = new AtomicBoolean(true);
    CommandTable table = full(isFull);
    ScriptedServer server = stand.start(table);
    try (RawClient client = SpoolStand.client(stand.before(server))) {
      client.send("STOR first", SpoolStand.bytes("1"));
      Await.until(SpoolStand.LONG, "tried", () -> !steps(server).isEmpty());
      client.send("STOR second", SpoolStand.bytes("2"));
      assertThat(client.ask("DELE second")).startsWith("250 Deleted, before acme had it.");
      assertThat(client.ask("SIZE second")).startsWith("550");
      assertThat(client.ask("DELE first")).as("the server may have it").startsWith("450");
      isFull.set(false);
    }
    stand.awaitEmpty();
    assertThat(table.files()).containsOnlyKeys("/first");
  }

  @Test
  void whatTheServerRefusesForGoodIsPutAsideAndTheNextGoesOn() throws Exception {
    CommandTable table = SpoolStand.table();
    table.answer(
        "STOR",
        (it, name) -> {
          if (name.contains("bad")) {
            it.say("553 Permission denied.\r\n");
          } else {
            it.say("150 go on\r\n");
            table.file("/" + name, it.receiveData());
            it.say("226 done\r\n");
          }
        });
    ScriptedServer server = stand.start(table);
    try (RawClient client = SpoolStand.client(stand.before(server))) {
      client.send("STOR bad", SpoolStand.bytes("1"));
      client.send("STOR good", SpoolStand.bytes("2"));
    }
    stand.awaitEmpty();
    assertThat(table.files()).containsOnlyKeys("/good");
    assertThat(stand.names("failed")).hasSize(3);
    for (String name : stand.names("failed")) {
      Path file = stand.spool().resolve("failed").resolve(name);
      String text = Files.readString(file);
      assertThat(text)
          .isEqualTo(
              name.endsWith(".reason")
                  ? "STOR bad: 553 Permission denied.\n"
                  : name.endsWith(".content") ? "1" : text);
      assertThat(text).doesNotContain("secret");
    }
  }

  @Test
  void serverThatTakesNoOtherNamesGetsItUnderItsOwn() throws Exception {
    CommandTable table = SpoolStand.table();
    table.answer(
        "STOR",
        (it, name) -> {
          if (name.contains("berth")) {
            it.say("553 Not such a name.\r\n");
          } else {
            it.say("150 go on\r\n");
            table.file("/" + name, it.receiveData());
            it.say("226 done\r\n");
          }
        });
    ScriptedServer server = stand.start(table);
    try (RawClient client = SpoolStand.client(stand.before(server))) {
      client.send("STOR x", SpoolStand.bytes("1"));
    }
    stand.awaitEmpty();
    assertThat(table.files()).containsOnlyKeys("/x");
    assertThat(Files.readString(stand.spool().resolve("receipts.jsonl")))
        .contains("\"renamed\":\"no\"");
  }

  @Test
  void nameThatIsTakenIsFreedOnlyWhereTheServerDoesNotRenameOverIt() throws Exception {
    CommandTable table = SpoolStand.table().file("/x", "old");
    table.answer(
        "RNTO",
        (it, name) ->
            it.say(table.files().containsKey("/x") ? "550 File exists.\r\n" : "250 renamed\r\n"));
    ScriptedServer server = stand.start(table);
    try (RawClient client = SpoolStand.client(stand.before(server))) {
      client.send("STOR x", SpoolStand.bytes("new!"));
    }
    stand.awaitEmpty();
    assertThat(steps(server))
        .containsExactly(
            "STOR .x.berth-ID",
            "SIZE .x.berth-ID",
            "RNFR .x.berth-ID",
            "RNTO x",
            "SIZE x",
            "DELE x",
            "RNFR .x.berth-ID",
            "RNTO x");
  }

  @Test
  void serverThatKeptLessGetsItAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    CommandTable table = SpoolStand.table();
    table.answer(
        "SIZE", (it, name) -> it.say(asked.getAndIncrement() == 0 ? "213 4\r\n" : "213 5\r\n"));
    ScriptedServer server = stand.start(table);
    try (RawClient client = SpoolStand.client(stand.before(server))) {
      client.send("STOR x", SpoolStand.bytes("hello"));
    }
    stand.awaitEmpty();
    assertThat(table.files()).containsOnlyKeys("/x");
    assertThat(steps(server).stream().filter(it -> it.startsWith("STOR"))).hasSize(2);
  }

  @Test
  void killedClientLeavesNothing() throws Exception {
    ScriptedServer server = stand.start(SpoolStand.table());
    try (RawClient client = SpoolStand.client(stand.before(server));
        Socket data = client.passive()) {
      client.say("STOR x\r\n").expect("150");
      data.getOutputStream().write(new byte[1000]);
      Await.until(SpoolStand.LONG, "begun", () -> !stand.names("incoming").isEmpty());
      client.reset();
      Await.until(SpoolStand.LONG, "gone", () -> stand.names("incoming").isEmpty());
    }
    assertThat(stand.names("pending")).isEmpty();
    assertThat(stand.names("accounts")).isEmpty();
    assertThat(steps(server)).isEmpty();
  }

  @Test
  void whatDoesNotFitIsNotHalfThereAndGoesToTheServerItselfThen() throws Exception {
    CommandTable table = SpoolStand.table();
    ScriptedServer server = stand.start(table);
    InetSocketAddress gateway =
        stand.before(server.port(), stand.spooling(Spooling.What.UPLOADS, 1000));
    try (RawClient client = SpoolStand.client(gateway)) {
      byte[] large = new byte[1001];
      assertThat(client.send("STOR x", large)).startsWith("452 Not stored: there is no room here");
      assertThat(stand.names("incoming")).isEmpty();
      assertThat(client.send("STOR x", large)).isEqualTo("226 done");
      assertThat(client.send("STOR y", new byte[1000])).startsWith("226 Stored here");
    }
    stand.awaitEmpty();
    assertThat(table.files()).containsOnlyKeys("/x", "/y");
  }

  @Test
  void uploadThatGoesOnAndOneBehindGoToTheServerWhenWhatIsPendingIsThere() throws Exception {
    AtomicBoolean isFull = new AtomicBoolean(true);
    CommandTable table = full(isFull);
    ScriptedServer server = stand.start(table);
    try (RawClient client = SpoolStand.client(stand.before(server))) {
      client.send("STOR x", SpoolStand.bytes("hello"));
      try (Socket data = client.passive()) {
        assertThat(client.ask("APPE x")).startsWith("450");
        assertThat(data.isConnected()).isTrue();
      }
      isFull.set(false);
      stand.awaitEmpty();
      assertThat(client.send("APPE x", SpoolStand.bytes("!"))).isEqualTo("226 done");
    }
    assertThat(table.files().get("/x")).isEqualTo(SpoolStand.bytes("hello!"));
  }

  /** A program that goes to its folder first is served as one that names it with the file. */
  @Test
  void clientGetsWhereItWasBeforeThoughTheServerIsAway() throws Exception {
    AtomicBoolean isGone = new AtomicBoolean();
    CommandTable table = SpoolStand.table();
    table.answer(
        "CWD",
        (it, folder) ->
            it.say(
                isGone.get() && folder.endsWith("brief")
                    ? "550 No such folder.\r\n"
                    : "250 there\r\n"));
    table.reply("PWD", "257 \"/in/real\"\r\n");
    ScriptedServer server = stand.startToBreak(table);
    InetSocketAddress gateway = stand.before(server);
    try (RawClient client = SpoolStand.client(gateway)) {
      assertThat(client.ask("CWD /brief")).startsWith("250 there");
      isGone.set(true);
      assertThat(client.ask("CWD /brief")).startsWith("550");
    }
    try (RawClient client = SpoolStand.client(gateway)) {
      assertThat(client.ask("CWD link")).startsWith("250 there");
    }
    server.close();

    try (RawClient client = SpoolStand.client(gateway)) {
      assertThat(client.ask("CWD link")).startsWith("250 acme is away");
      assertThat(client.ask("PWD")).startsWith("257 \"/in/real\"");
      assertThat(client.send("STOR x", SpoolStand.bytes("x"))).startsWith("226 Stored here");
      assertThat(client.ask("CWD elsewhere")).startsWith("450");
      assertThat(client.ask("CWD /brief")).as("gone when last seen").startsWith("450");
      assertThat(client.ask("RETR x")).startsWith("4");
    }
  }
}
