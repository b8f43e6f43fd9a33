package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.ServerHabits;
import dev.berth.dialects.ServerHabits.Pipelining;
import dev.berth.dialects.ServerSoftware;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.PeerSettings.TlsReuse;
import dev.berth.testkit.PeersOrSkip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a probe finds out about real servers is what they are set up to be, and costs one refusal.
 */
@ExtendWith(PeersOrSkip.class)
final class ProbeTest {
  private static final String CONTENT = "some bytes for a probe\n".repeat(1000);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void findsTheLimitWithOneRefusalAndTheHabitsThatWeKnow(PeerKind kind) throws IOException {
    try (Server server = started(kind, PeerSettings.plain().perAddress(2))) {
      Run run = Berth.in(folder).run("probe", "--json", server.url("")).ended(0);
      server.tap().awaitAllEnded(Duration.ofSeconds(5));

      Map<?, ?> limit = map(run.summary().get("limit"));
      assertThat(limit.get("worked")).as(run::toString).isEqualTo(number(2));
      assertThat(limit.get("limit")).as(run::toString).isEqualTo(number(2));
      assertThat(limit.get("end")).isEqualTo("refused");
      assertThat(limit.get("counts"))
          .isEqualTo(kind == PeerKind.APACHE ? null : "address"); // "Maximum login limit": whose?
      assertThat(server.tap().refused()).as("refusals at the wire").isEqualTo(1);
      assertThat(server.tap().mostAdmittedAtOnce()).isLessThanOrEqualTo(2);
      assertThat(works(run, "epsv")).isEqualTo(true);
      assertThat(works(run, "pasv")).isEqualTo(true);
      assertThat(works(run, "rest")).isEqualTo(true);
      assertThat(works(run, "mlsd")).isEqualTo(kind != PeerKind.VSFTPD);
      assertHabits(kind, run);
      assertThat(files(server)).containsExactly("small.txt");
    }
  }

  /** What was measured is never less than what the client relies on. */
  private static void assertHabits(PeerKind kind, Run run) {
    Pipelining known = ServerHabits.of(software(kind)).pipelining();
    Object pair = works(run, "pipeliningPair");
    Object ahead = works(run, "pipeliningAhead");
    assertThat(pair).as("%s takes pairs\n%s", kind, run).isEqualTo(known != Pipelining.NONE);
    if (known == Pipelining.AHEAD || kind == PeerKind.PYFTPDLIB) {
      assertThat(ahead).as("%s, next pairs\n%s", kind, run).isEqualTo(known == Pipelining.AHEAD);
    }
    // ProFTPD takes them in plain text only, Pure-FTPd and Apache FtpServer now and then.
  }

  private static ServerSoftware software(PeerKind kind) {
    return switch (kind) {
      case VSFTPD -> ServerSoftware.VSFTPD;
      case PROFTPD -> ServerSoftware.PROFTPD;
      case PURE_FTPD -> ServerSoftware.PURE_FTPD;
      case PYFTPDLIB -> ServerSoftware.PYFTPDLIB;
      case APACHE -> ServerSoftware.APACHE_FTPSERVER;
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"VSFTPD", "PROFTPD"})
  void tellsThatDataConnectionsHaveToResumeTheirTlsSession(PeerKind kind) throws IOException {
    PeerSettings settings =
        PeerSettings.plain().tls(PeerSettings.Tls.EXPLICIT).tlsReuse(TlsReuse.DEMANDED);
    try (Server server = started(kind, settings)) {
      Run run =
          Berth.in(folder)
              .run("probe", "--json", "--quick", "--tls-trust=any", server.url(""))
              .ended(0);

      assertThat(works(run, "tls")).isEqualTo(true);
      assertThat(works(run, "tlsResumed")).as(run::toString).isEqualTo(true);
      assertThat(works(run, "tlsResumptionRequired")).as(run::toString).isEqualTo(true);
      assertThat(map(fact(run, "certificateFingerprint")).get("value").toString())
          .startsWith("sha256:");
    }
  }

  @Test
  void writesOnlyWhenAskedToAndTellsWhatChangedSince() throws IOException {
    Berth berth = Berth.in(folder);
    try (Server server = started(PeerKind.PROFTPD, PeerSettings.plain())) {
      Run first = berth.run("probe", "--json", "--write", "--quick", server.url("")).ended(0);
      assertThat(works(first, "stor")).isEqualTo(true);
      assertThat(works(first, "mfmt")).isEqualTo(true);
      assertThat(files(server)).containsExactly("small.txt");
      assertThat(server.tap().commands("DELE")).isEqualTo(1);

      Path remembered = remembered();
      String before = Files.readString(remembered).replace("mlsd=yes", "mlsd=no");
      Files.writeString(remembered, before);
      Run second = berth.run("probe", "--quick", server.url("")).ended(0);

      assertThat(second.out()).contains("mlsd: yes, was no");
      assertThat(server.tap().commands("DELE")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsThatThereIsNoSuchFolder(PeerKind kind) throws IOException {
    try (Server server = started(kind, PeerSettings.plain())) {
      Run run = Berth.in(folder).run("probe", "--quick", server.url("nowhere/")).ended(3);

      assertThat(run.err()).contains("there is nothing at ").contains("nowhere");
    }
  }

  private Path remembered() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(it -> it.toString().endsWith(".profile")).findFirst().orElseThrow();
    }
  }

  private static Server started(PeerKind kind, PeerSettings settings) throws IOException {
    Server server = Server.start(kind, settings);
    Files.writeString(server.root().resolve("small.txt"), CONTENT);
    server.peer().own();
    return server;
  }

  private static Object fact(Run run, String key) {
    return map(run.summary().get("facts")).get(key);
  }

  private static Object works(Run run, String key) {
    return map(fact(run, key)).get("works");
  }

  private static Map<?, ?> map(Object value) {
    return (Map<?, ?>) value;
  }

  private static Object number(long value) {
    return value;
  }

  private static String[] files(Server server) {
    String[] names = server.root().toFile().list();
    return names == null ? new String[0] : names;
  }
}
