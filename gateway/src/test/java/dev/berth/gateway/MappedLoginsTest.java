package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.Login;
import dev.berth.client.Secret;
import dev.berth.limits.LimitSettings;
import dev.berth.pool.PoolSettings;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.RawClient;
import dev.berth.testkit.ScriptedServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users of the gateway's own, who are somebody else at the server. */
@Timeout(60)
class MappedLoginsTest {
  private static final String REFUSAL = "530 User upload cannot log in.\r\n";

  /** What was judged: a password and a hash. */
  private final List<String> judged = new CopyOnWriteArrayList<>();

  /** Of {@code x} the hash is {@code #x}. */
  private boolean judge(String password, String hash) {
    judged.add(password + " by " + hash);
    return hash.equals("#" + password);
  }

  private static Logins.Mapped users(String... names) {
    List<Logins.OwnUser> users = new ArrayList<>();
    for (String name : names) {
      users.add(
          new Logins.OwnUser(
              name,
              new Logins.Hash("#" + name + "-secret"),
              new Login("upload", new Secret("server-secret"))));
    }
    return new Logins.Mapped(users);
  }

  private static GatewaySettings settings(int port, Logins logins) {
    UpstreamSettings acme =
        UpstreamSettings.usual(
                "acme", GatewayStand.at(port), LimitSettings.standard().withConfigured(1))
            .with(new ClientSettings(logins, ClientSettings.Site.REFUSE));
    return GatewayStand.settings(new GatewaySettings.Usual.Upstream("acme"), acme);
  }

  private GatewayStand before(ScriptedServer server, String... names) throws IOException {
    return GatewayStand.start(
        Gateway.open(
            settings(server.port(), users(names)),
            new GatewayTerms(new PoolSettings.Memory.None(), new PoolSettings.Neighbours.None()),
            this::judge));
  }

  private static String logIn(GatewayStand stand, String user, String password) throws IOException {
    try (RawClient client = stand.client(0)) {
      client.say("USER " + user + "\r\n").expect("331");
      return client.ask("PASS " + password);
    }
  }

  @Test
  void ownUsersShareOneLoginAndEachIsKnownByItsName() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(CommandTable.normal().file("/x", "hello"));
        GatewayStand stand = before(server, "ann", "bob")) {
      try (RawClient ann = stand.client(0);
          RawClient bob = stand.client(0)) {
        ann.say("USER ann\r\n").expect("331");
        assertThat(ann.ask("PASS ann-secret")).isEqualTo("230 Logged in as ann@acme.");
        bob.logIn("bob@acme", "bob-secret");
        assertThat(ann.ask("SIZE x")).isEqualTo("213 5");
        assertThat(bob.ask("SIZE x")).isEqualTo("213 5");
      }
      assertThat(server.heard())
          .filteredOn(line -> line.startsWith("USER") || line.startsWith("PASS"))
          .containsExactly("USER upload", "PASS server-secret");
    }
  }

  @Test
  void whoIsRefusedHereIsUnknownToTheServerAndAnyNameIsJudgedAlike() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(CommandTable.normal());
        GatewayStand stand = before(server, "ann")) {
      assertThat(logIn(stand, "ann", "guess")).isEqualTo("530 Login incorrect.");
      assertThat(logIn(stand, "nobody", "guess")).isEqualTo("530 Login incorrect.");
      assertThat(logIn(stand, "upload", "server-secret")).isEqualTo("530 Login incorrect.");

      assertThat(judged)
          .containsExactly(
              "guess by #ann-secret", "guess by #ann-secret", "server-secret by #ann-secret");
      assertThat(server.conversations()).isEmpty();
    }
  }

  /** The words of the server name its account, and are for the operator alone. */
  @Test
  void thatTheServerRefusesTheAccountIsTheOperatorsMatter() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.start(CommandTable.normal().reply("PASS", REFUSAL));
        GatewayStand stand = before(server, "ann", "bob");
        Warnings warnings = new Warnings()) {
      for (String user : List.of("ann", "bob", "ann")) {
        assertThat(logIn(stand, user, user + "-secret"))
            .isEqualTo(
                "421 acme does not let this gateway in, and its operator has been told: try again"
                    + " later.");
      }
      assertThat(server.heard()).filteredOn(line -> line.startsWith("PASS")).hasSize(1);
      assertThat(warnings.lines).singleElement().asString().contains("upstream-account-refused");
    }
  }

  @Test
  void whatTheServerSaysOfAnAccountLaterIsNotToldEither() throws Exception {
    AtomicBoolean isClosed = new AtomicBoolean();
    CommandTable table =
        CommandTable.normal()
            .answer("PASS", (it, password) -> it.say(isClosed.get() ? REFUSAL : "230 in\r\n"))
            .answer("DELE", (it, name) -> it.say("421 bye\r\n").close());
    try (ScriptedServer server = ScriptedServer.start(table);
        GatewayStand stand = before(server, "ann");
        RawClient client = stand.loggedIn("ann", "ann-secret")) {
      isClosed.set(true);
      client.say("DELE x\r\n").expect("451");
      assertThat(client.ask("SIZE x")).isEqualTo("451 acme does not let this login in any more.");
      server.allowFailures();
    }
  }

  @Test
  void usersComeAndGoWhileTheGatewayRuns() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(CommandTable.normal().file("/x", "hello"));
        GatewayStand stand = before(server, "ann");
        RawClient ann = stand.loggedIn("ann", "ann-secret")) {
      GatewaySettings before = settings(server.port(), users("ann"));
      GatewaySettings after = settings(server.port(), users("bob"));
      assertThat(after.hasUpstreamsOf(before)).isTrue();
      assertThat(after.hasUpstreamsOf(settings(1, users("bob")))).isFalse();
      assertThat(after.hasUpstreamsOf(settings(server.port(), new Logins.PassThrough()))).isFalse();

      stand.gateway().replaceUsers(after);

      assertThat(logIn(stand, "ann", "ann-secret")).startsWith("530");
      assertThat(logIn(stand, "bob", "bob-secret")).startsWith("230");
      assertThat(ann.ask("SIZE x")).as("who is in stays").isEqualTo("213 5");
    }
  }

  /** Its password may be meant for that one alone. */
  @Test
  void aLoginForAnotherServerIsNotShownToThisOne() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(CommandTable.normal());
        GatewayStand stand = before(server, "ann")) {
      stand.gateway().replaceUsers(settings(1, users("bob")));

      assertThat(logIn(stand, "bob", "bob-secret")).startsWith("530");
      assertThat(server.conversations()).isEmpty();
      assertThat(logIn(stand, "ann", "ann-secret")).startsWith("230");
    }
  }

  /** What is logged as WARNING while it is open. */
  private static final class Warnings extends Handler implements AutoCloseable {
    final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("dev.berth.gateway");

    Warnings() {
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
      if (entry.getLevel().equals(Level.WARNING)) {
        lines.add(entry.getMessage());
      }
    }

    @Override
    public void flush() {
      // Nothing is kept back.
    }

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }
}
