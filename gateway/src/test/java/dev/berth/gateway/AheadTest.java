package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.Await;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.RawClient;
import dev.berth.testkit.ScriptedServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that do not keep pace with a server, and others that wait for the one connection. */
@Timeout(60)
class AheadTest {
  /** More than the sockets on the way hold. */
  private static final int LARGE = 24 << 20;

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

  private static byte[] content(int bytes) {
    byte[] content = new byte[bytes];
    new Random(42).nextBytes(content);
    return content;
  }

  private InetSocketAddress before(ScriptedServer server, long most) throws IOException {
    return stand.before(server.port(), downloads(most));
  }

  private Spooling downloads(long most) {
    return new Spooling(
        Spooling.What.DOWNLOADS, new Spooling.Place.Folder(folder), most, 64 << 20, Spooling.ALARM);
  }

  @Test
  void whatClientsGetIsCountedWhoeverHasReadIt() throws Exception {
    ScriptedServer server = stand.start(SpoolStand.table().file("/large", content(LARGE)));
    Gateway gateway = stand.open(server.port(), downloads(1 << 20));
    InetSocketAddress address = stand.front(gateway).addresses().getFirst();
    try (RawClient slow = SpoolStand.client(address);
        RawClient other = SpoolStand.client(address);
        Socket data = slow.passive()) {
      slow.say("RETR large\r\n").expect("150");
      assertThat(other.ask("SIZE large")).startsWith("450");
      data.getInputStream().readAllBytes();
      slow.expect("226");
      assertThat(gateway.snapshot().upstreams().getFirst().totals().bytesDown()).isEqualTo(LARGE);
    }
  }

  private static void awaitAnswer(RawClient other, String command, String reply) {
    Await.until(SpoolStand.LONG, command, () -> other.ask(command).equals(reply));
  }

  @Test
  void slowClientGivesTheConnectionBackAndGetsAllOfItsFile() throws Exception {
    byte[] content = content(LARGE);
    ScriptedServer server = stand.start(SpoolStand.table().file("/large", content));
    InetSocketAddress gateway = before(server, 32 << 20);
    try (RawClient slow = SpoolStand.client(gateway);
        RawClient other = SpoolStand.client(gateway);
        Socket data = slow.passive()) {
      slow.say("RETR large\r\n").expect("150");
      // Within command-wait the other has the connection, though nothing was read.
      awaitAnswer(other, "SIZE large", "213 " + LARGE);
      assertThat(server.mostAtOnce()).isEqualTo(1);
      assertThat(folder.resolve("acme")).as("its file has no name").isEmptyDirectory();

      assertThat(data.getInputStream().readAllBytes()).isEqualTo(content);
      assertThat(slow.hear()).isEqualTo("226 done");
      assertThat(slow.ask("SIZE large")).isEqualTo("213 " + LARGE);
    }
  }

  @Test
  void largerFileIsReadAheadPieceByPiece() throws Exception {
    byte[] content = content(LARGE);
    ScriptedServer server = stand.start(SpoolStand.table().file("/large", content));
    InetSocketAddress gateway = before(server, 1 << 20);
    try (RawClient slow = SpoolStand.client(gateway);
        RawClient other = SpoolStand.client(gateway);
        Socket data = slow.passive()) {
      slow.say("RETR large\r\n").expect("150");
      assertThat(other.ask("SIZE large")).startsWith("450");
      assertThat(data.getInputStream().readAllBytes()).isEqualTo(content);
      assertThat(slow.hear()).isEqualTo("226 done");
    }
  }

  @Test
  void whatTheServerDoesNotCompleteIsNotTakenForTheWhole() throws Exception {
    byte[] content = content(LARGE);
    CommandTable table =
        SpoolStand.table()
            .answer(
                "RETR",
                (it, name) ->
                    it.say("150 here\r\n").sendData(content).say("451 The disk broke.\r\n"))
            .reply("SIZE", "213 1\r\n");
    ScriptedServer server = stand.start(table);
    InetSocketAddress gateway = before(server, 32 << 20);
    try (RawClient slow = SpoolStand.client(gateway);
        RawClient other = SpoolStand.client(gateway);
        Socket data = slow.passive()) {
      slow.say("RETR large\r\n").expect("150");
      awaitAnswer(other, "SIZE large", "213 1");

      assertThatThrownBy(() -> data.getInputStream().readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("reset");
      assertThat(slow.hear()).isEqualTo("451 The disk broke.");
    }
  }

  @Test
  void clientThatAbortsWhileItsFileIsReadAheadHarmsNobody() throws Exception {
    CountDownLatch aborted = new CountDownLatch(1);
    CommandTable table =
        SpoolStand.table()
            .file("/large", content(LARGE))
            .answer(
                "RETR",
                (it, name) -> {
                  it.say("150 here\r\n");
                  Socket data = it.accept();
                  try (data) {
                    data.getOutputStream().write(content(LARGE));
                    awaitQuietly(aborted);
                    data.getOutputStream().write(content(LARGE));
                    it.say("226 done\r\n");
                  } catch (IOException e) {
                    it.say("426 Aborted.\r\n");
                  }
                });
    ScriptedServer server = stand.start(table);
    InetSocketAddress gateway = before(server, 32 << 20);
    try (RawClient slow = SpoolStand.client(gateway);
        RawClient other = SpoolStand.client(gateway);
        Socket data = slow.passive()) {
      slow.say("RETR large\r\n").expect("150");
      assertThat(other.ask("SIZE large")).startsWith("450");
      slow.say("ABOR\r\n").expect("426");
      aborted.countDown();
      slow.expect("226");
      assertThat(data.isConnected()).isTrue();
      awaitAnswer(other, "SIZE large", "213 " + LARGE);
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
  void withoutRoomItGoesAsFastAsItsClient() throws Exception {
    byte[] content = content(LARGE);
    ScriptedServer server = stand.start(SpoolStand.table().file("/large", content));
    InetSocketAddress gateway = before(server, 65 << 20); // Never free as a whole.
    try (RawClient slow = SpoolStand.client(gateway);
        RawClient other = SpoolStand.client(gateway);
        Socket data = slow.passive()) {
      slow.say("RETR large\r\n").expect("150");
      assertThat(other.ask("SIZE large")).startsWith("450");
      assertThat(data.getInputStream().readAllBytes()).isEqualTo(content);
      assertThat(slow.hear()).isEqualTo("226 done");
    }
  }
}
