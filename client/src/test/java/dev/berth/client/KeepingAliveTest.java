package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import dev.berth.testkit.ServerTls;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What keeps a connection from being closed, and what it does not hide. */
@Timeout(60)
class KeepingAliveTest {
  /** Else a server that counts none of it would seem to close connections ever sooner. */
  @Test
  void aConnectionThatIsKeptAliveGoesOnResting() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(CommandTable.normal());
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      long began = System.nanoTime();

      connection.keepAlive();
      connection.keepAlive();
      Duration least = Duration.ofNanos(System.nanoTime() - began);

      assertThat(connection.rested()).isGreaterThanOrEqualTo(least);
      assertThat(server.heard()).endsWith("NOOP", "PWD");
      began = System.nanoTime();
      connection.verify();
      assertThat(connection.rested()).isLessThan(Duration.ofNanos(System.nanoTime() - began));
    }
  }

  /** A transfer is what ProFTPD counts; whether its listing came whole is of no interest. */
  @Test
  void aListingThatIsCutInTlsKeepsAliveAllTheSame() throws IOException {
    CommandTable table =
        CommandTable.normal()
            .greeting("220 ProFTPD Server (test) [127.0.0.1]\r\n")
            .answer("AUTH", (it, how) -> it.say("234 go\r\n").startTls())
            .reply("PBSZ", "200 ok\r\n")
            .reply("PROT", "200 ok\r\n")
            .answer(
                "LIST",
                (it, path) -> {
                  Socket plain = it.accept();
                  it.say("150 here\r\n");
                  SSLSocket data = ServerTls.wrap(plain);
                  data.getOutputStream().write("x\r\n".getBytes(StandardCharsets.US_ASCII));
                  plain.shutdownOutput(); // no close_notify
                  it.say("226 done\r\n");
                });
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, TlsUse.REQUIRED, Clients.LONG, it -> it)) {
      FtpConnection connection = clients.connect();

      connection.keepAlive();

      assertThat(server.heard()).endsWith("LIST -d .");
      assertThat(connection.isReusable()).isTrue();
      connection.abort();
    }
  }
}
