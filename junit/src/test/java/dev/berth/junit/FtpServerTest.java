package dev.berth.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.simulator.Simulator;
import dev.berth.testkit.RawClient;
import java.nio.file.Files;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@TestMethodOrder(MethodOrderer.MethodName.class)
final class FtpServerTest {
  @FtpServer(as = "iis")
  private static Simulator ofTheClass;

  @FtpServer(as = "apache")
  private Simulator ofTheTest;

  private static String greeting(Simulator server) throws Exception {
    try (RawClient client = RawClient.connect(server.address())) {
      return client.hear();
    }
  }

  @Test
  void parameterIsAServerOfItsOwn(
      @FtpServer(as = "vsftpd", limitPerAddress = 1) Simulator limited,
      @FtpServer(as = "pyftpdlib", user = "alice", password = "other") Simulator free)
      throws Exception {
    Files.writeString(free.root().resolve("file"), "0123456789");

    try (RawClient first = RawClient.connect(limited.address());
        RawClient client = RawClient.loggedIn(free.address(), "alice", "other")) {
      first.expect("220");
      assertThat(greeting(limited)).startsWith("421 There are too many connections");
      client.ask("TYPE I");
      assertThat(client.ask("SIZE file")).isEqualTo("213 10");
    }
  }

  @Test
  void secondTestHasTheServerOfTheClassAndANewOneOfItsOwn() throws Exception {
    assertThat(greeting(ofTheClass)).isEqualTo("220 Microsoft FTP Service");
    assertThat(greeting(ofTheTest)).isEqualTo("220 Service ready for new user.");
    assertThat(ofTheTest.root()).isEmptyDirectory();
  }

  @Test
  void testBeforeMayLeaveFiles() throws Exception {
    Files.writeString(ofTheTest.root().resolve("left"), "x");

    assertThat(ofTheTest.port()).isNotEqualTo(ofTheClass.port());
  }
}
