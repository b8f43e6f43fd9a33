package dev.berth.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.Policy;
import dev.berth.admission.Rules;
import dev.berth.admission.Treatment;
import dev.berth.server.FileSettings;
import dev.berth.server.Permission;
import dev.berth.session.ListenerSettings.TlsUse;
import dev.berth.session.Timers;
import dev.berth.settings.TomlFile;
import dev.berth.transport.ActivePort;
import dev.berth.transport.LocalPorts;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerFileTest {
  private static ServerSettings read(String text) throws FaultySettings {
    return ServerFile.of(TomlFile.of(Path.of("/s.toml"), text), Homes.UNSEEN);
  }

  private static FaultySettings faultsOf(String text) {
    return catchThrowableOfType(FaultySettings.class, () -> read(text));
  }

  @Test
  void emptyFileServesThePortOfFtpAsUsual() throws Exception {
    ServerSettings settings = read("");

    assertThat(settings.reception().listeners())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.name()).isEqualTo("ftp");
          assertThat(it.settings().address().getPort()).isEqualTo(21);
          assertThat(it.tls()).isEqualTo(TlsUse.OFFERED);
        });
    assertThat(settings.reception().tls()).isEqualTo(new TlsChoice.None());
    assertThat(settings.reception().rules()).isEqualTo(Rules.standard());
    assertThat(settings.files()).isEqualTo(FileSettings.USUAL);
    assertThat(settings.reception().front().timers()).isEqualTo(Timers.usual());
    assertThat(settings.accounts().usersFiles()).containsExactly(Path.of("/etc/berth/users.toml"));
    assertThat(settings.reception().drain()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void everySettingArrives() throws Exception {
    ServerSettings settings =
        read(
            """
            greeting = "Hello"
            hosts = ["FTP.example.com"]
            list-zone = "Europe/Berlin"
            drain = "5m"
            pid-file = "/run/berth.pid"
            [listener.public]
            address = "[::]:21"
            tls = "required"
            proxies = ["10.0.0.0/8"]
            [listener.systemd]
            address = "inherited"
            [tls]
            certificate = "/c.pem"
            versions = ["1.3"]
            [timers]
            idle = "2m"
            session = "never"
            [data]
            ports = "50000-50999"
            passive-address = "203.0.113.7"
            foreign = ["192.0.2.0/24"]
            active-port = 20
            session-reuse = false
            close-notify = false
            [limits]
            retry-after = "10s"
            ipv6-prefix = 56
            [limits.connections]
            prefix = 4
            account = { most = 3, policy = "queue", wait = "20s", waiting = 5 }
            server = "unlimited"
            [limits.transfers]
            prefix = 2
            [limits.pacing]
            free = 1
            [[network]]
            addresses = ["198.51.100.0/24", "2001:db8::/32"]
            connections = { prefix = 200 }
            [[network]]
            addresses = "127.0.0.1"
            exempt = true
            [login-failures]
            ban-after = 5
            waiting = 10
            [files]
            links = "hide"
            sync = "always"
            part-life = "2d"
            [accounts]
            file = "/users.toml"
            [anonymous]
            home = "/srv/pub"
            """);

    assertThat(settings.reception().front().greeting()).isEqualTo("Hello");
    assertThat(settings.reception().front().hosts()).containsExactly("ftp.example.com");
    assertThat(settings.reception().front().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(settings.reception().pidFile()).isEqualTo(new PidFile.At(Path.of("/run/berth.pid")));
    assertThat(settings.reception().listeners())
        .extracting(Listener::name, Listener::tls)
        .contains(
            org.assertj.core.groups.Tuple.tuple("public", TlsUse.REQUIRED),
            org.assertj.core.groups.Tuple.tuple("systemd", TlsUse.OFFERED));
    assertThat(settings.reception().listeners().getFirst().settings().proxies())
        .accepts(InetAddress.ofLiteral("10.1.2.3"))
        .rejects(InetAddress.ofLiteral("11.1.2.3"));
    assertThat(settings.reception().front().timers().idle()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.reception().front().timers().session()).isEqualTo(Timers.NEVER);
    assertThat(settings.reception().front().data().ports())
        .isEqualTo(new LocalPorts.Range(50_000, 50_999));
    assertThat(
            settings
                .reception()
                .front()
                .data()
                .shownAddress()
                .apply(InetAddress.ofLiteral("10.0.0.1")))
        .contains(InetAddress.ofLiteral("203.0.113.7"));
    assertThat(settings.reception().front().data().activePort())
        .isEqualTo(new ActivePort.Fixed(20));
    assertThat(settings.reception().front().data().sessionReuse()).isFalse();
    assertThat(settings.reception().rules().prefixes().ipv6()).isEqualTo(56);
    assertThat(settings.reception().rules().connections())
        .containsEntry(
            LimitScope.PREFIX, new Limit(4, new Policy.ReplaceIdle(Duration.ofSeconds(10), 1)))
        .containsEntry(
            LimitScope.ACCOUNT, new Limit(3, new Policy.Queue(Duration.ofSeconds(20), 5)))
        .doesNotContainKey(LimitScope.SERVER);
    assertThat(settings.reception().rules().transfers())
        .containsEntry(LimitScope.PREFIX, Limit.refusing(2));
    assertThat(settings.reception().rules().listed())
        .extracting(Rules.Listed::treatment)
        .hasSize(3)
        .contains(new Treatment.Exempt());
    assertThat(settings.reception().guard().failures()).isEqualTo(5);
    assertThat(settings.reception().guard().exempt()).hasSize(1);
    assertThat(settings.reception().rules().detention()).isEqualTo(new Rules.Detention(10, 10));
    assertThat(settings.files().partLife()).isEqualTo(Duration.ofDays(2));
    assertThat(settings.accounts().others())
        .singleElement()
        .satisfies(it -> assertThat(it.access().permissions()).isEqualTo(Permission.READ_ONLY));
  }

  @Test
  void addressShownCanDependOnOurOwn() throws Exception {
    ServerSettings settings =
        read("[data]\npassive-address = { \"10.0.0.5\" = \"203.0.113.7\" }\n");

    var shown = settings.reception().front().data().shownAddress();
    assertThat(shown.apply(InetAddress.ofLiteral("10.0.0.5")))
        .contains(InetAddress.ofLiteral("203.0.113.7"));
    assertThat(shown.apply(InetAddress.ofLiteral("192.168.0.5"))).isEmpty();
  }

  @Test
  void allFaultsAreReportedAtOnceInTheOrderOfTheFile() {
    FaultySettings faults =
        faultsOf("greting = \"x\"\ndrain = \"soon\"\n[timers]\nidle = 0\nno-tranfer = \"5m\"\n");

    assertThat(faults.faults())
        .containsExactly(
            "/s.toml:1: greting is no key; did you mean greeting?",
            "/s.toml:2: drain = soon: not a duration; write 30s, 5m or 1h30m",
            "/s.toml:4: timers.idle = 0: has to be longer than nothing",
            "/s.toml:5: timers.no-tranfer is no key; did you mean no-transfer?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [listener.a]                                        | :1: listener.a needs address
          [listener.a]\\naddress = "127.0.0.1"                | :2: listener.a.address = 127.0.0.1: not HOST:PORT
          [listener.a]\\naddress = "h:21"                     | not an address like
          [listener.a]\\naddress = "[::1]:99999"              | not HOST:PORT
          [listener.a]\\naddress = "[::1]:21"\\ntls = "require" | did you mean required?
          [listener.a]\\naddress = "[::1]:21"\\ntls = "implicit" | :3: listener.a.tls needs a certificate
          [listener]\\na = 21                                 | :2: listener.a is a table of its own: [listener.NAME]
          listener = "x"                                      | listener is a table: [listener]
          [tls]                                               | :1: tls needs one of certificate
          [tls]\\nself-signed = true\\ncertificate = "/c"     | tls needs one of
          [tls]\\npkcs12 = "/c"                               | needs password-file
          [tls]\\nself-signed = "yes"                         | is true or false, without quotes
          [tls]\\nself-signed = true\\nversions = ["1.1"]     | none of 1.2, 1.3
          [data]\\nports = "100-200"                          | not ports from 1024 to 65535
          [data]\\nforeign = [1]                              | :2: data.foreign = 1
          [limits]\\nipv4-prefix = 40                         | :2: limits.ipv4-prefix = 40: not from 8 to 32
          [limits.connections]\\nprefix = 0                   | :2: limits.connections.prefix = 0: not from 1 to 1000000
          [limits.connections]\\nacount = 3                   | did you mean account?
          [limits.connections]\\nserver = { most = 3, policy = "replace-idle" } | :2: limits.connections.server.policy = replace-idle: none of refuse, queue
          [limits.transfers]\\nprefix = { most = 3, policy = "replace-idle" }   | none of refuse, queue
          [limits.connections]\\nprefix = { policy = "refuse" } | needs most = N
          [limits.connections]\\nprefix = { most = 3, wait = "1s" } | wait is no key; keys are most, policy
          [limits.pacing]\\nlongest = "100ms"                 | :2: limits.pacing.longest: longest must not be shorter than first
          [limits.pacing]\\nlongest = "60s"                   | longer than 30s
          [login-failures]\\nfirst-delay = "5s"               | :2: login-failures.first-delay: longest-delay must not be
          [login-failures]\\nwaiting = 5\\nwaiting-of-prefix = 9 | not from 1 to 5
          [[network]]                                         | network needs addresses
          [[network]]\\naddresses = "10.0.0.1/8"              | :2: network.addresses = 10.0.0.1/8
          [[network]]\\naddresses = "10.0.0.0/8"\\nexempt = true\\nconnections = { prefix = 3 } | :3: network.exempt = true: who is exempt
          [network]\\naddresses = "10.0.0.0/8"                | network is an array of tables: [[network]]
          [files]\\nsync = "often"                            | none of always, at-keep, never
          [anonymous]                                         | anonymous needs home
          [accounts]\\nfile = "users.toml"                    | not a whole pathname
          greeting = 5 = 6                                    | :1:
          """)
  void faultNamesLineKeyAndValue(String text, String fault) {
    FaultySettings faults = faultsOf(text.replace("\\n", "\n"));

    assertThat(faults.faults()).singleElement().asString().contains(fault);
  }

  @Test
  void faultyFileGivesNoSettings() {
    assertThatThrownBy(() -> read("x = 1")).isInstanceOf(FaultySettings.class);
  }
}
