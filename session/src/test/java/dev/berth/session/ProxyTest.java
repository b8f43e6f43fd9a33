package dev.berth.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.Rules;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The header of a proxy, from one that is trusted (127.0.0.1), and from anybody else. */
final class ProxyTest {
  private static final String BINARY = "\r\n\r\n\0\r\nQUIT\n";
  private static final String BINARY_OF_10_1_2_3 =
      BINARY + "\u0021\u0011\0\u000c\n\u0001\u0002\u0003\u007f\0\0\u0001\u0010\0\0\u0015";

  private ServerUnderTest server;
  private LogHeard log;

  @BeforeEach
  void start() throws IOException {
    log = new LogHeard();
    server =
        ServerUnderTest.setup()
            .proxies(address -> address.getHostAddress().equals("127.0.0.1"))
            .rules(Rules.standard().withConnections(Map.of(LimitScope.PREFIX, Limit.refusing(1))))
            .start();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    log.close();
  }

  @Test
  void theClientIsWhomTheProxySpeaksFor() throws IOException {
    try (RawClient one = RawClient.connect(server.address());
        RawClient same = RawClient.connect(server.address());
        RawClient other = RawClient.connect(server.address())) {
      one.say("PROXY TCP4 10.1.2.3 127.0.0.1 40000 21\r\nUSER alice\r\n").expect("220");
      one.expect("331");
      same.say("PROXY TCP4 10.1.2.3 127.0.0.1 40001 21\r\n").expect("421 Too many");
      other.say("PROXY TCP6 2001:db8::1 ::1 40001 21\r\n").expect("220");
      assertThat(server.admission.attendance().present())
          .extracting(present -> present.caller().getHostAddress())
          .containsExactly("10.1.2.3", "2001:db8:0:0:0:0:0:1");
    }
    server.awaitNobody();
    assertThat(log.events("connected")).anyMatch(line -> line.contains("address=10.1.2.3"));
  }

  @Test
  void theBinaryFormIsReadToo() throws IOException {
    try (RawClient client = RawClient.connect(server.address())) {
      client.say(BINARY_OF_10_1_2_3).expect("220");
      assertThat(server.admission.attendance().present())
          .extracting(present -> present.caller().getHostAddress())
          .containsExactly("10.1.2.3");
    }
  }

  @Test
  void aHeaderInPiecesIsReadUpToItsEnd() throws IOException {
    try (RawClient client = RawClient.connect(server.address())) {
      for (String piece :
          "PROXY TCP4 10.1.2.3 127.0.0.1 40000 21\r|\nUS|ER alice\r\n".split("\\|")) {
        client.say(piece);
      }
      client.expect("220");
      client.expect("331");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "USER alice\r\n",
        "PROXY TCP4 somewhere.example 127.0.0.1 40000 21\r\n",
        "PROXY TCP4 1.2.3.999 127.0.0.1 40000 21\r\n",
        "PROXY TCP4 1.2 127.0.0.1 40000 21\r\n",
        "PROXY TCP4 10.0.0.0/8 127.0.0.1 40000 21\r\n",
        "PROXY TCP4 10.1.2.3 127.0.0.1 70000 21\r\n",
        "PROXY TCP4 10.1.2.3\r\n",
        "PROXY UDP4 10.1.2.3 127.0.0.1 40000 21\r\n",
        "PROXY TCP4 10.1.2.3 127.0.0.1 40000 21 and what else there is, which is longer than any"
            + " header may be, by far\r\n",
        BINARY + "\u0031\u0011\0\u000c\n\u0001\u0002\u0003\u007f\0\0\u0001\u0010\0\0\u0015",
        BINARY + "\u0021\u0011\0\u0004\n\u0001\u0002\u0003",
        BINARY + "\u0021\u0011\u00ff\u00ff\n\u0001\u0002\u0003",
        BINARY + "\u0021\u0031\0\u000c\n\u0001\u0002\u0003\u007f\0\0\u0001\u0010\0\0\u0015",
        "PROXY UNKNOWN\r\n"
      })
  void whatIsNoHeaderForAClientEndsTheConnection(String header) throws IOException {
    try (RawClient client = RawClient.connect(server.address())) {
      client.say(header);
      assertThat(said(client)).isEmpty();
    }
    assertThat(server.admission.attendance().present()).isEmpty();
    assertThat(log.events("connected")).isEmpty();
  }

  private static String said(RawClient client) {
    try {
      return new String(client.socket().getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      return e instanceof SocketTimeoutException ? "nothing, without end" : "";
    }
  }

  @Test
  void aProxyThatSaysNothingIsNotAwaitedForLong() throws IOException {
    try (RawClient client = RawClient.connect(server.address())) {
      client.say("PROXY TCP4 ");
      assertThat(said(client)).isEmpty();
    }
    assertThat(log.events("proxy-header-unread")).hasSize(1);
  }

  @Test
  void aHeaderFromAnybodyElseIsNoCommand() throws IOException {
    try (RawClient client = RawClient.connectFrom("127.0.0.2", server.address())) {
      client.say("PROXY TCP4 10.1.2.3 127.0.0.1 40000 21\r\n").expect("220");
      client.expect("500");
      assertThat(server.admission.attendance().present())
          .extracting(present -> present.caller().getHostAddress())
          .containsExactly("127.0.0.2");
    }
  }

  /** Whoever speaks for a proxy stands aside until its header is read, and no longer. */
  @Test
  void aProxyMayBringMoreSessionsThanMayStandAside() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 600; i++) {
        RawClient client = RawClient.connect(server.address());
        clients.add(client);
        client.say("PROXY TCP4 10.1." + i / 250 + "." + i % 250 + " 127.0.0.1 40000 21\r\n");
        client.expect("220");
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
    server.awaitNobody();
  }
}
