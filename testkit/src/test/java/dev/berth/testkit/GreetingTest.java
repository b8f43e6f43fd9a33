package dev.berth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GreetingTest {
  @TempDir Path folder;

  @Test
  void connectionCutBeforeAWordIsTriedAgain() throws IOException {
    Script cut = Conversation::reset;
    Script greets = talk -> talk.say("220 hello\r\n").expect("QUIT").say("221 bye\r\n").close();
    PeerProcess living = PeerProcess.start("sleep", List.of("sleep", "60"), folder, Map.of());

    try (ScriptedServer server = ScriptedServer.start(List.of(cut, greets))) {
      new Greeting(server.address(), false, living).await();

      assertThat(server.conversations()).hasSize(2);
    } finally {
      living.close();
    }
  }
}
