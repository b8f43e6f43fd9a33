package dev.berth.gateway;

import dev.berth.client.ConnectSettings;
import dev.berth.client.TlsUse;
import dev.berth.lifetime.Closer;
import dev.berth.limits.LimitSettings;
import dev.berth.pool.PoolSettings;
import dev.berth.session.Front;
import dev.berth.testkit.Await;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.RawClient;
import dev.berth.testkit.ScriptedServer;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A gateway that spools, before a scripted server, with one connection to it. */
final class SpoolStand implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(20);

  static final GatewayTerms ALONE =
      new GatewayTerms(new PoolSettings.Memory.None(), new PoolSettings.Neighbours.None());

  private final Closer closer = new Closer();
  private final Path folder;

  SpoolStand(Path folder) {
    this.folder = folder;
  }

  /** A server that has pathnames as we know them. */
  static CommandTable table() {
    return CommandTable.normal()
        .reply("FEAT", "211-Features:\r\n SIZE\r\n TVFS\r\n UTF8\r\n211 End\r\n");
  }

  ScriptedServer start(CommandTable table) throws IOException {
    ScriptedServer server = ScriptedServer.start(table);
    closer.register((Closeable) server::close);
    return server;
  }

  /** Its script does not come to its end: the gateway ends in the middle of a delivery. */
  ScriptedServer startToBreak(CommandTable table) throws IOException {
    ScriptedServer server = start(table);
    closer.register((Closeable) server::allowFailures);
    return server;
  }

  /** A gateway that stores all uploads; its address. */
  InetSocketAddress before(ScriptedServer server) throws IOException {
    return before(server.port(), spooling(Spooling.What.UPLOADS, 1 << 20));
  }

  Spooling spooling(Spooling.What what, long room) {
    return new Spooling(
        what, new Spooling.Place.Folder(folder), 1 << 20, room, Duration.ofMillis(1));
  }

  InetSocketAddress before(int port, Spooling spooling) throws IOException {
    return front(open(port, spooling)).addresses().getFirst();
  }

  static UpstreamSettings settings(int port, Spooling spooling) {
    ConnectSettings connect =
        new ConnectSettings(
            "127.0.0.1", port, TlsUse.OFF, Tls.of(Trust.system(), "127.0.0.1"), Source.any(), LONG);
    return UpstreamSettings.usual("acme", connect, LimitSettings.standard().withConfigured(1))
        .with(spooling);
  }

  Gateway open(int port, Spooling spooling) throws IOException {
    return closer.register(
        Gateway.open(
            new GatewaySettings(
                List.of(settings(port, spooling)),
                new GatewaySettings.Usual.Upstream("acme"),
                LONG,
                Duration.ofMillis(300),
                GatewaySettings.LOGIN_MEMORY),
            ALONE));
  }

  Front front(Gateway gateway) throws IOException {
    return closer.register(Fronts.open(gateway));
  }

  static RawClient client(InetSocketAddress gateway) throws IOException {
    RawClient client = RawClient.loggedIn(gateway, "ann", "secret");
    client.say("TYPE I\r\n").expect("200");
    return client;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Of the one upstream. */
  Path spool() {
    return folder.resolve("acme");
  }

  /** The names in one of its folders. */
  List<String> names(String below) throws IOException {
    try (Stream<Path> each = Files.list(spool().resolve(below))) {
      return each.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }

  void awaitEmpty() {
    Await.until(
        LONG,
        "nothing is pending",
        () -> names("pending").isEmpty() && names("accounts").isEmpty());
  }

  @Override
  public void close() throws IOException {
    closer.close();
  }
}
