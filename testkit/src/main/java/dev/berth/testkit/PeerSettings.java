package dev.berth.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How a real server is to be set up. Start from {@link #plain()} and change what matters:
 *
 * <pre>{@code
 * PeerSettings.plain().limit(Limit.PER_ADDRESS, 2).tls(Tls.EXPLICIT_REQUIRED).line("MaxInstances 3")
 * }</pre>
 *
 * What a server cannot do (a limit per user in vsftpd, implicit TLS in Pure-FTPd) fails its start
 * with {@link IllegalArgumentException}; nothing is left out quietly.
 *
 * @param limits ceilings; no entry means no limit
 * @param tls whether and how the server speaks TLS
 * @param tlsReuse whether a data connection must resume the control connection's TLS session
 * @param newestTls the newest TLS version offered
 * @param timeouts what ends a quiet session; no entry means the server's own time
 * @param root the folder to serve
 * @param lines further settings in the server's own words, one each: a line of the configuration
 *     file (vsftpd, ProFTPD), an argument (Pure-FTPd), a Python statement on {@code handler},
 *     {@code data_handler}, {@code server} (pyftpdlib); Apache FtpServer takes none
 */
public record PeerSettings(
    Map<Limit, Integer> limits,
    Tls tls,
    TlsReuse tlsReuse,
    NewestTls newestTls,
    Map<Timeout, Duration> timeouts,
    Root root,
    List<String> lines) {

  /** What is limited. */
  public enum Limit {
    /**
     * Connections of one client address: vsftpd {@code max_per_ip}, ProFTPD {@code
     * MaxClientsPerHost}, Pure-FTPd {@code -C}, pyftpdlib {@code max_cons_per_ip}, Apache logins
     * per address.
     */
    PER_ADDRESS,
    /**
     * Connections in all: vsftpd {@code max_clients}, ProFTPD {@code MaxClients}, Pure-FTPd {@code
     * -c}, pyftpdlib {@code max_cons} (counts sockets: the listening one and data connections too),
     * Apache {@code maxLogins}.
     */
    SERVER,
    /** Sessions of one user: ProFTPD {@code MaxClientsPerUser}, Pure-FTPd {@code -y}, Apache. */
    PER_USER
  }

  /** Whether and how TLS is spoken (RFC 4217). */
  public enum Tls {
    /** No TLS: {@code AUTH TLS} is refused. */
    NONE,
    /** {@code AUTH TLS} is offered. */
    EXPLICIT,
    /** No login without {@code AUTH TLS}, no data without {@code PROT P}. */
    EXPLICIT_REQUIRED,
    /** TLS from the first byte. */
    IMPLICIT
  }

  /** Whether a data connection must resume the control connection's TLS session. */
  public enum TlsReuse {
    /** It need not. */
    FREE,
    /** It must: vsftpd and ProFTPD as shipped. The others cannot demand it. */
    DEMANDED
  }

  /** The newest TLS version that the server offers. */
  public enum NewestTls {
    /** Nothing newer than TLS 1.2. */
    V1_2,
    /** TLS 1.3 too. */
    V1_3
  }

  /** What ends a session. */
  public enum Timeout {
    /** No command for so long (whole seconds; Pure-FTPd: whole minutes). */
    IDLE,
    /** A transfer that stands still for so long (whole seconds; not Pure-FTPd). */
    DATA
  }

  /** The folder to serve. */
  public sealed interface Root {
    /** A new one, removed when the server ends. */
    record Fresh() implements Root {}

    /**
     * One that is there and stays. It and what is in it must be readable for the test account.
     *
     * @param folder absolute
     */
    record Given(Path folder) implements Root {}
  }

  public PeerSettings {
    limits = Map.copyOf(limits);
    timeouts = Map.copyOf(timeouts);
    lines = List.copyOf(lines);
    limits.forEach((limit, number) -> {
      if (number < 1) {
        throw new IllegalArgumentException(limit + " must be 1 or more, is " + number);
      }
    });
    timeouts.forEach((timeout, duration) -> {
      if (duration.toSeconds() < 1 || duration.toMillis() % 1000 != 0) {
        throw new IllegalArgumentException(timeout + " must be whole seconds, is " + duration);
      }
    });
  }

  /** No limits, no TLS, the server's own times, a fresh root. */
  public static PeerSettings plain() {
    return new PeerSettings(
        Map.of(), Tls.NONE, TlsReuse.FREE, NewestTls.V1_3, Map.of(), new Root.Fresh(), List.of());
  }

  /** These settings with this limit. */
  public PeerSettings limit(Limit limit, int number) {
    Map<Limit, Integer> changed = new EnumMap<>(Limit.class);
    changed.putAll(limits);
    changed.put(limit, number);
    return new PeerSettings(changed, tls, tlsReuse, newestTls, timeouts, root, lines);
  }

  /** These settings with at most {@code number} connections of one client address. */
  public PeerSettings perAddress(int number) {
    return limit(Limit.PER_ADDRESS, number);
  }

  /** These settings with TLS spoken so. */
  public PeerSettings tls(Tls mode) {
    return new PeerSettings(limits, mode, tlsReuse, newestTls, timeouts, root, lines);
  }

  /** These settings with resumption demanded of data connections, or not. */
  public PeerSettings tlsReuse(TlsReuse reuse) {
    return new PeerSettings(limits, tls, reuse, newestTls, timeouts, root, lines);
  }

  /** These settings with nothing newer than this version of TLS. */
  public PeerSettings newestTls(NewestTls version) {
    return new PeerSettings(limits, tls, tlsReuse, version, timeouts, root, lines);
  }

  /** These settings with this time-out. */
  public PeerSettings timeout(Timeout timeout, Duration duration) {
    Map<Timeout, Duration> changed = new EnumMap<>(Timeout.class);
    changed.putAll(timeouts);
    changed.put(timeout, duration);
    return new PeerSettings(limits, tls, tlsReuse, newestTls, changed, root, lines);
  }

  /** These settings with this folder served. */
  public PeerSettings root(Path folder) {
    return new PeerSettings(
        limits, tls, tlsReuse, newestTls, timeouts, new Root.Given(folder), lines);
  }

  /** These settings and one more in the server's own words. */
  public PeerSettings line(String line) {
    List<String> changed = new ArrayList<>(lines);
    changed.add(line);
    return new PeerSettings(limits, tls, tlsReuse, newestTls, timeouts, root, changed);
  }
}
