package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.admission.Attendance;
import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.Policy;
import dev.berth.testkit.Await;
import dev.berth.testkit.PeersOrSkip;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What our server does at a full limit, met by the clients that people have. */
@ExtendWith(PeersOrSkip.class)
final class PolicyTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Path root;
  private Path got;

  @BeforeEach
  void makeFiles() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    got = folder.resolve("got");
    Files.writeString(root.resolve("file"), "content ".repeat(10_000));
  }

  private Guest guest(String name) {
    Programs programs = new Programs(folder);
    return name.equals("curl") ? new CurlGuest(programs) : new LftpGuest(programs);
  }

  private RawClient loggedIn(OurServer server) throws IOException {
    return RawClient.loggedIn(
        new InetSocketAddress("127.0.0.1", server.port()), Server.USER, OurServer.PASSWORD);
  }

  private String fetch(String guest, OurServer server) {
    try {
      Site site = new Site("127.0.0.1", server.port(), Server.USER, false, false);
      return guest(guest).act(site, new Deed.Get("file", got));
    } catch (IOException | Guest.CannotDo e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "lftp"})
  void whoWaitsInTheQueueComesInWhenThereIsRoom(String guest) throws Exception {
    Limit one = new Limit(1, new Policy.Queue(Duration.ofSeconds(100), 10));
    try (OurServer server = OurServer.start(root, LimitScope.SERVER, one);
        RawClient first = loggedIn(server)) {
      var fetched =
          CompletableFuture.supplyAsync(
              () -> fetch(guest, server), task -> Thread.ofVirtual().start(task));
      Await.until(
          BOUND, "it waits", () -> !server.attendance().waiting().isEmpty() || fetched.isDone());
      assertThat(fetched).isNotDone();

      first.say("QUIT\r\n").expect("221");

      assertThat(fetched.get(30, TimeUnit.SECONDS)).isNotNull();
      assertThat(got).hasSameBinaryContentAs(root.resolve("file"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "lftp"})
  void whoIsIdleMakesRoomForItsOwnNextSession(String guest) throws Exception {
    Limit one = new Limit(1, new Policy.ReplaceIdle(Duration.ZERO, 1));
    try (OurServer server = OurServer.start(root, LimitScope.PREFIX, one);
        RawClient idle = loggedIn(server)) {
      Await.until( // It has read the last reply a little earlier.
          BOUND,
          "it is idle",
          () -> server.attendance().present().getFirst().doing() == Attendance.Doing.IDLE);

      assertThat(fetch(guest, server)).isNotNull();

      assertThat(idle.hear()).startsWith("421 Closed to make room");
      assertThat(got).hasSameBinaryContentAs(root.resolve("file"));
    }
  }
}
