package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.Rules;
import dev.berth.session.Manner.Answer;
import dev.berth.testkit.RawClient;
import dev.berth.wire.Reply;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

final class MannerTest {
  /** Says this of some replies, and the others as they are. */
  private record Saying(
      BiFunction<Occasion, Reply, Answer> answers, Early early, Duration lingering)
      implements Manner {
    static Saying saying(BiFunction<Occasion, Reply, Answer> answers) {
      return new Saying(answers, Early.WAITS, Duration.ZERO);
    }

    @Override
    public Answer answer(Scene scene, Occasion occasion, Reply ours) {
      return answers.apply(occasion, ours);
    }

    @Override
    public boolean knows(String verb) {
      return !verb.equals("MLSD");
    }

    @Override
    public Early early(String verb) {
      return verb.equals("EPSV") ? early : Early.WAITS;
    }
  }

  @Test
  void everyReplyPassesThroughTheMannerWithItsOccasion() throws Exception {
    Manner manner =
        Saying.saying((occasion, ours) ->
            switch (occasion) {
              case Occasion.Greeting greeting -> new Answer.Say("220-a\r\n220 b\r\n");
              case Occasion.Served(String verb, String argument)
                  when verb.equals("MLSD") && ours.code() == 500 ->
                  new Answer.Say("502 " + argument + "?\r\n");
              case Occasion.Served(String verb, String argument) when verb.equals("QUIT") ->
                  new Answer.HangUp();
              case Occasion.Served served -> new Answer.Ours();
              default -> throw new AssertionError(occasion);
            });

    try (ServerUnderTest server =
            ServerUnderTest.setup().settings(FrontSettings.usual().with(manner)).start();
        RawClient client = RawClient.connect(server.address())) {
      assertThat(client.hear()).isEqualTo("220-a\n220 b");
      assertThat(client.ask("MLSD x")).isEqualTo("502 x?");
      assertThat(client.ask("NOOP")).startsWith("200");
      client.say("QUIT\r\n");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void answerThatEndsIsTheLast() throws Exception {
    Manner manner =
        Saying.saying((occasion, ours) ->
            occasion.equals(new Occasion.Served("NOOP", ""))
                ? new Answer.SayAndEnd("530 no\r\n")
                : new Answer.Ours());

    try (ServerUnderTest server =
            ServerUnderTest.setup().settings(FrontSettings.usual().with(manner)).start();
        RawClient client = server.client()) {
      client.say("NOOP\r\nNOOP\r\n");

      assertThat(client.hear()).isEqualTo("530 no");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void commandThatDoesNotWaitIsServedBeforeTheLastReplyOfATransfer() throws Exception {
    Manner manner =
        new Saying((occasion, ours) -> new Answer.Ours(), Manner.Early.SERVED, Duration.ZERO);

    try (ServerUnderTest server =
            ServerUnderTest.setup().settings(FrontSettings.usual().with(manner)).start();
        RawClient client = server.alice()) {
      server.backend.files.put("/file", new byte[10]);
      try (Socket data = client.passive()) {
        client.say("RETR file\r\nEPSV\r\nNOOP\r\n");

        assertThat(client.hear()).startsWith("150");
        assertThat(data.getInputStream().readAllBytes()).hasSize(10);
        assertThat(client.hear()).startsWith("229");
        assertThat(client.hear()).startsWith("226");
        assertThat(client.hear()).startsWith("200");
      }
    }
  }

  @Test
  void placeOfASessionThatHasEndedStaysTakenForItsTime() throws Exception {
    Manner manner =
        new Saying(
            (occasion, ours) ->
                occasion instanceof Occasion.TurnedAway
                    ? new Answer.Say("421 full\r\n")
                    : new Answer.Ours(),
            Manner.Early.WAITS,
            Duration.ofHours(1));
    Rules rules = Rules.standard().withConnections(Map.of(LimitScope.PREFIX, Limit.refusing(1)));

    try (ServerUnderTest server =
        ServerUnderTest.setup().rules(rules).settings(FrontSettings.usual().with(manner)).start()) {
      try (RawClient first = server.client()) {
        first.ask("QUIT");
        assertThat(first.isEnded()).isTrue();
      }

      try (RawClient second = RawClient.connect(server.address())) {
        assertThat(second.hear()).isEqualTo("421 full");
        assertThat(second.isEnded()).isTrue();
      }
    }
  }
}
