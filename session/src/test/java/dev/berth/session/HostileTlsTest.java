package dev.berth.session;

import static dev.berth.session.HostileTls.clientHello;
import static dev.berth.session.HostileTls.inPieces;
import static dev.berth.session.HostileTls.record;
import static dev.berth.session.HostileTls.repeated;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.session.HostileTls.Stage;
import dev.berth.testkit.RawClient;
import dev.berth.transport.Tls.Version;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records of TLS that are wrong end one control connection, in time, and touch no other. */
final class HostileTlsTest {
  private static final int ROUNDS = 300;

  /** More than one record, whatever length is read out of it. */
  private static final byte[] GARBAGE = "GET / HTTP/1.1\r\n".repeat(2000).getBytes(ISO_8859_1);

  private ServerUnderTest server;
  private LogHeard log;

  @BeforeEach
  void start() throws IOException {
    log = new LogHeard();
    server = ServerUnderTest.start();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    log.close();
  }

  private void assertUnharmed() throws IOException {
    server.awaitNobody();
    assertThat(log.errors()).isEmpty();
    try (RawClient client = server.client()) {
      client.say("AUTH TLS\r\n").expect("234");
      client.startTls().logIn("alice", "secret");
      client.say("QUIT\r\n").expect("221");
    }
    server.awaitNobody();
  }

  @Test
  void whatIsNoHandshakeIsHungUpOn() throws IOException {
    Map<String, byte[]> wrong =
        Map.of(
            "garbage", GARBAGE,
            "a record longer than any", record(22, 0xffff, 1, 0, 0, 1),
            "a message longer than any", repeated(record(22, 4, 1, 255, 255, 255), 20_000),
            "an alert that is fatal", record(21, 2, 2, 40),
            "data", record(23, 1, 0),
            "no record at all", record(77, 4, 1, 2, 3, 4),
            "empty records without end", repeated(record(22, 0), 20_000),
            "the old hello of SSL 2", new byte[] {(byte) 0xff, (byte) 0xff, 1, 0, 2, 0, 3, 0, 0});
    for (Map.Entry<String, byte[]> one : wrong.entrySet()) {
      hungUp(one.getKey(), Stage.HANDSHAKE, one.getValue());
    }
    // Warnings are borne until the handshake has lasted too long, as whoever says nothing is.
    HostileTls.play(server, Stage.HANDSHAKE, repeated(record(21, 2, 1, 90), 20_000));
    assertUnharmed();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoCommandInTlsIsHungUpOn(Version version) throws IOException {
    server.close();
    server = ServerUnderTest.setup().versions(Set.of(version)).start();
    Map<String, byte[]> wrong =
        Map.of(
            "garbage", GARBAGE,
            "another handshake, in plain text", clientHello(),
            "a record longer than any", record(23, 0xffff, 1, 2, 3),
            "data under no key", repeated(record(23, 40, new int[40]), 100),
            "an alert in plain text", record(21, 2, 2, 40),
            "data that is empty", record(23, 0),
            "a change of ciphers", record(20, 1, 1));
    for (Map.Entry<String, byte[]> one : wrong.entrySet()) {
      hungUp(one.getKey(), Stage.COMMANDS, one.getValue());
    }
    for (byte[] bytes : List.of(GARBAGE, record(23, 5, 1, 2, 3, 4, 5), clientHello())) {
      hungUp("behind close_notify", Stage.CLOSED, bytes);
    }
    assertUnharmed();
  }

  private void hungUp(String what, Stage stage, byte[] bytes) throws IOException {
    try {
      HostileTls.playOpenEnded(server, stage, bytes);
    } catch (IOException e) {
      throw new IOException(what + ": " + e.getMessage(), e);
    }
  }

  @Test
  void commandsInRecordsOfOneByteAreCommands() throws IOException {
    try (RawClient client = server.client()) {
      client.say("AUTH TLS\r\n").expect("234");
      client.startTls();
      for (int i = 0; i < 100; i++) {
        for (char letter : "NOOP\r\n".toCharArray()) {
          client.say(String.valueOf(letter));
        }
        client.expect("200");
      }
    }
    assertUnharmed();
  }

  /** Which bytes, the seed tells; it is in the message. */
  @Test
  void whateverIsDoneToRecordsTheServerGoesOn() throws IOException {
    long seed = Long.getLong("berth.seed", System.nanoTime());
    Random random = new Random(seed);
    byte[] hello = clientHello();
    List<byte[]> sound =
        List.of(
            hello,
            inPieces(hello),
            record(21, 2, 1, 0),
            record(20, 1, 1),
            record(23, 60, new int[60]),
            record(22, 4, 0, 0, 0, 0));
    for (int round = 0; round < ROUNDS; round++) {
      Stage stage = Stage.values()[random.nextInt(Stage.values().length)];
      byte[] bytes = sound.get(random.nextInt(sound.size()));
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes = spoilt(bytes, random);
      }
      try {
        HostileTls.play(server, stage, bytes);
      } catch (IOException e) {
        throw new IOException("seed " + seed + ", round " + round + ", " + stage + ": " + e, e);
      }
    }
    assertUnharmed();
  }

  private static byte[] spoilt(byte[] bytes, Random random) {
    byte[] other = bytes.clone();
    int at = random.nextInt(Math.max(1, other.length));
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(other, at);
      case 1 -> Arrays.copyOf(other, other.length + random.nextInt(50));
      case 2 -> repeated(other, 1 + random.nextInt(3));
      case 3 -> Arrays.copyOfRange(other, at, other.length);
      default -> {
        if (other.length > 0) {
          other[at] = (byte) random.nextInt();
        }
        yield other;
      }
    };
  }
}
