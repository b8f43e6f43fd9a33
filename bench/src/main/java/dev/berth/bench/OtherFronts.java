package dev.berth.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What else people put before a server, where {@code bench/gateway} could unpack it.
 *
 * @param peers the folder {@code .peers}
 * @param folder in which each gets a folder
 */
record OtherFronts(Path peers, Path folder) {
  /** HAProxy, which lets so many connections through at a time, and the others wait. */
  Optional<Front.Opening> haproxy(int limit) {
    Path program = peers.resolve("haproxy/usr/sbin/haproxy");
    return Files.isExecutable(program)
        ? Optional.of(server -> haproxy(program, limit, server))
        : Optional.empty();
  }

  private Front haproxy(Path program, int limit, InetSocketAddress server) throws IOException {
    Path own = Files.createTempDirectory(folder, "haproxy-");
    int port = freePort();
    Path settings =
        Files.writeString(
            own.resolve("haproxy.cfg"),
            """
            global
              maxconn 2000
            defaults
              mode tcp
              timeout connect 10s
              timeout queue 170s
              timeout client 170s
              timeout server 170s
            listen ftp
              bind 127.0.0.1:%d
              server far 127.0.0.1:%d maxconn %d
            """
                .formatted(port, server.getPort(), limit));
    ProcessBuilder builder =
        new ProcessBuilder(program.toString(), "-db", "-f", settings.toString());
    builder.environment().put("LD_LIBRARY_PATH", libraries(peers.resolve("haproxy/usr/lib")));
    return Front.Program.thatAnswers(builder, port, own.resolve("log"));
  }

  /** ProFTPD's mod_proxy as a reverse proxy. It has no limit of what it opens, and no queue. */
  Optional<Front.Opening> modProxy() {
    Path program = peers.resolve("proftpd/usr/sbin/proftpd");
    Path module = peers.resolve("proftpd-mod-proxy/usr/lib/proftpd/mod_proxy.so");
    return Files.isExecutable(program) && Files.exists(module)
        ? Optional.of(server -> modProxy(program, module, server))
        : Optional.empty();
  }

  private Front modProxy(Path program, Path module, InetSocketAddress server) throws IOException {
    Path own = Files.createTempDirectory(folder, "mod-proxy-");
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx--x--x"));
    int port = freePort();
    Path modules = Files.createDirectory(own.resolve("modules"));
    Path tls = peers.resolve("proftpd/usr/lib/proftpd/mod_tls.so");
    for (Path each : List.of(module, tls)) {
      Files.createSymbolicLink(modules.resolve(each.getFileName()), each.toRealPath());
    }
    Path settings =
        Files.write(
            own.resolve("proftpd.conf"),
            List.of(
                "ModulePath " + modules,
                "LoadModule mod_tls.c", // It has the OpenSSL that the other one needs.
                "LoadModule mod_proxy.c",
                "ServerType standalone",
                "ServerName \"proxy\"",
                "Port " + port,
                "DefaultAddress 127.0.0.1",
                "SocketBindTight on",
                "UseIPv6 off",
                "UseReverseDNS off",
                "User berthtest",
                "Group berthtest",
                "PidFile " + own.resolve("pid"),
                "ScoreboardFile " + own.resolve("scoreboard"),
                "SystemLog " + own.resolve("proftpd.log"),
                "TransferLog none",
                "WtmpLog off",
                "DelayEngine off",
                "ProxyEngine on",
                "ProxyTLSEngine off", // As the gateway here; else it would not believe the
                // certificate.
                "ProxyLog " + own.resolve("proxy.log"),
                "ProxyTables " + own.resolve("tables"),
                "ProxyRole reverse",
                "ProxyReverseServers ftp://127.0.0.1:" + server.getPort()));
    ProcessBuilder builder =
        new ProcessBuilder(program.toString(), "--nodaemon", "--quiet", "-c", settings.toString());
    builder
        .environment()
        .put("LD_LIBRARY_PATH", libraries(peers.resolve("proftpd-mod-proxy/usr/lib")));
    return Front.Program.thatAnswers(builder, port, own.resolve("log"));
  }

  /** The folders of libraries that came with a program. */
  private static String libraries(Path folder) throws IOException {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.map(Path::toString).collect(Collectors.joining(":"));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
