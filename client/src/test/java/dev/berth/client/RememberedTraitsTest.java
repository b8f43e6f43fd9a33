package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import dev.berth.wire.NameCoding;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one run finds out, the next one knows, and corrects where it is wrong by then. */
@Timeout(60)
class RememberedTraitsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final RemotePath A = new RemotePath("/a.txt");

  private static CommandTable table() {
    return CommandTable.normal().file("/a.txt", "aaaaa").file("/b.txt", "bbbbb");
  }

  private static Finding finding(Trait trait) {
    String value =
        switch (trait) {
          case LISTING_ZONE -> "+05:30";
          case CHARSET -> "windows-1251";
          case IDLE_SECONDS -> "300";
          default -> "yes";
        };
    return new Finding(trait, value, NOW);
  }

  private static ServerTraits resume(Instant now, RememberedTraits remembered) {
    return ServerTraits.resume(remembered, InstantSource.fixed(now));
  }

  /** What a run that met this server would remember, with more that it did not meet. */
  private static RememberedTraits after(ScriptedServer server, Trait... more) throws IOException {
    try (Clients clients = Clients.of(server)) {
      clients.connect().quit(Clients.LONG);
      String mark = clients.traits().remembered().server();
      Instant now = Instant.now();
      List<Finding> findings =
          List.of(more).stream()
              .map(trait -> new Finding(trait, finding(trait).value(), now))
              .toList();
      return new RememberedTraits(mark, findings);
    }
  }

  private static List<String> verbs(ScriptedServer server) {
    return server.heard().stream().map(line -> line.split(" ", 2)[0]).toList();
  }

  @Test
  void theTextSaysAllAndIsReadAgain() {
    List<Finding> all = List.of(Trait.values()).stream().map(it -> finding(it)).toList();
    RememberedTraits full = new RememberedTraits("PURE_FTPD 1f3a", all);

    assertThat(RememberedTraits.of(full.text())).isEqualTo(full);
    assertThat(full.text())
        .startsWith("server=PURE_FTPD 1f3a\nepsv-refused=2026-11-22T12:00:00Z yes\n")
        .contains("\nlisting-zone=2026-11-22T12:00:00Z +05:30\n");
    assertThat(RememberedTraits.of("server=\nof-a-later-version=1 2\n"))
        .isEqualTo(RememberedTraits.none());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "epsv-refused=2026-11-22T12:00:00Z yes\n",
        "server=x\nepsv-refused=2026-11-22T12:00:00Z no\n",
        "server=x\nepsv-refused=yesterday yes\n",
        "server=x\nepsv-refused=+999999999-01-01T00:00:00Z yes\n",
        "server=x\nepsv-refused\0\nepsv-refused=\n",
        "server=x\nlisting-zone=2026-11-22T12:00:00Z +99:00\n",
        "server=x\ncharset=2026-11-22T12:00:00Z no charset\n",
        "server=x\nidle-seconds=2026-11-22T12:00:00Z 0\n",
        "server=x\neprt-refused=2026-11-22T12:00:00Z yes\neprt-refused=2026-11-22T12:00:00Z yes\n",
      })
  void aDamagedTextIsNotBelieved(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> RememberedTraits.of(text));
  }

  @Test
  void whatBarsAWayIsBelievedForAWeekAndNotFromATimeToCome() {
    RememberedTraits old = new RememberedTraits("x", List.of(finding(Trait.PASSIVE_IMPOSSIBLE)));

    assertThat(resume(NOW.plus(Duration.ofDays(6)), old).data().isPassiveImpossible()).isTrue();
    assertThat(resume(NOW.plus(Duration.ofDays(8)), old).data().isPassiveImpossible()).isFalse();
    assertThat(resume(NOW.minus(Duration.ofDays(8)), old).data().isPassiveImpossible()).isFalse();
  }

  /** Else who takes it away need only wait. */
  @Test
  void thatTlsWorkedIsKnownForAYear() {
    RememberedTraits old = new RememberedTraits("x", List.of(finding(Trait.TLS_WORKED)));

    assertThat(resume(NOW.plus(Duration.ofDays(360)), old).isTlsProven()).isTrue();
    assertThat(resume(NOW.plus(Duration.ofDays(370)), old).isTlsProven()).isFalse();
  }

  @Test
  void whoIsTurnedAwayWithoutTlsHasNotShownThatThereIsNone() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table().reply("PASS", "530 no\r\n"))) {
      ServerTraits traits =
          ServerTraits.resume(
              new RememberedTraits(
                  "", List.of(new Finding(Trait.TLS_WORKED, "yes", Instant.now()))),
              InstantSource.system());
      try (Clients clients = Clients.knowing(traits, server, TlsUse.OFF)) {
        clients.refused();
      }

      assertThat(traits.isTlsProven()).isTrue();
    }
  }

  @Test
  void aCharsetOfAnotherServerIsNotBelieved() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table())) {
      RememberedTraits other =
          new RememberedTraits(
              "VSFTPD 1f3a", List.of(new Finding(Trait.CHARSET, "windows-1251", Instant.now())));
      ServerTraits traits = ServerTraits.resume(other, InstantSource.system());
      assertThat(traits.names().coding()).isNotEqualTo(NameCoding.UTF_8);
      try (Clients clients = Clients.knowing(traits, server, TlsUse.OFF)) {
        clients.connect().quit(Clients.LONG);
      }

      assertThat(traits.names().coding()).isEqualTo(NameCoding.UTF_8);
    }
  }

  @Test
  void aZoneThatTheUserTellsIsNotRemembered() {
    ServerTraits traits = new ServerTraits();

    traits.listsTimesOf(ZoneId.of("+02:00"));

    assertThat(traits.zone().certain()).contains(ZoneId.of("+02:00"));
    assertThat(traits.remembered().findings()).isEmpty();
  }

  @Test
  void theNextRunDoesAtOnceWhatWorked() throws IOException {
    CommandTable table = table().reply("EPSV", "500 what?\r\n");
    try (ScriptedServer server = ScriptedServer.start(table)) {
      RememberedTraits remembered;
      try (Clients clients = Clients.of(server)) {
        assertThat(Clients.run(clients.connect().beginRetrieve(A, 0))).isEqualTo("aaaaa");
        assertThat(clients.traits().isNews()).isTrue();
        remembered = RememberedTraits.of(clients.traits().remembered().text());
      }
      ServerTraits traits = ServerTraits.resume(remembered, InstantSource.system());
      try (Clients clients = Clients.knowing(traits, server, TlsUse.OFF)) {
        assertThat(Clients.run(clients.connect().beginRetrieve(A, 0))).isEqualTo("aaaaa");
      }

      assertThat(verbs(server)).containsOnlyOnce("EPSV").filteredOn("PASV"::equals).hasSize(2);
      assertThat(traits.isNews()).isFalse();
    }
  }

  @Test
  void whatIsWrongByNowIsCorrectedAtOnceAndFailsNothing() throws IOException {
    CommandTable table = table().reply("PASV", "502 no\r\n").reply("EPRT", "502 no\r\n");
    table.reply("PORT", "500 Illegal PORT command\r\n");
    try (ScriptedServer server = ScriptedServer.start(table)) {
      ServerTraits traits =
          ServerTraits.resume(
              after(server, Trait.EXTENDED_PASSIVE_REFUSED, Trait.PASSIVE_IMPOSSIBLE),
              InstantSource.system());
      try (Clients clients = Clients.knowing(traits, server, TlsUse.OFF)) {
        assertThat(Clients.run(clients.connect().beginRetrieve(A, 0))).isEqualTo("aaaaa");
      }

      assertThat(verbs(server)).containsSubsequence("EPRT", "PORT", "EPSV", "RETR");
      assertThat(traits.data().hasExtendedPassive()).isTrue();
      assertThat(traits.data().isPassiveImpossible()).isFalse();
      assertThat(traits.isNews()).isTrue();
    }
  }

  @Test
  void onlyWhatAnEarlierRunSaidIsDoubted() throws IOException {
    CommandTable table = table().reply("EPSV", "502 no\r\n").reply("PASV", "502 no\r\n");
    table.reply("EPRT", "502 no\r\n").reply("PORT", "502 no\r\n");
    try (ScriptedServer server = ScriptedServer.start(table)) {
      ServerTraits traits =
          ServerTraits.resume(
              after(server, Trait.EXTENDED_PASSIVE_REFUSED), InstantSource.system());
      try (Clients clients = Clients.knowing(traits, server, TlsUse.OFF)) {
        FtpConnection connection = clients.connect();
        assertThatThrownBy(() -> Clients.run(connection.beginRetrieve(A, 0)))
            .isInstanceOf(ReplyException.class);
      }

      assertThat(verbs(server)).filteredOn("PASV"::equals).hasSize(2);
      assertThat(verbs(server)).containsOnlyOnce("EPSV", "EPRT", "PORT");
    }
  }

  /** TLS may be taken away by somebody on the way; who finds all out anew is no easier prey. */
  @Test
  void tlsThatWorkedInAnEarlierRunIsMissed() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table().reply("AUTH", "502 what?\r\n"))) {
      RememberedTraits remembered =
          new RememberedTraits(
              "VSFTPD 1f3a",
              List.of(
                  new Finding(Trait.TLS_WORKED, "yes", Instant.now()),
                  new Finding(Trait.PASSIVE_IMPOSSIBLE, "yes", Instant.now())));
      for (RememberedTraits each : List.of(remembered, remembered.onlyTls())) {
        ServerTraits traits = ServerTraits.resume(each, InstantSource.system());
        try (Clients clients = Clients.knowing(traits, server, TlsUse.AUTO)) {
          assertThatThrownBy(clients::open)
              .hasMessageContaining("offered TLS before and refuses it now");
        }
        assertThat(traits.isTlsProven()).isTrue();
      }

      assertThat(server.heard()).containsExactly("AUTH TLS", "AUTH TLS");
      assertThat(ServerTraits.resume(remembered.onlyTls(), InstantSource.system()))
          .matches(it -> !it.data().isPassiveImpossible());
    }
  }

  @Test
  void whoSaysThatThereIsNoTlsIsBelieved() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table().reply("AUTH", "502 what?\r\n"))) {
      ServerTraits traits =
          ServerTraits.resume(after(server, Trait.TLS_WORKED), InstantSource.system());
      try (Clients clients = Clients.knowing(traits, server, TlsUse.OFF)) {
        clients.connect().quit(Clients.LONG);
      }
      ServerTraits next = ServerTraits.resume(traits.remembered(), InstantSource.system());
      try (Clients clients = Clients.knowing(next, server, TlsUse.AUTO)) {
        clients.connect().quit(Clients.LONG);
      }

      assertThat(next.isTlsProven()).isFalse();
    }
  }

  @Test
  void anotherSoftwareIsLookedAtWithNewEyes() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table())) {
      RememberedTraits other =
          new RememberedTraits(
              "VSFTPD 1f3a",
              List.of(new Finding(Trait.EXTENDED_PASSIVE_REFUSED, "yes", Instant.now())));
      ServerTraits traits = ServerTraits.resume(other, InstantSource.system());
      try (Clients clients = Clients.knowing(traits, server, TlsUse.OFF)) {
        assertThat(Clients.run(clients.connect().beginRetrieve(A, 0))).isEqualTo("aaaaa");
      }

      assertThat(verbs(server)).contains("EPSV").doesNotContain("PASV");
      assertThat(traits.remembered().server()).isNotEqualTo(other.server());
    }
  }
}
