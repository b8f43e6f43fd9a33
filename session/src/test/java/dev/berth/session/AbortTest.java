package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.Policy;
import dev.berth.testkit.Await;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ABOR, and a client that goes, in each phase of a transfer. */
final class AbortTest {
  private ServerUnderTest server;

  /** How a transfer is ended by the client. */
  enum Way {
    ABOR,
    SYNCH,
    URGENT,
    FIN,
    RST;

    void end(RawClient client) throws IOException {
      switch (this) {
        case ABOR -> client.say("ABOR\r\n");
        case SYNCH -> client.say("\u00ff\u00f4\u00ff\u00f2ABOR\r\n");
        case URGENT -> client.say("\u00ff\u00f4\u00ff").urge(0xf2).say("ABOR\r\n");
        case FIN -> client.close();
        case RST -> client.reset();
      }
    }

    boolean isAbor() {
      return this != FIN && this != RST;
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = ServerUnderTest.start();
    server.backend.zeros.put("/long", 1L << 40);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private void endsBy(Way way, RawClient client, String first) throws IOException {
    way.end(client);
    if (way.isAbor()) {
      client.expect(first);
      client.expect("226");
      assertThat(client.ask("PWD")).startsWith("257 ");
      client.close();
    }
    server.awaitNobody();
  }

  @ParameterizedTest
  @EnumSource
  void whileTheDataConnectionIsAwaited(Way way) throws IOException {
    try (RawClient client = server.alice()) {
      client.say("EPSV\r\n").expect("229");
      client.say("RETR long\r\n");
      server.awaitTransfer();
      endsBy(way, client, "426");
    }
  }

  @ParameterizedTest
  @EnumSource
  void inADownloadThatNobodyReads(Way way) throws IOException {
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("RETR long\r\n").expect("150");
      endsBy(way, client, "426");
      RawClient.awaitEnd(data);
    }
  }

  @ParameterizedTest
  @EnumSource
  void inAnUploadThatStalls(Way way) throws IOException {
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("STOR x\r\n").expect("150");
      data.getOutputStream().write(new byte[100_000]);
      endsBy(way, client, "426");
      assertThat(server.backend.files).doesNotContainKey("/x");
    }
  }

  /** TLS has no urgent data. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "URGENT")
  void inTheHandshakeOfTheDataConnection(Way way) throws IOException {
    try (RawClient client = server.client()) {
      client.say("AUTH TLS\r\n").expect("234");
      client.startTls().logIn("alice", "secret");
      client.say("PBSZ 0\r\n").expect("200");
      client.say("PROT P\r\n").expect("200");
      try (Socket data = client.passive()) {
        client.say("RETR long\r\n").expect("150");
        server.awaitTransfer();
        endsBy(way, client, "426");
        RawClient.awaitEnd(data);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void inALongHash(Way way) throws IOException {
    try (RawClient client = server.alice()) {
      client.say("HASH long\r\n");
      endsBy(way, client, "450");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whileOtherTransfersAreAwaited(Way way) throws IOException {
    server.close();
    Limit one = new Limit(1, new Policy.Queue(Duration.ofSeconds(60), 10));
    server =
        ServerUnderTest.setup()
            .rules(ServerUnderTest.unlimited().withTransfers(Map.of(LimitScope.SERVER, one)))
            .start();
    server.backend.zeros.put("/long", 1L << 40);
    try (RawClient first = server.alice();
        Socket busy = first.passive();
        RawClient client = server.alice();
        Socket data = client.passive()) {
      first.say("RETR long\r\n").expect("150");
      client.say("RETR long\r\n");
      Await.until(
          Duration.ofSeconds(5),
          "one waits",
          () -> !server.admission.attendance().waiting().isEmpty());
      way.end(client);
      if (way.isAbor()) {
        client.expect("426");
        client.expect("226");
      }
      Await.until(
          Duration.ofSeconds(5),
          "nobody waits",
          () -> server.admission.attendance().waiting().isEmpty());
      RawClient.requireRunning(busy);
      RawClient.awaitEnd(data);
    }
    server.awaitNobody();
  }

  @Test
  void withNothingUnderWayThePassivePortIsClosed() throws IOException {
    try (RawClient client = server.alice()) {
      client.say("EPSV\r\n").expect("229");
      client.say("ABOR\r\n").expect("226");
      client.say("RETR long\r\n").expect("425");
    }
  }

  @Test
  void commandsBetweenTheTransferAndAborAreAnsweredInOrder() throws IOException {
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("RETR long\r\nNOOP\r\nPWD\r\nABOR\r\nSYST\r\n").expect("150");
      client.expect("426");
      client.expect("200");
      client.expect("257");
      client.expect("226");
      client.expect("215");
      RawClient.awaitEnd(data);
    }
  }
}
