package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Who keeps a processor busy for nothing. What it takes at the least is asserted, which no slow
 * machine makes wrong.
 */
@Timeout(60)
class SlowDownTest {
  private static final int USUAL = 10;
  private static final int MORE = 5;
  private static final Duration AT_LEAST = Duration.ofMillis(50).multipliedBy(MORE - 1);

  private ServerUnderTest server;

  @BeforeEach
  void start() throws IOException {
    server = ServerUnderTest.start();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private Duration timeOf(String command, String reply) throws IOException {
    try (RawClient client = server.alice()) {
      long began = System.nanoTime();
      for (int i = 0; i < USUAL + MORE; i++) {
        client.say(command + "\r\n").expect(reply);
      }
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  @Test
  void commandsThatAreNoneAreHeardSlowly() throws IOException {
    assertThat(timeOf("XYZZY", "500")).isGreaterThan(AT_LEAST);
  }

  @Test
  void portsThatNobodyUsesAreOpenedSlowly() throws IOException {
    assertThat(timeOf("EPSV", "229")).isGreaterThan(AT_LEAST);
    assertThat(timeOf("PASV", "227")).isGreaterThan(AT_LEAST);
  }
}
