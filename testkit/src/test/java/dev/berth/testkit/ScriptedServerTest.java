package dev.berth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ScriptedServerTest {
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

  @Test
  void saysAndExpectsLiteralBytes() throws IOException {
    Script script = it -> it.say("220-a\n220 b\r\n").expect("USER x").say("331\r\n").close();
    try (ScriptedServer server = ScriptedServer.start(script);
        PeerClient client = PeerClient.connect(server.address())) {
      assertThat(client.reply()).isEqualTo("220 b");
      assertThat(client.send("USER x\r\n").line()).isEqualTo("331");
      assertThat(client.line()).isEqualTo("(closed)");
      assertThat(server.heard()).containsExactly("USER x");
    }
  }

  @Test
  void aLineThatWasNotExpectedFailsTheTestAtClose() throws IOException {
    ScriptedServer server = ScriptedServer.start(it -> it.expect("USER a"));
    try (PeerClient client = PeerClient.connect(server.address())) {
      assertThat(client.send("USER b\r\n").line()).isEqualTo("(closed)");
    }

    assertThatThrownBy(server::close)
        .isInstanceOf(AssertionError.class)
        .hasStackTraceContaining("expected \"USER a\", heard \"USER b\"");
  }

  @Test
  void aFailureThatIsAllowedMayComeLate() throws IOException {
    ScriptedServer server = ScriptedServer.start(it -> it.expect("USER a"));
    try (PeerClient client = PeerClient.connect(server.address())) {
      server.allowFailures();

      assertThat(client.send("USER b\r\n").line()).isEqualTo("(closed)");
    }

    assertThatCode(server::close).doesNotThrowAnyException();
  }

  @Test
  void dribblesOneByteAtATime() throws IOException {
    Script script = it -> it.dribble("220 hi\r\n", Duration.ofMillis(10)).awaitEnd();
    try (ScriptedServer server = ScriptedServer.start(script);
        PeerClient client = PeerClient.connect(server.address())) {
      long start = System.nanoTime();
      assertThat(client.line()).isEqualTo("220 hi");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(50));
    }
  }

  @Test
  void aStalledConnectionEndsWithTheServer() throws IOException {
    ScriptedServer server = ScriptedServer.start(it -> it.say("220 hi\r\n").stall());
    try (PeerClient client = PeerClient.connect(server.address())) {
      assertThat(client.line()).isEqualTo("220 hi");
      client.socket().setSoTimeout(50);
      assertThatThrownBy(client::line).isInstanceOf(SocketTimeoutException.class);

      server.close();

      assertThat(client.line()).isEqualTo("(closed)");
    }
  }

  @Test
  void halfClosesAndGoesOnReading() throws IOException {
    try (ScriptedServer server =
            ScriptedServer.start(it -> it.say("221 bye\r\n").halfClose().expect("late"));
        PeerClient client = PeerClient.connect(server.address())) {
      assertThat(client.line()).isEqualTo("221 bye");
      assertThat(client.line()).isEqualTo("(closed)");
      client.send("late\r\n");
      Await.until(Duration.ofSeconds(5), "late line heard", () -> server.heard().contains("late"));
    }
  }

  @Test
  void resetsTheConnection() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(it -> it.expectAny().reset());
        PeerClient client = PeerClient.connect(server.address())) {
      client.send("NOOP\r\n");
      assertThatThrownBy(client::line).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void speaksTlsWhenTold() throws Exception {
    Script script = it -> it.expect("AUTH TLS").say("234 ok\r\n").startTls().say("200 in\r\n");
    try (ScriptedServer server = ScriptedServer.start(script);
        PeerClient client = PeerClient.connect(server.address())) {
      assertThat(client.command("AUTH TLS")).isEqualTo("234 ok");
      assertThat(client.startTls(ServerTls.certificate()).line()).isEqualTo("200 in");
    }
  }

  @Test
  void dataConnectionsSendReceiveResetAndStall() throws IOException {
    Script script =
        it -> {
          it.sayExtendedPassive().sendData(HELLO).sayExtendedPassive();
          it.say("got " + new String(it.receiveData(), StandardCharsets.US_ASCII) + "\r\n");
          it.sayExtendedPassive().resetData(HELLO).sayExtendedPassive().stallData(HELLO).stall();
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        PeerClient client = PeerClient.connect(server.address())) {
      try (Socket data = data(client.line())) {
        assertThat(data.getInputStream().readAllBytes()).isEqualTo(HELLO);
      }
      try (Socket data = data(client.line())) {
        data.getOutputStream().write(HELLO);
      }
      assertThat(client.line()).isEqualTo("got hello");
      try (Socket data = data(client.line())) {
        assertThat(data.getInputStream().readNBytes(5)).isEqualTo(HELLO);
        assertThatThrownBy(() -> data.getInputStream().read()).isInstanceOf(SocketException.class);
      }
      try (Socket data = data(client.line())) {
        assertThat(data.getInputStream().readNBytes(5)).isEqualTo(HELLO);
        data.setSoTimeout(50);
        assertThatThrownBy(() -> data.getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class);
      }
    }
  }

  @Test
  void aPassivePortCanBeALie() throws IOException {
    Script script =
        it -> {
          int port = it.openPassive();
          it.closePassive().say("229 (|||" + port + "|)\r\n").sayPassive("10,9,8,7");
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        PeerClient client = PeerClient.connect(server.address())) {
      String first = client.line();
      assertThatThrownBy(() -> data(first)).isInstanceOf(ConnectException.class);
      assertThat(client.line()).startsWith("227 Entering Passive Mode (10,9,8,7,");
    }
  }

  @Test
  void aCommandTableHoldsASessionAndLiesWhereTold() throws IOException {
    CommandTable table =
        CommandTable.normal()
            .file("/a/b.txt", "hello")
            .reply("SIZE", "213 7\r\n")
            .cutRetrieveAfter(3);
    try (ScriptedServer server = ScriptedServer.start(table);
        PeerClient client = PeerClient.connect(server.address())) {
      assertThat(client.logIn()).isEqualTo("230 logged in");
      assertThat(client.command("SIZE /a/b.txt")).isEqualTo("213 7");
      try (Socket data = data(client.command("EPSV"))) {
        assertThat(client.command("RETR /a/b.txt")).startsWith("150");
        assertThat(data.getInputStream().readAllBytes()).asString().isEqualTo("hel");
      }
      assertThat(client.line()).startsWith("426");
      try (Socket data = data(client.command("EPSV"))) {
        assertThat(client.command("MLSD a")).startsWith("150");
        assertThat(data.getInputStream().readAllBytes())
            .asString()
            .isEqualTo("type=file;size=5;modify=20260102030405; b.txt\r\n");
      }
      assertThat(client.line()).startsWith("226");
      assertThat(client.command("QUIT")).startsWith("221");
      assertThat(client.line()).isEqualTo("(closed)");
    }
  }

  @Test
  void aCommandTableTakesUploadsAndRenames() throws IOException {
    CommandTable table = CommandTable.normal();
    try (ScriptedServer server = ScriptedServer.start(table);
        PeerClient client = PeerClient.connect(server.address())) {
      assertThat(client.logIn()).startsWith("230");
      try (Socket data = data(client.command("EPSV"))) {
        assertThat(client.command("STOR x.part")).startsWith("150");
        data.getOutputStream().write(HELLO);
      }
      assertThat(client.line()).startsWith("226");
      assertThat(client.command("RNFR x.part")).startsWith("350");
      assertThat(client.command("RNTO x")).startsWith("250");
      assertThat(table.files()).containsOnlyKeys("/x");
      assertThat(table.files().get("/x")).isEqualTo(HELLO);
    }
  }

  @Test
  void aCommandTableRefusesOverItsLimitWithOrWithoutAWord() throws IOException {
    for (String words : new String[] {"421 Too many connections (1) from this IP\r\n", ""}) {
      try (ScriptedServer server =
              ScriptedServer.start(CommandTable.normal().refuseAbove(1, words));
          PeerClient first = PeerClient.connect(server.address())) {
        assertThat(first.logIn()).startsWith("230");
        try (PeerClient second = PeerClient.connect(server.address())) {
          assertThat(second.line()).isEqualTo(words.isEmpty() ? "(closed)" : words.strip());
        }
        assertThat(server.mostAtOnce()).isEqualTo(2);
      }
    }
  }

  private static Socket data(String reply) throws IOException {
    Matcher port = Pattern.compile("\\|\\|\\|(\\d+)\\|").matcher(reply);
    assertThat(port.find()).as(reply).isTrue();
    Socket socket = new Socket();
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1))),
        5000);
    socket.setSoTimeout(5000);
    return socket;
  }
}
