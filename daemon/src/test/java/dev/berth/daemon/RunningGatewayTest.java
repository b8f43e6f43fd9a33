package dev.berth.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.gateway.GatewayTerms;
import dev.berth.pool.PoolSettings;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway in this process: what it shares with a server, and how it hears a reload. */
@Timeout(60)
class RunningGatewayTest {
  @TempDir Path folder;

  private Path settings(String before, String behind) throws IOException {
    return Files.writeString(
        folder.resolve("gateway.toml"),
        """
        listen = "127.0.0.1:0"
        %s
        [[upstream]]
        name = "acme"
        address = "127.0.0.1:1"
        %s
        """
            .formatted(before, behind));
  }

  private RunningServer open() throws Exception {
    GatewayTerms terms =
        new GatewayTerms(new PoolSettings.Memory.None(), new PoolSettings.Neighbours.None());
    return RunningServer.open(
        new ServeRequest.Gateway(folder.resolve("gateway.toml"), terms),
        ServeTerms.usual(),
        InstantSource.system());
  }

  private static String greeting(RunningServer server) throws IOException {
    InetSocketAddress address = server.addresses().getFirst();
    try (RawClient client = RawClient.connect(address)) {
      return client.hear();
    }
  }

  @Test
  void gatewayListensBeforeItsUpstreamIsThere() throws Exception {
    settings("greeting = \"one\"", "");

    try (RunningServer server = open()) {
      assertThat(greeting(server)).startsWith("220").contains("one");
      assertThat(server.summary()).isEqualTo("upstreams=1");
    }
  }

  @Test
  void reloadChangesTheFrontAtOnceAndSaysWhatNeedsANewStart() throws Exception {
    settings("greeting = \"one\"", "");
    try (RunningServer server = open()) {
      settings("greeting = \"two\"", "");
      assertThat(server.reload()).isEmpty();
      assertThat(greeting(server)).contains("two");

      settings("command-wait = \"3s\"\nlogin-memory = 0\ntransfer-wait = \"1m\"", "limit = 3");
      assertThat(server.reload())
          .containsExactly("upstream", "transfer-wait", "command-wait", "login-memory");

      settings("", "default = false");
      assertThat(server.reload()).containsExactly("upstream");
    }
  }

  /** The server behind is not there: who is let in here is told so. */
  @Test
  void reloadBringsNewUsersOfItsOwn() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "server-secret");
    String users =
        """
        logins = "mapped"
        [upstream.login.upload]
        password-file = "%s"
        [upstream.user.%s]
        hash = "%s"
        """;
    settings("", users.formatted(password, "ann", PasswordHash.of("secret")));
    try (RunningServer server = open()) {
      assertThat(logIn(server, "bob")).startsWith("530 ");
      settings("", users.formatted(password, "bob", PasswordHash.of("secret")));
      assertThat(server.reload()).isEmpty();
      assertThat(logIn(server, "bob")).startsWith("421 acme cannot be reached");
      settings("", "");
      assertThat(server.reload()).containsExactly("upstream");
    }
  }

  private static String logIn(RunningServer server, String user) throws IOException {
    try (RawClient client = RawClient.connect(server.addresses().getFirst())) {
      client.expect("220");
      client.say("USER " + user + "\r\n").expect("331");
      return client.ask("PASS secret");
    }
  }

  @Test
  void faultyReloadChangesNothing() throws Exception {
    settings("greeting = \"one\"", "");
    try (RunningServer server = open()) {
      settings("greting = \"two\"", "limit = 0");

      assertThatThrownBy(server::reload)
          .isInstanceOf(FaultySettings.class)
          .hasMessageContaining("gateway.toml:2: greting is no key; did you mean greeting?")
          .hasMessageContaining("gateway.toml:6: upstream.limit = 0");
      assertThat(greeting(server)).contains("one");
    }
  }

  @Test
  void portInUseStartsNothing() throws Exception {
    settings("", "");
    try (RunningServer first = open()) {
      int port = first.addresses().getFirst().getPort();
      Path file = folder.resolve("gateway.toml");
      Files.writeString(file, Files.readString(file).replace("127.0.0.1:0", "127.0.0.1:" + port));

      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + port);
    }
  }
}
