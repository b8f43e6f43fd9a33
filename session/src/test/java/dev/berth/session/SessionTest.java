package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole dialogues, in literal bytes. */
final class SessionTest {
  private ServerUnderTest server;

  @BeforeEach
  void start() throws IOException {
    server = ServerUnderTest.start();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void logsInMovesAFileBothWaysAndSaysGoodbye() throws IOException {
    byte[] content = MemoryBackend.content(3_000_000);
    try (RawClient client = server.alice()) {
      assertThat(client.send("STOR a.bin", content)).startsWith("226 ");
      assertThat(client.receive("RETR a.bin")).isEqualTo(content);
      assertThat(client.ask("SIZE a.bin")).isEqualTo("213 3000000");
      assertThat(client.ask("QUIT")).startsWith("221 ");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void nothingButTheLoginIsServedBeforeIt() throws IOException {
    try (RawClient client = server.client()) {
      assertThat(client.ask("PWD")).startsWith("530 ");
      assertThat(client.ask("RETR a.bin")).startsWith("530 ");
      assertThat(client.ask("NOOP")).startsWith("200 ");
      assertThat(client.ask("PASS secret")).startsWith("503 ");
      assertThat(client.ask("USER alice")).startsWith("331 ");
      assertThat(client.ask("PASS wrong")).startsWith("530 ");
      assertThat(client.ask("PWD")).startsWith("530 ");
    }
  }

  @Test
  void commandsSentAheadOfARunningTransferAreAnsweredInOrder() throws IOException {
    byte[] content = MemoryBackend.content(30_000_000);
    server.backend.files.put("/big", content);
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("RETR big\r\n").expect("150");
      client.say("NOOP\r\nPWD\r\n");

      assertThat(data.getInputStream().readAllBytes()).isEqualTo(content);
      assertThat(client.hear()).startsWith("226 ");
      assertThat(client.hear()).startsWith("200 ");
      assertThat(client.hear()).startsWith("257 ");
      assertThat(client.ask("SIZE big")).isEqualTo("213 30000000");
    }
  }

  @Test
  void aborEndsATransferThatNobodyReads() throws IOException {
    server.backend.files.put("/big", MemoryBackend.content(60_000_000));
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("RETR big\r\n").expect("150");
      client.say("\u00ff\u00f4\u00ff\u00f2ABOR\r\n");

      assertThat(client.hear()).startsWith("426 ");
      assertThat(client.hear()).startsWith("226 ");
      RawClient.awaitEnd(data);
      assertThat(client.ask("PWD")).startsWith("257 ");
    }
  }

  @Test
  void anUploadWhoseClientWasKilledIsNotKept() throws IOException {
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("STOR cut\r\n").expect("150");
      data.getOutputStream().write(MemoryBackend.content(1000));
      client.socket().shutdownOutput();
      data.shutdownOutput();
      assertThat(client.hear()).startsWith("426 ");
      assertThat(client.isEnded()).isTrue();
    }

    try (RawClient other = server.alice()) {
      assertThat(other.ask("SIZE cut")).startsWith("550 ");
    }
  }

  @Test
  void listsAsLsAndAsFacts() throws IOException {
    server.backend.folders.add("/dir");
    server.backend.files.put("/dir/a b.txt", MemoryBackend.content(5));
    server.backend.files.put("/dir/.hidden", MemoryBackend.content(5));
    try (RawClient client = server.alice()) {
      assertThat(text(client.receive("LIST dir")))
          .matches("-rw-r--r--    1 alice    users +5 [A-Z][a-z]{2} .{8} a b.txt\r\n");
      assertThat(text(client.receive("LIST -a dir"))).contains(" .hidden\r\n", " a b.txt\r\n");
      assertThat(text(client.receive("NLST dir/*.txt"))).isEqualTo("dir/a b.txt\r\n");
      assertThat(text(client.receive("MLSD dir")))
          .contains("type=file;size=5;modify=20261120101112;perm=", "; a b.txt\r\n");
      assertThat(client.ask("MLST dir/a b.txt")).startsWith("250-").contains(" type=file;size=5;");
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
