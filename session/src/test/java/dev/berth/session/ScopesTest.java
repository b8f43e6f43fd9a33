package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.Network;
import dev.berth.admission.Rules;
import dev.berth.admission.Treatment;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose connections are counted together, seen by those who connect. */
final class ScopesTest {
  private final List<RawClient> clients = new ArrayList<>();
  private final List<Socket> data = new ArrayList<>();
  private ServerUnderTest server;

  @AfterEach
  void close() throws IOException {
    for (Socket socket : data) {
      socket.close();
    }
    for (RawClient client : clients) {
      client.close();
    }
    server.close();
  }

  private void start(Rules rules) throws IOException {
    server =
        ServerUnderTest.setup()
            .rules(rules)
            .proxies(address -> address.getHostAddress().equals("127.0.0.1"))
            .start();
  }

  private void start(LimitScope scope) throws IOException {
    start(Rules.standard().withConnections(Map.of(scope, Limit.refusing(1))));
  }

  /** As its proxy tells, from any address. */
  private String comes(String address) throws IOException {
    RawClient client = RawClient.connect(server.address());
    clients.add(client);
    String family = address.contains(":") ? "TCP6" : "TCP4";
    String local = address.contains(":") ? "::1" : "127.0.0.1";
    return client.say("PROXY " + family + " " + address + " " + local + " 4000 21\r\n").hear();
  }

  private RawClient last() {
    return clients.getLast();
  }

  @Test
  void aPrefixOfIpv6IsOneAndMappedIpv4IsIpv4() throws IOException {
    start(LimitScope.PREFIX);

    assertThat(comes("2001:db8:0:1::1")).startsWith("220 ");
    assertThat(comes("2001:db8:0:1:ffff::2"))
        .startsWith("421 Too many connections from your network 2001:db8:0:1::/64: limit 1,");
    assertThat(comes("2001:db8:0:2::1")).startsWith("220 ");
    assertThat(comes("192.0.2.7")).startsWith("220 ");
    assertThat(comes("::ffff:192.0.2.7")).startsWith("421 ");
  }

  @Test
  void aListenerIsCountedOverAllPrefixes() throws IOException {
    start(LimitScope.LISTENER);

    assertThat(comes("192.0.2.1")).startsWith("220 ");
    assertThat(comes("192.0.2.2")).startsWith("421 Too many connections to this port: limit 1,");
  }

  @Test
  void anAccountFromOnePrefixIsCountedApart() throws IOException {
    start(LimitScope.PREFIX_AND_ACCOUNT);
    comes("192.0.2.1");
    last().logIn("alice", "secret");

    comes("192.0.2.1");
    last().say("USER alice\r\n").expect("331");
    assertThat(last().ask("PASS secret"))
        .startsWith("421 Too many connections of your account from your address: limit 1");
    comes("192.0.2.1");
    last().logIn("bob", "secret");
    comes("192.0.2.2");
    last().logIn("alice", "secret");
  }

  @Test
  void manyBehindOneAddressAreAllowedMoreAndWhoIsExemptAsManyAsComes() throws IOException {
    Treatment three =
        new Treatment.Allowance(Map.of(LimitScope.PREFIX, Limit.refusing(3)), Map.of());
    start(
        Rules.standard()
            .withConnections(Map.of(LimitScope.PREFIX, Limit.refusing(1)))
            .withListed(
                List.of(
                    new Rules.Listed(Network.parse("198.51.100.0/24"), three),
                    new Rules.Listed(Network.parse("203.0.113.1"), new Treatment.Exempt()))));

    for (int i = 0; i < 3; i++) {
      assertThat(comes("198.51.100.7")).startsWith("220 ");
    }
    assertThat(comes("198.51.100.7")).startsWith("421 ").contains("limit 3, 3 in use");
    for (int i = 0; i < 10; i++) {
      assertThat(comes("203.0.113.1")).startsWith("220 ");
    }
    assertThat(comes("192.0.2.1")).startsWith("220 ");
    assertThat(comes("192.0.2.1")).startsWith("421 ");
  }

  @Test
  void transfersOfAPrefixAndOfTheServerAreCountedApart() throws IOException {
    start(
        ServerUnderTest.unlimited()
            .withTransfers(
                Map.of(
                    LimitScope.PREFIX, Limit.refusing(1), LimitScope.SERVER, Limit.refusing(2))));
    server.backend.zeros.put("/long", 1L << 40);
    Socket first = retrieves("127.0.0.2", "150");
    retrieves("127.0.0.2", "450 Too many transfers at once from your address");
    Socket other = retrieves("127.0.0.3", "150");
    retrieves("127.0.0.4", "450 Too many transfers at once to this server");

    RawClient.requireRunning(first);
    RawClient.requireRunning(other);
  }

  private Socket retrieves(String from, String reply) throws IOException {
    RawClient client = RawClient.connectFrom(from, server.address());
    clients.add(client);
    client.expect("220");
    Socket passive = client.logIn("alice", "secret").passive();
    data.add(passive);
    client.say("RETR long\r\n").expect(reply);
    return passive;
  }
}
