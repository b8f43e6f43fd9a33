package dev.berth.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.simulator.Simulator;
import dev.berth.testkit.RawClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Fields that are not those of the class of the test itself. */
final class FieldsTest extends WithServers {
  @FtpServer(as = "vsftpd")
  private Simulator own;

  private static String greeting(Simulator server) throws Exception {
    try (RawClient client = RawClient.connect(server.address())) {
      return client.hear();
    }
  }

  @Test
  void fieldsOfASuperclassAreFilled() throws Exception {
    assertThat(greeting(inheritedOfTheClass)).isEqualTo("220 Microsoft FTP Service");
    assertThat(greeting(inherited())).isEqualTo("220 Service ready for new user.");
    assertThat(greeting(own)).startsWith("220 (vsFTPd");
  }

  @Nested
  final class Below {
    @FtpServer(as = "pyftpdlib")
    private Simulator nested;

    @Test
    void fieldsOfTheClassAroundAreFilledToo() throws Exception {
      assertThat(greeting(inheritedOfTheClass)).isEqualTo("220 Microsoft FTP Service");
      assertThat(greeting(inherited())).isEqualTo("220 Service ready for new user.");
      assertThat(greeting(own)).startsWith("220 (vsFTPd");
      assertThat(greeting(nested)).contains("pyftpdlib");
    }
  }
}
