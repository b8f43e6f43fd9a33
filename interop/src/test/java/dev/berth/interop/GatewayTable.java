package dev.berth.interop;

import dev.berth.testkit.PeerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rows of "Clients through the gateway" in docs/clients.md. */
final class GatewayTable {
  static final List<PeerKind> SERVERS =
      List.of(PeerKind.VSFTPD, PeerKind.PROFTPD, PeerKind.PURE_FTPD);

  private static final String BEGIN = "<!-- gateway: interop/refresh-clients -->";
  private static final String END = "<!-- end of gateway -->";

  private GatewayTable() {}

  /** Makes the table of cells by server and client, and writes it for whoever refreshes it. */
  static String write(Map<PeerKind, Map<String, String>> cells) throws IOException {
    StringBuilder table = new StringBuilder("| client | vsftpd | ProFTPD | Pure-FTPd |\n");
    table.append("|---|---|---|---|\n");
    for (String name : cells.values().iterator().next().keySet()) {
      table.append("| ").append(name);
      cells.values().forEach(ofServer -> table.append(" | ").append(ofServer.get(name)));
      table.append(" |\n");
    }
    Files.writeString(Path.of("target/gateway-guests.md"), table);
    return table.toString();
  }

  /** The table that docs/clients.md has. */
  static String committed() throws IOException {
    Path document = Programs.peers().resolveSibling("docs/clients.md");
    return Files.readAllLines(document).stream()
        .dropWhile(line -> !line.equals(BEGIN))
        .skip(1)
        .takeWhile(line -> !line.equals(END))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
