package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.Await;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.PeersOrSkip;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** No session comes about: what is sent, how long it takes, what people and scripts are told. */
@ExtendWith(PeersOrSkip.class)
final class NoEntryTest {
  /** How much later than asked a run may end on a busy machine, its start included. */
  private static final Duration SLACK = Duration.ofSeconds(8);

  @TempDir Path folder;

  @SideBySide
  @ParameterizedTest
  @EnumSource(names = {"VSFTPD", "PROFTPD", "PURE_FTPD", "PYFTPDLIB", "APACHE"})
  void aWrongPasswordIsSentOnceHoweverManyFilesWait(PeerKind kind) throws IOException {
    try (Server server = Server.start(kind, PeerSettings.plain().perAddress(2))) {
      Berth berth = Berth.in(folder).with("BERTH_PASSWORD", "not-" + Server.PASSWORD);

      Run run =
          berth.run("mirror", "--json", "--parallel", 8, server.url(""), folder.resolve("down"));

      run.ended(5);
      assertThat(server.tap().commands("PASS")).isEqualTo(1);
      assertThat(run.err())
          .containsPattern("Login|Authentication")
          .doesNotContain("not-" + Server.PASSWORD);
      assertThat(run.objects()).anyMatch(object -> object.containsKey("error"));
    }
  }

  @SideBySide
  @ParameterizedTest
  @CsvSource({
    "VSFTPD, 3, There are too many connections",
    "PROFTPD, 3, Sorry, the maximum number of connections",
    "VSFTPD, 10, There are too many connections",
  })
  void aFullServerIsWaitedForAsLongAsAsked(PeerKind kind, int seconds, String words)
      throws IOException {
    try (Server server = Server.start(kind, PeerSettings.plain().perAddress(1));
        Raw other = Raw.loggedIn(server.peer())) {
      Run run = Berth.in(folder).run("ls", "--json", "--wait", seconds + "s", server.url(""));

      assertThat(other.socket().isClosed()).isFalse();
      run.ended(4);
      assertThat(run.err()).contains(words);
      assertThat(run.took())
          .isBetween(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds).plus(SLACK));
      assertThat(run.objects())
          .anyMatch(object -> String.valueOf(object.get("error")).contains(words));
      // Never a storm: one attempt a second would be a third of them.
      assertThat(server.tap().connections()).hasSizeLessThan(3 * seconds);
    }
  }

  @SideBySide
  @Test
  void aPlaceThatComesFreeWhileWeWaitIsTaken() throws IOException {
    try (Server server = Server.start(PeerKind.VSFTPD, PeerSettings.plain().perAddress(1))) {
      Berth.Running running;
      try (Raw _ = Raw.loggedIn(server.peer())) {
        running = Berth.in(folder).start("ls", "--wait", "60s", server.url(""));
        Await.until(Duration.ofSeconds(20), "a refusal", () -> server.tap().refused() > 0);
      }
      try (running) {
        running.await(Duration.ofSeconds(60)).ended(0);
      }
    }
  }

  @SideBySide
  @Test
  void nobodyAtThePortEndsTheRunAtOnce() throws IOException {
    InetSocketAddress nobody;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = (InetSocketAddress) closed.getLocalSocketAddress();
    }
    Run run = Berth.in(folder).run("ls", Server.url(nobody, "")).ended(4);

    assertThat(run.err()).contains("127.0.0.1:" + nobody.getPort());
    assertThat(run.took()).isLessThan(SLACK);
  }

  @SideBySide
  @Test
  void anUnknownHostEndsTheRunWithItsName() {
    Run run = Berth.in(folder).run("ls", "ftp://ann@no-such-host.invalid/").ended(4);

    assertThat(run.err()).contains("no-such-host.invalid");
    assertThat(run.took()).isLessThan(SLACK.multipliedBy(3));
  }
}
