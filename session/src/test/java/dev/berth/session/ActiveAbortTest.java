package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client whose firewall drops what we send it: the usual fate of active mode. */
final class ActiveAbortTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  /** Linux lets one more wait than it was told, and drops who comes then. */
  private static List<SocketChannel> fill(ServerSocket deaf) throws IOException {
    List<SocketChannel> waiting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      SocketChannel one = SocketChannel.open();
      one.configureBlocking(false);
      one.connect(deaf.getLocalSocketAddress());
      waiting.add(one);
    }
    return waiting;
  }

  @Test
  void aborEndsTheWaitForAnAddressThatNeverAnswers() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.setup().start();
        ServerSocket deaf = new ServerSocket()) {
      deaf.bind(new InetSocketAddress(HERE, 0), 1);
      List<SocketChannel> waiting = fill(deaf);
      try (RawClient client = server.alice()) {
        client.ask("EPRT |1|127.0.0.1|" + deaf.getLocalPort() + "|");

        client.say("LIST\r\nABOR\r\n");

        assertThat(client.hear()).startsWith("426");
        assertThat(client.hear()).startsWith("226");
        assertThat(client.ask("NOOP")).startsWith("200");
      } finally {
        for (SocketChannel one : waiting) {
          one.close();
        }
      }
    }
  }
}
