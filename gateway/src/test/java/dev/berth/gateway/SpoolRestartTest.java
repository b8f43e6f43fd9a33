package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.client.Login;
import dev.berth.client.Secret;
import dev.berth.lifetime.Deadline;
import dev.berth.limits.Share;
import dev.berth.testkit.Await;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.RawClient;
import dev.berth.testkit.ScriptedServer;
import dev.berth.wire.Features;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a gateway makes of the spool that one has left which was killed. */
@Timeout(60)
class SpoolRestartTest {
  private static final String ID = "000000000007-0123456789ab";
  private static final String TEMPORARY = ".x.berth-" + ID;

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

  private static SpooledFile file(SpooledFile.Stage stage) {
    SpoolPath path = new SpoolPath("/in", "x");
    return new SpooledFile(ID, "ann", path, path, 'I', 5, "0".repeat(64), Instant.EPOCH, stage);
  }

  /** As a gateway leaves it that is killed right after it has written this down. */
  private void leave(SpooledFile file) throws IOException {
    try (SpoolFiles files = SpoolFiles.in(stand.spool())) {
      files.keep(
          new SpoolAccount(
              new Login("ann", new Secret("secret")),
              "/",
              new Features(Map.of("TVFS", "", "SIZE", "")),
              Reply.of(215, "UNIX Type: L8")));
      Path part = files.part("part-1");
      try (FileChannel content = SpoolFiles.create(part)) {
        content.write(ByteBuffer.wrap(SpoolStand.bytes("hello")));
      }
      files.keep(part, file);
    }
  }

  private static List<String> steps(ScriptedServer server) {
    return server.heard().stream()
        .filter(line -> line.matches("(STOR|SIZE|RNFR|RNTO|DELE) .*"))
        .toList();
  }

  private void goOn(ScriptedServer server) throws IOException {
    stand.open(server.port(), stand.spooling(Spooling.What.UPLOADS, 1 << 20));
    stand.awaitEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void fileThatTheServerHasNotIsDelivered(SpooledFile.Stage stage) throws Exception {
    // Of one that is being renamed the server has nothing either: somebody has taken it away.
    CommandTable table = SpoolStand.table().file("/in/", "");
    ScriptedServer server = stand.start(table);
    leave(file(stage));

    goOn(server);

    assertThat(table.files().keySet())
        .isEqualTo(stage == SpooledFile.Stage.RENAMING ? Set.of("/in/") : Set.of("/in/", "/in/x"));
  }

  @ParameterizedTest
  @EnumSource
  void fileThatIsThereUnderItsTemporaryNameGetsItsOwn(SpooledFile.Stage stage) throws Exception {
    CommandTable table = SpoolStand.table().file("/in/" + TEMPORARY, "hello");
    ScriptedServer server = stand.start(table);
    leave(file(stage));

    goOn(server);

    assertThat(table.files().get("/in/x")).isEqualTo(SpoolStand.bytes("hello"));
    assertThat(steps(server).stream().filter(it -> it.startsWith("STOR")))
        .hasSize(file(stage).isRenaming() ? 0 : 1);
    assertThat(table.files()).containsOnlyKeys("/in/x");
  }

  @Test
  void fileWhoseFolderIsGoneIsPutAside() throws Exception {
    CommandTable table = SpoolStand.table();
    ScriptedServer server = stand.start(table);
    leave(file(SpooledFile.Stage.RECEIVED));

    goOn(server);

    assertThat(table.files()).isEmpty();
    assertThat(stand.names("failed")).isNotEmpty();
  }

  @Test
  void fileThatWasRenamedIsNotSentAgain() throws Exception {
    CommandTable table = SpoolStand.table().file("/in/x", "hello");
    ScriptedServer server = stand.start(table);
    leave(file(SpooledFile.Stage.RENAMING));

    goOn(server);

    assertThat(steps(server)).containsExactly("RNFR " + TEMPORARY, "SIZE " + TEMPORARY);
    assertThat(Files.readString(stand.spool().resolve("receipts.jsonl"))).contains(ID);
  }

  /** Where SIZE has told nothing, that it tells of no file says nothing. */
  @Test
  void fileOfWhichTheServerTellsNothingIsRatherSentTwiceThanNotAtAll() throws Exception {
    CommandTable table = SpoolStand.table().file("/in/x", "hello").reply("SIZE", "550 no\r\n");
    ScriptedServer server = stand.start(table);
    leave(file(SpooledFile.Stage.RENAMING_UNSEEN));

    goOn(server);

    assertThat(steps(server)).contains("STOR x");
  }

  @Test
  void fileWithAReceiptIsNotSentAgain() throws Exception {
    ScriptedServer server = stand.start(SpoolStand.table());
    leave(file(SpooledFile.Stage.STRAIGHT));
    new Receipts(stand.spool()).add(Map.of("id", ID));

    goOn(server);

    assertThat(server.heard()).isEmpty();
  }

  @Test
  void whatWasHalfReceivedOrHalfRemovedIsGone() throws Exception {
    ScriptedServer server = stand.start(SpoolStand.table());
    try (SpoolFiles files = SpoolFiles.in(stand.spool())) {
      Files.writeString(files.part("part-1"), "hal");
      Files.writeString(stand.spool().resolve("pending/" + ID + ".content"), "hello");
      Files.writeString(stand.spool().resolve("accounts/0.account"), "of nobody");
    }

    goOn(server);

    assertThat(stand.names("incoming")).isEmpty();
    assertThat(server.heard()).isEmpty();
  }

  @Test
  void whatWasHalfPutAsideIsPutAside() throws Exception {
    ScriptedServer server = stand.start(SpoolStand.table());
    leave(file(SpooledFile.Stage.SENDING));
    Files.move(
        stand.spool().resolve("pending/" + ID + ".file"),
        stand.spool().resolve("failed/" + ID + ".file"));

    goOn(server);

    assertThat(stand.names("failed")).containsExactly(ID + ".content", ID + ".file");
    assertThat(server.heard()).isEmpty();
  }

  @Test
  void damagedJournalIsNotGuessedAt() throws Exception {
    ScriptedServer server = stand.start(SpoolStand.table());
    leave(file(SpooledFile.Stage.SENDING));
    Path journal = stand.spool().resolve("pending/" + ID + ".file");
    Files.writeString(journal, Files.readString(journal).replace("bytes=5", "bytes="));

    assertThatThrownBy(() -> goOn(server))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(ID + ".file is damaged: without bytes");
  }

  @Test
  void passwordThatIsRefusedIsNotShownAgainUntilSomebodyComesWithTheRightOne() throws Exception {
    AtomicReference<String> right = new AtomicReference<>("other");
    CommandTable table =
        SpoolStand.table()
            .file("/in/", "")
            .answer(
                "PASS",
                (it, password) ->
                    it.say(
                        password.equals(right.get()) ? "230 in\r\n" : "530 Login incorrect.\r\n"));
    ScriptedServer server = stand.start(table);
    leave(file(SpooledFile.Stage.RECEIVED));
    InetSocketAddress gateway = stand.before(server);
    Await.until(SpoolStand.LONG, "refused", () -> server.heard().contains("PASS secret"));

    try (RawClient client = RawClient.loggedIn(gateway, "ann", "other")) {
      stand.awaitEmpty();
      assertThat(client.ask("SIZE /in/x")).isEqualTo("213 5");
    }
    assertThat(server.heard().stream().filter("PASS secret"::equals)).hasSize(1);
  }

  /** An account that was locked, and is no more. */
  @Test
  void deliveriesGoOnWhenTheServerTakesTheSamePasswordAgain() throws Exception {
    AtomicBoolean isLocked = new AtomicBoolean(true);
    CommandTable table =
        SpoolStand.table()
            .file("/in/", "")
            .answer(
                "PASS",
                (it, password) ->
                    it.say(isLocked.get() ? "530 Login incorrect.\r\n" : "230 in\r\n"));
    ScriptedServer server = stand.start(table);
    leave(file(SpooledFile.Stage.RECEIVED));
    InetSocketAddress gateway = stand.before(server);
    Await.until(SpoolStand.LONG, "refused", () -> server.heard().contains("PASS secret"));
    isLocked.set(false);

    try (RawClient client = RawClient.loggedIn(gateway, "ann", "secret")) {
      stand.awaitEmpty();
      assertThat(client.ask("SIZE /in/x")).isEqualTo("213 5");
    }
  }

  /** Nobody is let in for having been known once, only because all connections are in use. */
  @Test
  void whoHasFilesPendingIsAskedAboutWhileTheServerIsMerelyBusy() throws Exception {
    CountDownLatch storing = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    CommandTable table =
        SpoolStand.table()
            .file("/in/", "")
            .answer(
                "STOR",
                (it, name) -> {
                  storing.countDown();
                  awaitQuietly(over);
                  it.say("452 No space left.\r\n");
                });
    ScriptedServer server = stand.startToBreak(table);
    leave(file(SpooledFile.Stage.RECEIVED));
    try (Upstream upstream =
        Upstream.open(
            SpoolStand.settings(server.port(), stand.spooling(Spooling.What.UPLOADS, 1 << 20)),
            SpoolStand.ALONE,
            Duration.ofMinutes(1),
            (password, hash) -> false,
            new GivingWay(Duration.ofSeconds(20), Duration.ofSeconds(20)))) {
      storing.await();

      assertThat(
              upstream.enter("ann", "secret", Share.EQUAL, Deadline.after(Duration.ofMillis(300))))
          .isInstanceOf(Upstream.Entry.NotAsked.class);
      over.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whoHasFilesPendingIsKnownThoughTheServerIsAway() throws Exception {
    int nobody;
    try (ScriptedServer server = ScriptedServer.start(SpoolStand.table())) {
      nobody = server.port();
    }
    leave(file(SpooledFile.Stage.RECEIVED));
    Gateway gateway = stand.open(nobody, stand.spooling(Spooling.What.UPLOADS, 1 << 20));

    try (gateway;
        RawClient client = SpoolStand.client(stand.front(gateway).addresses().getFirst())) {
      assertThat(client.send("STOR y", SpoolStand.bytes("more"))).startsWith("226");
      assertThat(client.ask("SIZE y")).isEqualTo("213 4");
      assertThat(client.ask("CWD in")).isEqualTo("250 acme is away; that folder was there before.");
      assertThat(client.ask("PWD")).startsWith("257 \"/in\"");
      assertThat(client.send("STOR z", SpoolStand.bytes("last"))).startsWith("226");
      assertThat(client.ask("CWD /out")).as("of which nothing is known").startsWith("450");
    }
    try (Upstream upstream =
        Upstream.open(
            SpoolStand.settings(nobody, stand.spooling(Spooling.What.UPLOADS, 1 << 20)),
            SpoolStand.ALONE,
            Duration.ofMinutes(1),
            (password, hash) -> false,
            new GivingWay(Duration.ofSeconds(20), Duration.ofSeconds(20)))) {
      assertThat(
              upstream.enter("ann", "guess", Share.EQUAL, Deadline.after(Duration.ofMillis(300))))
          .isInstanceOf(Upstream.Entry.NotAsked.class);
    }
    CommandTable table = SpoolStand.table().file("/in/", "");
    goOn(stand.start(table));
    assertThat(table.files()).containsOnlyKeys("/in/", "/in/x", "/y", "/in/z");
  }

  @Test
  void spoolOfAnotherGatewayIsLeftAloneUntilThatEnds() throws Exception {
    CommandTable table = SpoolStand.table().file("/in/", "");
    ScriptedServer server = stand.start(table);
    leave(file(SpooledFile.Stage.RECEIVED));
    try (SpoolFiles other = SpoolFiles.in(stand.spool())) {
      assertThat(other.tryLock()).isTrue();
      InetSocketAddress gateway = stand.before(server);
      try (RawClient client = SpoolStand.client(gateway)) {
        assertThat(client.send("STOR y", SpoolStand.bytes("y"))).isEqualTo("226 done");
      }
      assertThat(table.files()).containsOnlyKeys("/in/", "/y");
    }
    stand.awaitEmpty();
    assertThat(table.files()).containsOnlyKeys("/in/", "/y", "/in/x");
  }

  @Test
  void endLetsTheDeliveryUnderWayComeToItsEndAndBeginsNoOther() throws Exception {
    AtomicReference<Gateway> gateway = new AtomicReference<>();
    CommandTable table = SpoolStand.table().file("/in/", "");
    table.answer(
        "SIZE",
        (it, name) -> {
          drain(gateway.get());
          it.say("213 5\r\n");
        });
    ScriptedServer server = stand.start(table);
    gateway.set(stand.open(server.port(), stand.spooling(Spooling.What.UPLOADS, 1 << 20)));
    InetSocketAddress front = stand.front(gateway.get()).addresses().getFirst();
    try (RawClient client = SpoolStand.client(front)) {
      client.send("STOR in/a", SpoolStand.bytes("hello"));
      client.send("STOR in/b", SpoolStand.bytes("hello"));
      Await.until(SpoolStand.LONG, "delivered", () -> table.files().containsKey("/in/a"));
    }
    gateway.get().drain(Deadline.after(SpoolStand.LONG));
    gateway.get().close();

    assertThat(table.files()).containsOnlyKeys("/in/", "/in/a");
    assertThat(stand.names("pending")).hasSize(2);
    assertThat(stand.names("accounts")).hasSize(1);
  }

  private static void drain(Gateway gateway) {
    try {
      gateway.drain(Deadline.after(Duration.ZERO));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
