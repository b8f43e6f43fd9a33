package dev.berth.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server in this process, on a free port. */
class RunningServerTest {
  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void makeFiles() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    Files.writeString(home.resolve("hello.txt"), "hello");
  }

  private ServeRequest.FromOptions options(boolean isAnonymous, int... limit) {
    List<ServeRequest.User> users =
        List.of(new ServeRequest.User("alice", PasswordHash.of("geheim")));
    return new ServeRequest.FromOptions(
        home,
        users,
        "127.0.0.1:0",
        "off",
        isAnonymous,
        false,
        java.util.Arrays.stream(limit).boxed().toList());
  }

  private static RunningServer open(ServeRequest request) throws FaultySettings, IOException {
    return RunningServer.open(request, ServeTerms.usual(), InstantSource.system());
  }

  private Path settings(String more) throws Exception {
    Path users = folder.resolve("users.toml");
    if (!Files.exists(users)) {
      new Users(users).add("alice", PasswordHash.of("geheim"), home, Users.Rights.ALL);
    }
    return Files.writeString(
        folder.resolve("server.toml"),
        """
        %s
        [listener.test]
        address = "127.0.0.1:0"
        [accounts]
        file = "%s"
        """
            .formatted(more, users));
  }

  private static InetSocketAddress address(RunningServer server) throws IOException {
    return server.addresses().getFirst();
  }

  @Test
  void oneFolderIsServedToOneUser() throws Exception {
    try (RunningServer server = open(options(false));
        RawClient client = RawClient.loggedIn(address(server), "alice", "geheim")) {
      assertThat(client.ask("TYPE I")).startsWith("200");
      assertThat(client.ask("SIZE hello.txt")).startsWith("213 5");
    }
  }

  @Test
  void wrongPasswordAndAnonymousAreTurnedAway() throws Exception {
    try (RunningServer server = open(options(false));
        RawClient client = RawClient.connect(address(server))) {
      client.expect("220");
      client.ask("USER alice");
      assertThat(client.ask("PASS falsch")).startsWith("530");
      client.ask("USER anonymous");
      assertThat(client.ask("PASS a@b")).startsWith("530");
    }
  }

  @Test
  void anonymousMayOnlyLook() throws Exception {
    try (RunningServer server = open(options(true));
        RawClient client = RawClient.loggedIn(address(server), "anonymous", "a@b")) {
      assertThat(client.ask("MDTM hello.txt")).startsWith("213");
      assertThat(client.ask("DELE hello.txt")).startsWith("550");
    }
  }

  @Test
  void limitOfAnAddressIsKept() throws Exception {
    try (RunningServer server = open(options(false, 1));
        RawClient first = RawClient.connect(address(server))) {
      first.expect("220");
      try (RawClient second = RawClient.connect(address(server))) {
        assertThat(second.hear()).startsWith("421").contains("limit 1");
      }
    }
  }

  @Test
  void optionsThatCannotBeUsedAreAllNamed() {
    ServeRequest.FromOptions bad =
        new ServeRequest.FromOptions(
            folder.resolve("nope"), List.of(), "x", "on", true, false, List.of(0));

    FaultySettings faults = catchThrowableOfType(FaultySettings.class, () -> open(bad));

    assertThat(faults).message().contains("--root", "--listen=x", "--tls=on", "--limit=0");
  }

  @Test
  void takenAddressIsNamed() throws Exception {
    try (RunningServer server = open(options(false))) {
      String taken = Doors.shown(address(server));
      ServeRequest.FromOptions again =
          new ServeRequest.FromOptions(home, List.of(), taken, "off", true, false, List.of());

      assertThatThrownBy(() -> open(again))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(taken)
          .hasMessageContaining("another program listens there");
    }
  }

  @Test
  void reloadChangesAccountsAndTimersAndEndsNoSession() throws Exception {
    Path file = settings("greeting = \"one\"");
    try (RunningServer server = open(new ServeRequest.FromFile(file));
        RawClient old = RawClient.loggedIn(address(server), "alice", "geheim")) {
      settings("greeting = \"two\"");
      new Users(folder.resolve("users.toml")).password("alice", PasswordHash.of("neu"));

      assertThat(server.reload()).isEmpty();

      assertThat(old.ask("NOOP")).startsWith("200");
      try (RawClient fresh = RawClient.connect(address(server))) {
        assertThat(fresh.hear()).contains("two");
        fresh.ask("USER alice");
        assertThat(fresh.ask("PASS geheim")).startsWith("530");
        fresh.logIn("alice", "neu");
      }
    }
  }

  @Test
  void faultyFileLeavesAllAsItWas() throws Exception {
    Path file = settings("greeting = \"one\"");
    try (RunningServer server = open(new ServeRequest.FromFile(file))) {
      settings("greeting = 7.5\nlist-zone = \"Mars\"");

      FaultySettings faults = catchThrowableOfType(FaultySettings.class, server::reload);

      assertThat(faults.faults()).hasSize(2);
      try (RawClient client = RawClient.connect(address(server))) {
        assertThat(client.hear()).contains("one");
        client.logIn("alice", "geheim");
      }
    }
  }

  @Test
  void reloadNamesWhatNeedsANewStart() throws Exception {
    Path file = settings("");
    try (RunningServer server = open(new ServeRequest.FromFile(file))) {
      settings("pid-file = \"/tmp/x\"\n[listener.more]\naddress = \"127.0.0.1:0\"\n");

      assertThat(server.reload()).containsExactly("listener", "pid-file");
      assertThat(server.reload()).as("still").containsExactly("listener", "pid-file");
      settings("");
      assertThat(server.reload()).as("as it was").isEmpty();
    }
  }

  @Test
  void renewedCertificateIsNoticedAndABrokenOneLeavesTheOld() throws Exception {
    Path pem = folder.resolve("cert.pem");
    Pems.write(pem);
    Path file = settings("[tls]\ncertificate = \"" + pem + "\"");
    try (RunningServer server = open(new ServeRequest.FromFile(file))) {
      String first = server.identity().orElseThrow().fingerprint();
      assertThat(server.noticeCertificate()).isFalse();

      Pems.write(pem);
      assertThat(server.noticeCertificate()).isTrue();
      String second = server.identity().orElseThrow().fingerprint();
      assertThat(second).isNotEqualTo(first);

      Files.writeString(pem, "broken");
      Files.setLastModifiedTime(pem, FileTime.from(Instant.EPOCH));
      assertThatThrownBy(server::noticeCertificate)
          .isInstanceOf(FaultySettings.class)
          .hasMessageContaining(pem.toString());
      assertThat(server.identity().orElseThrow().fingerprint()).isEqualTo(second);
      assertThat(server.noticeCertificate()).isFalse();
    }
  }

  @Test
  void faultsOfAccountsAndCertificateComeTogether() throws Exception {
    Path file = settings("[tls]\ncertificate = \"/nope.pem\"");
    Files.writeString(folder.resolve("users.toml"), "[user.ann]\nhome = 'x'\n");

    FaultySettings faults =
        catchThrowableOfType(FaultySettings.class, () -> open(new ServeRequest.FromFile(file)));

    assertThat(faults)
        .message()
        .contains("users.toml:1: user.ann needs a hash", "/nope.pem: no such file");
  }

  private static String account(String name, Path home, String more) {
    return "[user.%s]\nhash = \"%s\"\nhome = \"%s\"\n%s\n"
        .formatted(name, PasswordHash.of("geheim"), home, more);
  }

  @Test
  void homesThatAreNotThereAreAllNamedWithTheirLines() throws Exception {
    Path file = settings("");
    Path text = home.resolve("hello.txt");
    String users = account("a", folder.resolve("x"), "") + account("b", text, "");
    Files.writeString(folder.resolve("users.toml"), users);

    FaultySettings faults =
        catchThrowableOfType(FaultySettings.class, () -> open(new ServeRequest.FromFile(file)));

    assertThat(faults)
        .message()
        .contains("users.toml:3: user.a.home = " + folder.resolve("x") + ": no folder is there")
        .contains("users.toml:7: user.b.home = " + text + ": no folder is there");
  }

  @Test
  void homeOfAnAccountThatIsOffNeedNotBeThere() throws Exception {
    Path file = settings("");
    Files.writeString(
        folder.resolve("users.toml"), account("a", folder.resolve("x"), "disabled = true"));

    try (RunningServer server = open(new ServeRequest.FromFile(file))) {
      assertThat(server.summary()).isEqualTo("accounts=1");
    }
  }

  @Test
  void reloadBearsAHomeThatHasGoneAndNoNewOneThatIsNotThere() throws Exception {
    Path file = settings("");
    Path users = folder.resolve("users.toml");
    Path gone = Files.createDirectory(folder.resolve("gone"));
    Files.writeString(users, account("a", gone, "") + account("b", home, ""));
    try (RunningServer server = open(new ServeRequest.FromFile(file))) {
      Files.delete(gone);
      Files.writeString(users, account("a", gone, "") + account("b", home, "disabled = true"));

      assertThat(server.reload()).isEmpty();

      Files.writeString(users, account("a", gone, "") + account("c", folder.resolve("x"), ""));
      assertThatThrownBy(server::reload)
          .isInstanceOf(FaultySettings.class)
          .hasMessageContaining("user.c.home")
          .hasMessageNotContaining("user.a");
    }
  }

  @Test
  void drainTellsTheIdleWhyAndEnds() throws Exception {
    try (RunningServer server = open(options(false));
        RawClient client = RawClient.loggedIn(address(server), "alice", "geheim")) {
      assertThat(server.drain()).isTrue();

      assertThat(client.hear()).startsWith("421").contains("going down");
    }
  }
}
