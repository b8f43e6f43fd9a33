package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.RawClient;
import dev.berth.transport.ActivePort;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** Active mode from one port, as firewalls of old expect it. */
final class ActivePortTest {
  private static ServerUnderTest from(int port) throws IOException {
    FrontSettings usual = FrontSettings.usual();
    ServerUnderTest server =
        ServerUnderTest.setup()
            .settings(usual.with(usual.data().with(new ActivePort.Fixed(port))))
            .start();
    server.backend.files.put("/a", new byte[70_000]);
    return server;
  }

  private static int free() throws IOException {
    try (ServerSocket probe = new ServerSocket(0)) {
      return probe.getLocalPort();
    }
  }

  @Test
  void twoTransfersAtOnceComeFromTheOnePort() throws IOException {
    int port = free();
    try (ServerUnderTest server = from(port);
        RawClient alice = server.alice();
        RawClient again = server.alice();
        ServerSocket here = alice.active();
        ServerSocket there = again.active()) {
      alice.say("RETR a\r\n");
      again.say("RETR a\r\n");

      try (Socket first = here.accept();
          Socket second = there.accept()) {
        assertThat(first.getPort()).isEqualTo(port);
        assertThat(second.getPort()).isEqualTo(port);
        assertThat(first.getInputStream().readAllBytes()).hasSize(70_000);
        assertThat(second.getInputStream().readAllBytes()).hasSize(70_000);
      }
    }
  }

  @Test
  void portThatSomebodyListensOnIsAFaultOfOursAndEndsNoSession() throws IOException {
    try (ServerSocket taken = new ServerSocket(0);
        ServerUnderTest server = from(taken.getLocalPort());
        RawClient alice = server.alice();
        ServerSocket here = alice.active()) {
      assertThat(here.isBound()).isTrue();
      assertThat(alice.ask("RETR a")).startsWith("451 ");
      assertThat(alice.ask("NOOP")).startsWith("200 ");
    }
  }
}
