package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.admission.Attendance;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An operator ends one session. */
@Timeout(30)
final class StopTest {
  private ServerUnderTest server;

  @BeforeEach
  void start() throws IOException {
    server = ServerUnderTest.start();
    server.backend.zeros.put("/long", 1L << 40);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private long newest() {
    return server.admission.attendance().present().stream()
        .mapToLong(Attendance.Present::number)
        .max()
        .orElseThrow();
  }

  @Test
  void theOneThatIsMeantEndsWithTheReasonAndNoOther() throws IOException {
    try (RawClient other = server.alice();
        RawClient client = server.alice()) {
      assertThat(server.front.end(newest(), "the operator says so")).isTrue();

      assertThat(client.hear()).isEqualTo("421 This session is ended: the operator says so.");
      assertThat(client.isEnded()).isTrue();
      assertThat(other.ask("NOOP")).startsWith("200");
    }
  }

  @Test
  void aTransferIsBrokenOff() throws IOException {
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("RETR /long\r\n").expect("150");
      data.getInputStream().readNBytes(1000);

      assertThat(server.front.end(newest(), "the operator says so")).isTrue();

      assertThat(client.hear()).startsWith("426 Ended with this session");
      assertThat(client.hear()).startsWith("421 This session is ended");
    }
    server.awaitNobody();
  }

  @Test
  void whoIsNotThereCannotBeEnded() throws IOException {
    try (RawClient client = server.alice()) {
      assertThat(server.front.end(newest() + 1, "nobody")).isFalse();
      assertThat(client.ask("NOOP")).startsWith("200");
    }
  }
}
