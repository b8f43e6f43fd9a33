package dev.berth.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.berth.testkit.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server as a process of its own, told by signals. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DaemonTest {
  private static final String PASSWORD = "geheim-4711";
  private static final String IGNORED = "event=hangup-ignored";
  private static final String LISTENING = "listening on 127.0.0.1:";

  @TempDir Path folder;
  private Process process;
  private BufferedReader err;
  private final List<String> heard = new ArrayList<>();
  private InetSocketAddress address;

  @BeforeEach
  void start() throws Exception {
    new Users(folder.resolve("users.toml"))
        .add("alice", PasswordHash.of(PASSWORD), folder, Users.Rights.ALL);
    write("greeting = \"one\"");
    startProcess(List.of());
  }

  private void startProcess(List<String> before) throws Exception {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ServeMain.class.getName());
    command.add(folder.resolve("server.toml").toString());
    process = new ProcessBuilder(command).start();
    err = process.errorReader();
    String line = lineWith(LISTENING);
    int port = Integer.parseInt(line.substring(LISTENING.length()));
    address = new InetSocketAddress("127.0.0.1", port);
    lineWith("event=started");
  }

  @AfterEach
  void end() throws Exception {
    process.destroyForcibly().waitFor();
    err.close();
  }

  private void write(String more) throws IOException {
    Files.writeString(
        folder.resolve("server.toml"),
        """
        %s
        drain = "20s"
        pid-file = "%s/pid"
        [listener.test]
        address = "127.0.0.1:0"
        [accounts]
        file = "%s/users.toml"
        """
            .formatted(more, folder, folder));
  }

  private String lineWith(String part) throws IOException {
    String line = err.readLine();
    while (line != null && !line.contains(part)) {
      heard.add(line);
      line = err.readLine();
    }
    assertThat(line).as("a line with %s behind %s", part, heard).isNotNull();
    heard.add(line);
    return line;
  }

  private void hangUp() throws Exception {
    assumeFalse(
        heard.stream().anyMatch(line -> line.contains(IGNORED)), "these tests ignore SIGHUP");
    signal("HUP");
  }

  @Test
  void whereHangupIsIgnoredTheLogSaysSo() throws Exception {
    end();
    heard.clear();

    startProcess(List.of("sh", "-c", "trap '' HUP; exec \"$0\" \"$@\""));

    assertThat(heard).anyMatch(line -> line.contains("WARNING " + IGNORED));
  }

  private void signal(String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  @Test
  void hangupReloadsAndTheSessionStays() throws Exception {
    try (RawClient client = RawClient.loggedIn(address, "alice", PASSWORD)) {
      write("greeting = \"two\"");

      hangUp();

      lineWith("event=reloaded");
      assertThat(client.ask("NOOP")).startsWith("200");
      try (RawClient fresh = RawClient.connect(address)) {
        assertThat(fresh.hear()).contains("two");
      }
    }
  }

  @Test
  void hangupWithAFaultyFileLogsTheFaultAndChangesNothing() throws Exception {
    write("greting = \"two\"");

    hangUp();

    assertThat(lineWith("event=reload-failed")).contains("WARNING", "did you mean greeting?");
    try (RawClient client = RawClient.connect(address)) {
      assertThat(client.hear()).contains("one");
    }
  }

  @Test
  void terminationDrainsAndEndsWithZero() throws Exception {
    Path number = folder.resolve("pid");
    assertThat(number).hasContent(String.valueOf(process.pid()));
    try (RawClient client = RawClient.loggedIn(address, "alice", PASSWORD)) {
      signal("TERM");

      assertThat(client.hear()).startsWith("421").contains("going down");
    }
    assertThat(lineWith("event=stopped")).contains("drained=true");
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(number).doesNotExist();
  }

  @Test
  void secondSignalEndsItAtOnce() throws Exception {
    try (RawClient client = RawClient.loggedIn(address, "alice", PASSWORD)) {
      String passive = client.ask("EPSV");
      assertThat(passive).startsWith("229");
      int port = Integer.parseInt(passive.replaceAll(".*\\|(\\d+)\\|\\).*", "$1"));
      try (java.net.Socket data = new java.net.Socket("127.0.0.1", port)) {
        client.say("STOR big\r\n").expect("150");
        signal("TERM");
        lineWith("event=draining");

        signal("TERM");

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 15);
        assertThat(data.isConnected()).isTrue();
      }
    }
  }

  @Test
  void passwordIsShownNowhere() throws Exception {
    try (RawClient client = RawClient.loggedIn(address, "alice", PASSWORD)) {
      client.ask("PASS " + PASSWORD);
    }
    try (RawClient client = RawClient.connect(address)) {
      client.expect("220");
      client.ask("PASS " + PASSWORD);
      client.ask("USER " + "bob");
      client.ask("PASS " + PASSWORD);
    }
    signal("TERM");
    lineWith("event=stopped");

    assertThat(heard).noneMatch(line -> line.contains(PASSWORD) || line.contains("$argon2id"));
    assertThat(heard.stream().filter(line -> !line.startsWith("listening")))
        .allMatch(line ->
            line.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z [A-Z]+ event=.*"));
  }
}
