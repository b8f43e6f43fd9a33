package dev.berth.interop;

import dev.berth.client.TlsUse;
import dev.berth.interop.Guest.CannotDo;
import dev.berth.interop.OurServer.Reuse;
import dev.berth.limits.LimitSettings;
import dev.berth.testkit.Peer;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real server twice: one for guests that come directly, and one that takes two connections, which
 * gateways have. Confined to one thread.
 *
 * @param open takes any number of connections
 * @param server what takes two
 * @param toTls a gateway that may open one of them, and goes over to TLS
 * @param toPlain one that may open the other, and does not
 */
record GatewayGuests(Peer open, Server server, OurGateway toTls, OurGateway toPlain)
    implements AutoCloseable {
  /** What the same is wanted of. The other columns are the gateway's alone. */
  private static final List<Column> COLUMNS =
      List.of(
          Column.LIST,
          Column.DOWN,
          Column.UP,
          Column.RESUME_DOWN,
          Column.RESUME_UP,
          Column.RENAME,
          Column.DELETE,
          Column.TLS,
          Column.NAMES);

  private static final String YES = "yes";

  static GatewayGuests start(PeerKind kind) throws IOException {
    PeerSettings settings =
        PeerSettings.plain().tls(PeerSettings.Tls.EXPLICIT).tlsReuse(PeerSettings.TlsReuse.FREE);
    LimitSettings one = LimitSettings.standard().withConfigured(1);
    Peer open = Peers.start(kind, settings);
    Server server = Server.start(kind, settings.perAddress(2));
    OurGateway toTls = OurGateway.before(server.tap().address(), one, TlsUse.REQUIRED);
    return new GatewayGuests(
        open, server, toTls, OurGateway.before(server.tap().address(), one, TlsUse.OFF));
  }

  /**
   * Plays all columns with a guest.
   *
   * @return a cell of the table
   */
  String play(String name, Path folder, List<String> failures) throws IOException {
    Map<Column, String> direct = new EnumMap<>(Column.class);
    Map<Column, String> gated = new EnumMap<>(Column.class);
    for (Column column : COLUMNS) {
      Host.Gated gateway = new Host.Gated(server.peer(), column == Column.TLS ? toPlain : toTls);
      direct.put(column, cell(name, folder, column, new Host.Theirs(open), failures));
      gated.put(column, cell(name, folder, column, gateway, failures));
    }
    return text(direct, gated);
  }

  /** Each in folders that are empty: some go on with whatever is there. */
  private String cell(
      String name, Path folder, Column column, Host.Foreign host, List<String> failures)
      throws IOException {
    empty(host.root());
    Path own = Files.createTempDirectory(folder, "guest");
    Path here = Files.createDirectory(own.resolve("files"));
    Guest guest = Guests.open(name, Files.createDirectory(own.resolve("own")), host.root());
    guest.version();
    try {
      column.play(Stay.begin(guest, host, Reuse.FREE, host.root(), here));
      return YES;
    } catch (CannotDo e) {
      return "cannot";
    } catch (IOException e) {
      failures.add(host.getClass().getSimpleName() + " " + column + ": " + e.getMessage());
      return "no";
    }
  }

  private static void empty(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(root)) {
          Files.delete(path);
        }
      }
    }
  }

  /**
   * What comes about through the gateway. What only directly does not is left out: some clients
   * have TLS with some servers in one run, and in the next one not.
   */
  private static String text(Map<Column, String> direct, Map<Column, String> gated) {
    long works = COLUMNS.stream().filter(column -> YES.equals(gated.get(column))).count();
    List<String> parts = new ArrayList<>();
    parts.add(works + " of " + COLUMNS.size());
    say(parts, "not through the gateway", titles(direct, gated, YES, "no"));
    say(parts, "neither way", titles(direct, gated, "no", "no"));
    say(parts, "cannot", titles(direct, gated, "cannot", "cannot"));
    return String.join("; ", parts);
  }

  private static void say(List<String> parts, String what, String titles) {
    if (!titles.isEmpty()) {
      parts.add(what + ": " + titles);
    }
  }

  private static String titles(
      Map<Column, String> direct, Map<Column, String> gated, String one, String other) {
    return COLUMNS.stream()
        .filter(column -> one.equals(direct.get(column)) && other.equals(gated.get(column)))
        .map(Column::title)
        .collect(Collectors.joining(", "));
  }

  @Override
  public void close() throws IOException {
    try (open;
        server;
        toTls) {
      toPlain.close();
    }
  }
}
