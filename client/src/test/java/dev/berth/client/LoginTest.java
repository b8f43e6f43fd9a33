package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Script;
import dev.berth.testkit.ScriptedServer;
import dev.berth.transport.TlsFailed;
import dev.berth.wire.Octets;
import dev.berth.wire.ProtocolException;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the greeting to a session, with servers that do not do as they should. */
@Timeout(60)
class LoginTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "220 ready\r\n",
        "220\r\n",
        "220-Welcome\r\n220-to all\r\n 220 of you\r\n220 ready\r\n",
        "120 in a minute\r\n120 soon\r\n220 ready\r\n",
        "220 bare line feed\n"
      })
  void aGreetingOfAnyShapeLeadsToASession(String greeting) throws IOException {
    try (ScriptedServer server = ScriptedServer.start(CommandTable.normal().greeting(greeting));
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThat(connection.isReusable()).isTrue();
      assertThat(connection.loginFolder().value()).isEqualTo("/");
      connection.quit(Duration.ofSeconds(5));
      assertThat(server.heard()).startsWith("USER alice", "PASS wonder").endsWith("QUIT");
    }
  }

  @Test
  void aGreetingThatDribblesIsRead() throws IOException {
    Script script =
        it -> {
          it.dribble("220-Welcome\r\n220 ready\r\n", Duration.ofMillis(1));
          CommandTable.normal().greeting("").play(it);
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        Clients clients = Clients.of(server)) {
      assertThat(clients.connect().isReusable()).isTrue();
    }
  }

  @Test
  void aServerThatNeverGreetsIsSilentAfterTheTimeout() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(it -> it.stall());
        Clients clients = Clients.impatient(server)) {
      Opening.Refused refused = clients.refused();

      assertThat(refused.phase()).isEqualTo(Phase.GREETING);
      assertThat(refused.refusal()).isInstanceOf(Refusal.Silent.class);
      assertThat(refused.refusal().words()).contains("timed out", "the greeting");
    }
  }

  @Test
  void aCloseInPlaceOfAGreetingIsSilent() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(it -> it.close());
        Clients clients = Clients.of(server)) {
      Opening.Refused refused = clients.refused();

      assertThat(refused.phase()).isEqualTo(Phase.GREETING);
      assertThat(refused.refusal()).isInstanceOf(Refusal.Silent.class);
    }
  }

  @Test
  void aServerThatOnlyEverPromisesToBeginIsLeft() throws IOException {
    Script script = it -> it.say(String.join("", Collections.nCopies(500, "120 soon\r\n"))).stall();
    try (ScriptedServer server = ScriptedServer.start(script);
        Clients clients = Clients.impatient(server)) {
      assertThat(clients.refused().phase()).isEqualTo(Phase.GREETING);
    }
  }

  @Test
  void aGreetingWithoutEndEnds() throws IOException {
    Script script =
        it -> {
          while (true) {
            it.say("220-" + "x".repeat(8000) + "\r\n");
          }
        };
    ScriptedServer server = ScriptedServer.start(script);
    try (Clients clients = Clients.of(server)) {
      assertThatThrownBy(clients::open).isInstanceOf(ProtocolException.class);
    }
    server.allowFailures();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n",
        "\0\0\0\0\r\n"
      })
  void whatDoesNotSpeakFtpIsToldAsThat(String words) throws IOException {
    try (ScriptedServer server = ScriptedServer.start(it -> it.say(words).stall());
        Clients clients = Clients.of(server)) {
      assertThatThrownBy(clients::open)
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("127.0.0.1");
      assertThat(server.heard()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "421 Too many connections (2) from this IP, Limit",
    "530 Sorry the maximum number of clients (2) from your host are already connected., Limit",
    "421 Service not available: shutting down, ShuttingDown"
  })
  void aRefusalAtTheGreetingKeepsItsWordsAndSendsNoUser(String line, String kind)
      throws IOException {
    try (ScriptedServer server = ScriptedServer.start(it -> it.say(line + "\r\n").awaitEnd());
        Clients clients = Clients.impatient(server)) {
      Opening.Refused refused = clients.refused();

      assertThat(refused.phase()).isEqualTo(Phase.GREETING);
      assertThat(refused.refusal().getClass().getSimpleName()).isEqualTo(kind);
      assertThat(refused.refusal().words()).isEqualTo(line.substring(4));
      assertThat(server.heard()).noneMatch(it -> it.startsWith("USER"));
    }
  }

  @Test
  void noPasswordIsSentToAServerThatAsksForNone() throws IOException {
    CommandTable table = CommandTable.normal().reply("USER", "230 in already\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      assertThat(clients.connect().isReusable()).isTrue();
      assertThat(server.heard()).noneMatch(it -> it.startsWith("PASS"));
    }
  }

  @Test
  void noPasswordIsSentToAServerThatAsksForAnAccount() throws IOException {
    CommandTable table = CommandTable.normal().reply("USER", "332 need account\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      Opening.Refused refused = clients.refused();

      assertThat(refused.phase()).isEqualTo(Phase.USER);
      assertThat(refused.refusal().words()).contains("332 need account", "\"account\"");
      assertThat(server.heard()).noneMatch(it -> it.startsWith("PASS"));
    }
  }

  private static UnaryOperator<ConnectSettings> account(String name) {
    return settings -> settings.with(new LoginAccount.Named(new Secret(name)));
  }

  @Test
  void factsThatListingsNeedAreAskedForWhereTheyAreLeftOut() throws IOException {
    CommandTable table =
        CommandTable.normal()
            .reply("FEAT", "211-Features:\r\n MLST type*;size;modify;perm*;unique;\r\n211 End\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      assertThat(clients.connect().isReusable()).isTrue();
      assertThat(server.heard()).contains("OPTS MLST type;size;modify;perm;");
    }
  }

  @Test
  void anAccountIsToldBehindThePassword() throws IOException {
    CommandTable table =
        CommandTable.normal().reply("PASS", "332 need account\r\n").reply("ACCT", "230 in\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, account("green"))) {
      assertThat(clients.connect().isReusable()).isTrue();
      assertThat(server.heard()).startsWith("USER alice", "PASS wonder", "ACCT green", "FEAT");
    }
  }

  @Test
  void anAccountMayBeAskedForBeforeThePassword() throws IOException {
    CommandTable table =
        CommandTable.normal()
            .reply("USER", "332 need account\r\n")
            .reply("ACCT", "331 now the password\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, account("green"))) {
      assertThat(clients.connect().isReusable()).isTrue();
      assertThat(server.heard()).startsWith("USER alice", "ACCT green", "PASS wonder", "FEAT");
    }
  }

  @Test
  void anAccountIsToldToNobodyWhoDoesNotAsk() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(CommandTable.normal());
        Clients clients = Clients.with(server, account("green"))) {
      assertThat(clients.connect().isReusable()).isTrue();
      assertThat(server.heard()).noneMatch(it -> it.startsWith("ACCT"));
    }
  }

  @Test
  void aWrongAccountIsTriedOnce() throws IOException {
    CommandTable table =
        CommandTable.normal()
            .reply("PASS", "332 need account\r\n")
            .reply("ACCT", "530 Login incorrect.\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, account("red"))) {
      Opening.Refused refused = clients.refused();

      assertThat(refused.refusal()).isInstanceOf(Refusal.LoginFailure.class);
      assertThat(server.heard()).containsOnlyOnce("ACCT red");
    }
  }

  private static UnaryOperator<ConnectSettings> virtualHost(String name) {
    return settings -> settings.with(new VirtualHost.Named(name));
  }

  @Test
  void tlsThatWasThereBeforeIsMissed() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    CommandTable table =
        CommandTable.normal()
            .answer(
                "AUTH",
                (it, mechanism) -> {
                  if (asked.incrementAndGet() == 1) {
                    it.say("234 ok\r\n").startTls();
                  } else {
                    it.say("502 what?\r\n");
                  }
                })
            .reply("PBSZ", "200 ok\r\n")
            .reply("PROT", "200 ok\r\n");
    ScriptedServer server = ScriptedServer.start(table);
    try (Clients clients = Clients.with(server, TlsUse.AUTO, Clients.LONG, it -> it)) {
      clients.connect();

      assertThatThrownBy(clients::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("offered TLS before and refuses it now");
      assertThat(server.conversations().getLast().heard()).containsExactly("AUTH TLS");
    }
    server.allowFailures();
    server.close();
  }

  private static CommandTable withTlsOnSecondAttempt(AtomicInteger attempts) {
    return CommandTable.normal()
        .answer(
            "AUTH",
            (it, mechanism) -> {
              it.say("234 ok\r\n");
              if (attempts.incrementAndGet() == 1) {
                it.say(new byte[] {21, 3, 3, 0, 2, 2, 70}).awaitEnd(); // alert: protocol_version
              } else {
                it.startTls();
              }
            })
        .reply("PBSZ", "200 ok\r\n")
        .reply("PROT", "200 ok\r\n");
  }

  /** That an earlier run went on with TLS 1.2 must not bar a server that has it no longer. */
  @Test
  void whereOnlyTls12WasOfferedAsRememberedMoreIsOfferedNext() throws IOException {
    AtomicInteger attempts = new AtomicInteger();
    ServerTraits traits =
        ServerTraits.resume(
            new RememberedTraits("", List.of(new Finding(Trait.ONLY_TLS_12, "yes", Instant.now()))),
            InstantSource.system());
    ScriptedServer server = ScriptedServer.start(withTlsOnSecondAttempt(attempts));
    try (Clients clients = Clients.knowing(traits, server, TlsUse.REQUIRED)) {
      FtpConnection connection = clients.connect();

      assertThat(connection.isReusable()).isTrue();
      assertThat(traits.isTls12Only()).isFalse();
      assertThat(attempts).hasValue(2);
      assertThat(server.heard()).containsOnlyOnce("PASS wonder");
    }
    server.allowFailures();
    server.close();
  }

  @Test
  void whereAllWasOfferedAFailedHandshakeIsTheEnd() throws IOException {
    AtomicInteger attempts = new AtomicInteger();
    ScriptedServer server = ScriptedServer.start(withTlsOnSecondAttempt(attempts));
    try (Clients clients = Clients.with(server, TlsUse.REQUIRED, Clients.LONG, it -> it)) {
      assertThatThrownBy(clients::open).isInstanceOf(TlsFailed.class);

      assertThat(attempts).hasValue(1);
    }
    server.allowFailures();
    server.close();
  }

  @Test
  void aVirtualHostIsChosenBeforeTlsAndTheUser() throws IOException {
    CommandTable table =
        CommandTable.normal().reply("HOST", "220 welcome to it\r\n").reply("AUTH", "502 no\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients =
            Clients.with(server, TlsUse.AUTO, Clients.LONG, virtualHost("ftp.example.com"))) {
      assertThat(clients.connect().isReusable()).isTrue();
      assertThat(server.heard()).startsWith("HOST ftp.example.com", "AUTH TLS", "USER alice");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"502 what?", "504 no such host"})
  void noPasswordGoesToAnotherHostThanTheOneMeant(String answer) throws IOException {
    CommandTable table = CommandTable.normal().reply("HOST", answer + "\r\n");
    ScriptedServer server = ScriptedServer.start(table);
    try (Clients clients = Clients.with(server, virtualHost("ftp.example.com"))) {
      assertThatThrownBy(clients::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ftp.example.com")
          .hasMessageContaining(answer);
      assertThat(server.heard()).containsExactly("HOST ftp.example.com");
    }
    server.allowFailures();
    server.close();
  }

  /** Measured: ProFTPD 1.3.8 takes two for one, vsftpd 3.0.3 and Pure-FTPd 1.0.50 do not. */
  @ParameterizedTest
  @CsvSource({
    "220 ProFTPD Server (test) [127.0.0.1], 2",
    "220 hello, 2",
    "220 (vsFTPd 3.0.3), 1",
    "220 Welcome to Pure-FTPd, 1"
  })
  void octet255IsDoubledWhereTheServerKnowsTelnet(String greeting, int times) throws IOException {
    CommandTable table =
        CommandTable.normal().greeting(greeting + "\r\n").reply("DELE", "250 ok\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      byte[] name = {'/', 'a', (byte) 0xFF};

      clients.connect().delete(new RemotePath(Octets.toText(name)));

      assertThat(server.heard()).endsWith("DELE /a" + "\u00ff".repeat(times));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "530 Login incorrect., LoginFailure",
    "530 Sorry the maximum number of clients (2) from your host are already connected., Limit",
    "530 Hm, LoginFailure",
    "332 need account, Denied",
    "421 Too many users, Limit"
  })
  void aRefusedPasswordIsSentOnceAndTheServerLeftInOrder(String line, String kind)
      throws IOException {
    CommandTable table = CommandTable.normal().reply("PASS", line + "\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.impatient(server)) {
      Opening.Refused refused = clients.refused();

      assertThat(refused.phase()).isEqualTo(Phase.PASS);
      assertThat(refused.refusal().getClass().getSimpleName()).isEqualTo(kind);
      assertThat(server.heard()).filteredOn(it -> it.startsWith("PASS")).hasSize(1);
    }
  }

  @Test
  void aCloseBehindAWrongPasswordKeepsTheWords() throws IOException {
    CommandTable table =
        CommandTable.normal()
            .answer("PASS", (it, argument) -> it.say("530 Login incorrect.\r\n").close());
    ScriptedServer server = ScriptedServer.start(table);
    try (Clients clients = Clients.of(server)) {
      assertThat(clients.refused().refusal()).isInstanceOf(Refusal.LoginFailure.class);
    }
    server.allowFailures();
    server.close();
  }

  @Test
  void aCloseInPlaceOfAReplyToThePasswordIsSilent() throws IOException {
    CommandTable table = CommandTable.normal().answer("PASS", (it, argument) -> it.reset());
    ScriptedServer server = ScriptedServer.start(table);
    try (Clients clients = Clients.of(server)) {
      Opening.Refused refused = clients.refused();

      assertThat(refused.phase()).isEqualTo(Phase.PASS);
      assertThat(refused.refusal()).isInstanceOf(Refusal.Silent.class);
    }
    server.allowFailures();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"USER", "FEAT", "OPTS", "TYPE", "PWD"})
  void aServerThatEndsWhileLoggingInIsARefusalWithItsWords(String verb) throws IOException {
    String line = "421 Too many connections (2) from this IP";
    CommandTable table =
        CommandTable.normal().answer(verb, (it, argument) -> it.say(line + "\r\n").close());
    ScriptedServer server = ScriptedServer.start(table);
    try (Clients clients = Clients.of(server)) {
      Opening.Refused refused = clients.refused();

      assertThat(refused.phase()).isEqualTo(verb.equals("USER") ? Phase.USER : Phase.SESSION);
      assertThat(refused.refusal()).isInstanceOf(Refusal.Limit.class);
      assertThat(refused.refusal().words()).isEqualTo(line.substring(4));
    }
    server.allowFailures();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"FEAT, 500 unknown", "FEAT, 211 none", "OPTS, 501 no", "SYST, 500 no"})
  void whatAServerNeedNotHaveIsNotMissed(String verb, String line) throws IOException {
    CommandTable table = CommandTable.normal().reply(verb, line + "\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      assertThat(clients.connect().isReusable()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "257 \"/home/alice\" is current, /home/alice",
        "257 \"/a \"\"b\"\" c\" is current, /a \"b\" c",
        "257 \"C:\\\\ftp\" is current, /",
        "550 no idea, /",
        "502 not implemented, /"
      })
  void theLoginFolderIsReadOrTheRoot(String line, String folder) throws IOException {
    CommandTable table = CommandTable.normal().reply("PWD", line + "\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      assertThat(clients.connect().loginFolder().value()).isEqualTo(folder);
    }
  }

  @Test
  void aServerWithoutBinaryTypeIsOfNoUse() throws IOException {
    CommandTable table = CommandTable.normal().reply("TYPE", "504 not for that parameter\r\n");
    ScriptedServer server = ScriptedServer.start(table);
    try (Clients clients = Clients.of(server)) {
      assertThatThrownBy(clients::open)
          .isInstanceOf(ReplyException.class)
          .hasMessage("TYPE I was answered 504 not for that parameter");
    }
    server.allowFailures();
    server.close();
  }

  @Test
  void nobodyListeningIsUnreachable() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    try (Clients clients = Clients.ofPort(port)) {
      assertThat(clients.open()).isInstanceOf(Opening.Unreachable.class);
    }
  }

  @Test
  void aLoginShowsItsPasswordNowhere() {
    assertThat(Clients.LOGIN.toString()).contains("alice").doesNotContain("wonder");
    assertThatThrownBy(() -> new Secret("won\r\nder"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("won");
  }
}
