package dev.berth.bench;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What is to be measured of the gateway.
 *
 * @param parts at least one
 * @param servers by their names in the tables, at least one
 * @param rounds counted rounds, at least 1
 * @param bytes of the file of {@link Part#BULK}, at least 1 MiB
 * @param clients of {@link Part#CROWD}, at least 2
 */
record GatewayOptions(Set<Part> parts, Set<String> servers, int rounds, long bytes, int clients) {
  static final String USAGE =
      "usage: bench/gateway [--rounds N] [--part bulk|small|cron|crowd]..."
          + " [--server vsftpd|pure-ftpd|proftpd|berth]... [--bytes N] [--clients N]";

  private static final Set<String> SERVERS = Set.of("vsftpd", "pure-ftpd", "proftpd", "berth");

  /** What can be measured on its own. */
  enum Part {
    /** One big file each way. */
    BULK,
    /** Small files, in one session and by a process each. */
    SMALL,
    /** One file by a process, the server far away. */
    CRON,
    /** Many processes at once. */
    CROWD
  }

  GatewayOptions {
    parts = Set.copyOf(parts);
    servers = new LinkedHashSet<>(servers);
    if (rounds < 1 || bytes < 1 << 20 || clients < 2) {
      throw new IllegalArgumentException("at least 1 round, 1048576 bytes, 2 clients");
    }
    if (!SERVERS.containsAll(servers)) {
      throw new IllegalArgumentException("unknown server among " + servers);
    }
  }

  /**
   * Reads the arguments of the command line.
   *
   * @throws IllegalArgumentException for what it does not know
   */
  static GatewayOptions of(String... arguments) {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    Set<String> servers = new LinkedHashSet<>();
    int rounds = 5;
    long bytes = 512L << 20;
    int clients = 50;
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " needs a value");
      }
      String value = arguments[i + 1];
      switch (arguments[i]) {
        case "--part" -> parts.add(Part.valueOf(value.toUpperCase(Locale.ROOT)));
        case "--server" -> servers.add(value);
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--bytes" -> bytes = Long.parseLong(value);
        case "--clients" -> clients = Integer.parseInt(value);
        default -> throw new IllegalArgumentException("unknown option: " + arguments[i]);
      }
    }
    return new GatewayOptions(
        parts.isEmpty() ? EnumSet.allOf(Part.class) : parts,
        servers.isEmpty() ? new LinkedHashSet<>(java.util.List.of("vsftpd", "berth")) : servers,
        rounds,
        bytes,
        clients);
  }
}
