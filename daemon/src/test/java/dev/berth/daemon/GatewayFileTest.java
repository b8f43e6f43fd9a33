package dev.berth.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.Network;
import dev.berth.client.ConnectSettings;
import dev.berth.client.DataMode;
import dev.berth.client.DataSettings;
import dev.berth.client.Login;
import dev.berth.client.LoginAccount;
import dev.berth.client.Secret;
import dev.berth.client.TlsUse;
import dev.berth.client.VirtualHost;
import dev.berth.gateway.ClientSettings;
import dev.berth.gateway.GatewaySettings;
import dev.berth.gateway.Logins;
import dev.berth.gateway.Spooling;
import dev.berth.gateway.TurnSettings;
import dev.berth.gateway.UpstreamSettings;
import dev.berth.gateway.UpstreamSettings.Pooling;
import dev.berth.limits.LimitSettings;
import dev.berth.settings.TomlFile;
import dev.berth.transport.LocalPorts;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GatewayFileTest {
  private static final String LEAST =
      """
      listen = "127.0.0.1:2121"
      [[upstream]]
      name = "acme"
      address = "ftp.example.com:21"
      limit = "auto"
      default = true
      """;

  private static GatewayContent read(String text) throws FaultySettings {
    return GatewayFile.of(TomlFile.of(Path.of("/g.toml"), text));
  }

  private static List<String> faultsOf(String text) {
    return catchThrowableOfType(FaultySettings.class, () -> read(text)).faults();
  }

  @Test
  void operatorsAskOnAFreePortUnlessAnotherIsSetOrNone() throws Exception {
    assertThat(read(LEAST).admin()).isEqualTo(Admin.usual());
    assertThat(read("admin = \"off\"\n" + LEAST).admin()).isEqualTo(new Admin.Off());
    assertThat(read("admin = \"[::1]:9121\"\n" + LEAST).admin())
        .isEqualTo(new Admin.At(new InetSocketAddress("::1", 9121)));
    assertThat(faultsOf("admin = \"0.0.0.0:9121\"\nadmni = 1\n" + LEAST))
        .containsExactly(
            "/g.toml:1: admin = 0.0.0.0:9121: others could reach it; write 127.0.0.1:PORT,"
                + " [::1]:PORT or off",
            "/g.toml:2: admni is no key; did you mean admin?");
    assertThat(faultsOf("admin = \"here\"\n" + LEAST))
        .containsExactly("/g.toml:1: admin = here: not HOST:PORT; write 127.0.0.1:9121 or off");
  }

  @Test
  void aListenerMayShareItsPortButNotASocketOfSystemd() throws Exception {
    String behind = "[[upstream]]\nname = \"acme\"\naddress = \"h\"\n";
    String listener = "[listener.main]\nreuse-port = true\naddress = ";

    assertThat(read(listener + "\"127.0.0.1:0\"\n" + behind).reception().listeners())
        .singleElement()
        .satisfies(it -> assertThat(it.sharesPort()).isTrue());
    assertThat(read(LEAST).reception().listeners().getFirst().sharesPort()).isFalse();
    assertThat(faultsOf(listener + "\"inherited\"\n" + behind))
        .singleElement()
        .asString()
        .startsWith("/g.toml:2: listener.main.reuse-port = true: a socket of systemd");
  }

  @Test
  void leastFileIsEnough() throws Exception {
    GatewayContent content = read(LEAST);

    GatewaySettings gateway = content.gateway();
    assertThat(gateway.usual()).isEqualTo(new GatewaySettings.Usual.Upstream("acme"));
    assertThat(gateway.transferWait()).isEqualTo(GatewaySettings.TRANSFER_WAIT);
    assertThat(gateway.commandWait()).isEqualTo(GatewaySettings.COMMAND_WAIT);
    assertThat(gateway.loginMemory()).isEqualTo(GatewaySettings.LOGIN_MEMORY);
    UpstreamSettings upstream = gateway.upstreams().getFirst();
    assertThat(upstream.server().server()).isEqualTo("ftp.example.com:21");
    assertThat(upstream.server().tlsUse()).isEqualTo(TlsUse.AUTO);
    assertThat(upstream.limits()).isEqualTo(LimitSettings.standard());
    assertThat(upstream.pooling()).isEqualTo(Pooling.TRANSFER);
    assertThat(upstream.idle()).isEqualTo(UpstreamSettings.IDLE);
    assertThat(upstream.turns()).isEqualTo(TurnSettings.USUAL);
    assertThat(content.reception().listeners())
        .singleElement()
        .extracting(Listener::place)
        .isEqualTo(new Listener.Place.Address(new InetSocketAddress("127.0.0.1", 2121)));
  }

  /** All clients may come from one host: it is the upstream's limit at which they wait. */
  @Test
  void addressesOfClientsHaveNoLimitUnlessOneIsSet() throws Exception {
    assertThat(read(LEAST).reception().rules().connections()).containsOnlyKeys(LimitScope.SERVER);
    assertThat(read(LEAST + "[limits.connections]\nprefix = 3\n").reception().rules().connections())
        .containsEntry(LimitScope.PREFIX, Limit.refusing(3));
  }

  @Test
  void everySettingArrives() throws Exception {
    String pin = "ab".repeat(32);
    GatewayContent content =
        read(
            """
            greeting = "Hello"
            transfer-wait = "90s"
            command-wait = "5s"
            login-memory = 0
            drain = "1m"
            [listener.clients]
            address = "[::]:2121"
            tls = "required"
            [tls]
            self-signed = true
            [timers]
            idle = "10m"
            [[upstream]]
            name = "acme"
            address = "192.0.2.1:2100"
            limit = 3
            mode = "session"
            idle = "90s"
            reserve = 2
            queue = 50
            tls = "require"
            tls-trust = "sha256:%s"
            timeout = "20s"
            bind = "192.0.2.7"
            data = "active"
            active-ports = "50000-50999"
            account = "a-1"
            virtual-host = "files.example.com"
            spool = "both"
            spool-folder = "/srv/spool"
            spool-most = "4M"
            spool-room = "2G"
            spool-alarm = "5m"
            site = "pin"
            [[upstream.weight]]
            user = "nightly"
            times = 3
            [[upstream.weight]]
            addresses = "192.0.2.0/24"
            times = 2
            [[upstream]]
            name = "other"
            address = "ftps://[2001:db8::1]"
            default = true
            """
                .formatted(pin));

    assertThat(content.reception().front().greeting()).isEqualTo("Hello");
    assertThat(content.reception().front().timers().idle()).isEqualTo(Duration.ofMinutes(10));
    assertThat(content.reception().drain()).isEqualTo(Duration.ofMinutes(1));
    GatewaySettings gateway = content.gateway();
    assertThat(gateway.transferWait()).isEqualTo(Duration.ofSeconds(90));
    assertThat(gateway.commandWait()).isEqualTo(Duration.ofSeconds(5));
    assertThat(gateway.loginMemory()).isEqualTo(Duration.ZERO);
    assertThat(gateway.usual()).isEqualTo(new GatewaySettings.Usual.Upstream("other"));
    assertThat(gateway.upstreams().getFirst())
        .isEqualTo(
            new UpstreamSettings(
                "acme",
                new ConnectSettings(
                    "192.0.2.1",
                    2100,
                    TlsUse.REQUIRED,
                    Tls.of(Trust.pinned(pin), "192.0.2.1"),
                    Source.of(InetAddress.ofLiteral("192.0.2.7")),
                    Duration.ofSeconds(20),
                    new DataSettings(DataMode.ACTIVE, new LocalPorts.Range(50_000, 50_999)),
                    new LoginAccount.Named(new Secret("a-1")),
                    new VirtualHost.Named("files.example.com")),
                LimitSettings.standard().withConfigured(3),
                Pooling.SESSION,
                Duration.ofSeconds(90),
                new TurnSettings(
                    2,
                    50,
                    List.of(
                        new TurnSettings.Weight.OfAccount("nightly", 3),
                        new TurnSettings.Weight.OfClients(Network.parse("192.0.2.0/24"), 2))),
                new ClientSettings(new Logins.PassThrough(), ClientSettings.Site.PIN),
                new Spooling(
                    Spooling.What.BOTH,
                    new Spooling.Place.Folder(Path.of("/srv/spool")),
                    4 << 20,
                    2L << 30,
                    Duration.ofMinutes(5))));
    assertThat(gateway.upstreams().getLast().server())
        .extracting(ConnectSettings::server, ConnectSettings::tlsUse)
        .containsExactly("[2001:db8::1]:990", TlsUse.IMPLICIT);
  }

  @Test
  void onlyUpstreamIsTheDefaultAndOfSeveralNone() throws Exception {
    String one = "[[upstream]]\nname = \"a\"\naddress = \"h\"\n";
    String other = "[[upstream]]\nname = \"b\"\naddress = \"ftp://h:2121/\"\n";

    assertThat(read(one).gateway().usual()).isEqualTo(new GatewaySettings.Usual.Upstream("a"));
    assertThat(read(one + "default = false\n").gateway().usual())
        .isEqualTo(new GatewaySettings.Usual.Nowhere());
    assertThat(read(one + other).gateway().usual()).isEqualTo(new GatewaySettings.Usual.Nowhere());
    assertThat(read(one + other).gateway().upstreams().getLast().server().server())
        .isEqualTo("h:2121");
  }

  /** A reload compares what it reads with what runs. */
  @Test
  void sameTextGivesEqualSettings() throws Exception {
    assertThat(read(LEAST).gateway()).isEqualTo(read(LEAST).gateway());
  }

  @Test
  void allFaultsAreReportedAtOnceInTheOrderOfTheFile() {
    assertThat(
            faultsOf(
                """
                greting = "x"
                transfer-wait = "soon"
                [[upstream]]
                name = "a b"
                adress = "h"
                limit = 0
                """))
        .containsExactly(
            "/g.toml:1: greting is no key; did you mean greeting?",
            "/g.toml:2: transfer-wait = soon: not a duration; write 30s, 5m or 1h30m",
            "/g.toml:3: upstream needs address = \"HOST:PORT\", where the server is",
            "/g.toml:4: upstream.name = a b: not of letters, digits, - and _, 64 at the most",
            "/g.toml:5: upstream.adress is no key; did you mean address?",
            "/g.toml:6: upstream.limit = 0: not a number from 1 to 1000; write auto if unknown");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mode = "transfr"        | :4: upstream.mode = transfr: none of transfer, session; did you mean transfer?
          limit = "many"          | :4: upstream.limit = many: not a number from 1 to 1000
          limit = 1001            | :4: upstream.limit = 1001: not a number from 1 to 1000
          idle = 0                | :4: upstream.idle = 0: has to be longer than nothing
          timeout = 0             | :4: upstream.timeout = 0: has to be longer than nothing
          tls = "required"        | :4: upstream.tls = required: neither auto, require nor off
          tls-trust = "sha256:12" | :4: upstream.tls-trust = sha256:12: not a SHA-256 fingerprint
          data = "passiv"         | :4: upstream.data = passiv: neither auto, passive nor active
          active-ports = "1-2"    | :4: upstream.active-ports = 1-2: not ports from 1024
          bind = "localhost"      | :4: upstream.bind = localhost: not an address
          account = ""            | :4: upstream.account: no account
          virtual-host = " "      | no name of a host
          default = "yes"         | :4: upstream.default is true or false, without quotes
          reserve = 1001          | :4: upstream.reserve = 1001: not from 0 to 1000
          queue = 0               | :4: upstream.queue = 0: not from 1 to 1000000
          [[upstream.weight]]     | :4: upstream.weight needs user = "NAME" or addresses = "NETWORK", and not both
          [[upstream.weight]]     | :4: upstream.weight needs times = 2
          user = "ann"            | :4: upstream.user goes with logins = "mapped"
          ann = "user"            | :4: upstream.ann is no key; keys are
          logins = "maped"        | :4: upstream.logins = maped: none of pass-through, mapped; did you mean mapped?
          wiat = "1s"             | :4: upstream.wiat is no key
          tsl = "off"             | :4: upstream.tsl is no key; did you mean tls?
          [[upstream]]            | :4: upstream needs name
          [files]                 | :4: files is no key
          """)
  void faultOfAnUpstreamNamesLineKeyAndValue(String line, String fault) {
    List<String> faults =
        faultsOf("[[upstream]]\nname = \"acme\"\naddress = \"h\"\n" + line + "\n");

    assertThat(faults).anySatisfy(it -> assertThat(it).startsWith("/g.toml").contains(fault));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                | the host is missing
          h:port            | what follows the host's colon is no port
          h:0               | the port is not between 1 and 65535
          ftp://            | the host is missing
          sftp://h          | not HOST:PORT
          2001:db8::1       | what follows the host's colon is no port
          a b               | the host is not a valid name
          ann@h             | the host is not a valid name
          h/dir             | not HOST:PORT
          [2001:db8         | neither a name nor an address
          """)
  void addressThatIsNoneIsAFault(String address, String fault) {
    assertThat(faultsOf("[[upstream]]\nname = \"acme\"\naddress = \"" + address + "\"\n"))
        .singleElement()
        .asString()
        .startsWith("/g.toml:3: upstream.address = ")
        .contains(fault);
  }

  /** Each key stands in both pages. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        LEAST + "[xyzzyxyzzy]\n",
        LEAST + "xyzzyxyzzy = 1\n",
        LEAST + "[[upstream.weight]]\nxyzzyxyzzy = 1\n",
      })
  void everyKeyIsDocumented(String text) throws Exception {
    String fault =
        faultsOf(text).stream().filter(it -> it.contains("; keys are ")).findFirst().orElseThrow();
    List<String> keys = List.of(fault.split("; keys are ")[1].split(", "));

    assertThat(keys).hasSizeGreaterThan(2);
    for (String page : List.of("settings.md", "gateway.md")) {
      String words = Files.readString(Path.of("../docs", page));
      assertThat(keys)
          .allSatisfy(key ->
              assertThat(words)
                  .as(page)
                  .containsAnyOf("`" + key + "`", "`[" + key, "`[[" + key, "[upstream." + key));
    }
  }

  @Test
  void implicitTlsIsNotSwitchedOff() {
    assertThat(faultsOf("[[upstream]]\nname = \"a\"\naddress = \"ftps://h\"\ntls = \"off\"\n"))
        .containsExactly("/g.toml:4: upstream.tls = off: ftps:// is always encrypted");
  }

  @Test
  void upstreamsAreNeededAndKeptApart() {
    String one = "[[upstream]]\nname = \"a\"\naddress = \"h\"\ndefault = true\n";

    assertThat(faultsOf("greeting = \"x\"\n"))
        .singleElement()
        .asString()
        .startsWith("/g.toml:1: at least one [[upstream]] is needed");
    assertThat(faultsOf("upstream = []\n"))
        .singleElement()
        .asString()
        .startsWith("/g.toml:1: at least one [[upstream]] is needed");
    assertThat(faultsOf(one + one))
        .containsExactly(
            "/g.toml:6: upstream.name = a: another upstream has that name",
            "/g.toml:8: upstream.default = true: the default is a already");
    String number = "[[upstream]]\nname = 5\naddress = \"h\"\n";
    assertThat(faultsOf(number + number))
        .containsExactly("/g.toml:5: upstream.name = 5: another upstream has that name");
    assertThat(faultsOf("[upstream.a]\naddress = \"h\"\n"))
        .contains("/g.toml:1: upstream is an array of tables: [[upstream]]");
  }

  private static final String HASH =
      "$argon2id$v=19$m=12288,t=3,p=1$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";

  private static String mapped(Path password, String more) {
    return """
    [[upstream]]
    name = "acme"
    address = "h"
    logins = "mapped"
    [upstream.login.upload]
    password-file = "%s"
    [upstream.user."ann b"]
    hash = "%s"
    %s
    """
        .formatted(password, HASH, more);
  }

  @Test
  void ownUsersAreSomebodyAtTheServer(@TempDir Path folder) throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "s e\u00e9\nnot this\n");

    GatewaySettings gateway = read(mapped(password, "")).gateway();

    assertThat(gateway.upstreams().getFirst().clients().logins())
        .isEqualTo(
            new Logins.Mapped(
                List.of(
                    new Logins.OwnUser(
                        "ann b",
                        new Logins.Hash(HASH),
                        new Login("upload", new Secret("s e\u00e9"))))));
    assertThat(gateway.toString()).doesNotContain("s e").doesNotContain("argon2");
    assertThat(read(mapped(password, "as = \"upload\"\n")).gateway()).isEqualTo(gateway);
  }

  @Test
  void faultsOfOwnUsersAreNamedAndTheirSecretsAreNot(@TempDir Path folder) throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "secret");

    assertThat(faultsOf(mapped(folder.resolve("none"), "as = \"uplaod\"\n")))
        .satisfiesExactly(
            one -> assertThat(one).startsWith("/g.toml:6:").endsWith("/none: no such file"),
            two ->
                assertThat(two)
                    .startsWith("/g.toml:9:")
                    .endsWith("as = uplaod: none of upload; did you mean upload?"));
    assertThat(faultsOf(mapped(password, "").replace("$argon2id", "$argon")))
        .singleElement()
        .asString()
        .contains("hash: neither Argon2id")
        .doesNotContain("MDEy");
    assertThat(faultsOf(mapped(password, "").replace("mapped", "pass-through")))
        .containsExactly(
            "/g.toml:5: upstream.login goes with logins = \"mapped\"",
            "/g.toml:7: upstream.user goes with logins = \"mapped\"");
    assertThat(faultsOf("[[upstream]]\nname = \"a\"\naddress = \"h\"\nlogins = \"mapped\"\n"))
        .containsExactly(
            "/g.toml:4: upstream.logins = mapped needs a [upstream.login.NAME], who the server"
                + " knows",
            "/g.toml:4: upstream.logins = mapped needs a [upstream.user.NAME], who logs in here");
    assertThat(
            faultsOf(
                mapped(password, "[upstream.login.other]\npassword-file = \"" + password + "\"")))
        .singleElement()
        .asString()
        .endsWith("needs as = \"NAME\", one of upload, other");
  }

  @Test
  void listenersLeadToTheirUpstreams() throws Exception {
    String listeners =
        """
        [listener.scanners]
        address = "127.0.0.1:2121"
        upstream = "acme"
        [listener.people]
        address = "127.0.0.1:2122"
        """;
    String upstream = "[[upstream]]\nname = \"acme\"\naddress = \"h\"\n";

    assertThat(read(listeners + upstream + "default = false\n").gateway().usual())
        .isEqualTo(
            new GatewaySettings.Usual.ByListener(
                Map.of("scanners", "acme"), new GatewaySettings.Usual.Nowhere()));
    assertThat(faultsOf(listeners.replace("acme", "amce") + upstream))
        .containsExactly(
            "/g.toml:3: listener.scanners.upstream = amce: none of acme; did you mean acme?");
  }

  @Test
  void listenGoesWithoutListeners() {
    assertThat(faultsOf(LEAST + "[listener.a]\naddress = \"127.0.0.1:21\"\n"))
        .containsExactly("/g.toml:1: listen goes without [listener.NAME]: write address = there");
  }
}
