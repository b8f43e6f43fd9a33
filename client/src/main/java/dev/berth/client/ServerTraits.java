package dev.berth.client;

import dev.berth.dialects.ServerDialect;
import dev.berth.dialects.ServerHabits;
import dev.berth.dialects.ServerSoftware;
import dev.berth.wire.Command;
import dev.berth.wire.Features;
import dev.berth.wire.NameCoding;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was learned of one server's ways, shared by all connections to it: what worked once is used
 * at once on the next connection, and by {@link #resume} and {@link #remembered} in the next run.
 * Any thread may call it.
 *
 * <p>What an earlier run remembers is believed until something speaks against it: a refusal, or a
 * server that is no longer the same. Then it is forgotten, and found out anew at once.
 */
public final class ServerTraits {
  /** How the server lets a part of an upload be continued. */
  enum StoreContinuation {
    /** By REST and STOR, as far as is known. */
    RESTART,
    /** Not so; but by APPE, as far as is known. */
    APPEND,
    /** Neither way. */
    NONE
  }

  private final Findings findings;
  private final DataTraits data;
  private final NameTraits names;
  private final ZoneTraits zone;
  private final AttributeTraits attributes = new AttributeTraits();
  private final Set<String> refusedHashes = ConcurrentHashMap.newKeySet();
  private volatile @Nullable ServerDialect dialect; // as the last login showed it

  /** Nothing is known yet. */
  public ServerTraits() {
    this(new Findings(InstantSource.system()));
  }

  private ServerTraits(Findings findings) {
    this.findings = findings;
    this.data = new DataTraits(findings);
    this.names = new NameTraits(findings);
    this.zone = new ZoneTraits(findings);
  }

  /**
   * With what an earlier run remembered, but for what is too old to be believed.
   *
   * @param clock tells how old
   */
  public static ServerTraits resume(RememberedTraits remembered, InstantSource clock) {
    return new ServerTraits(Findings.resume(remembered, clock));
  }

  /** What the next run shall know. */
  public RememberedTraits remembered() {
    return findings.remembered();
  }

  /** Whether that differs from what was resumed, so that it is worth writing. */
  public boolean isNews() {
    return findings.isNews();
  }

  /** What the server told of itself; nothing before the first connection. */
  public Optional<ServerDialect> dialect() {
    return Optional.ofNullable(dialect);
  }

  /** A login went well. Of another software, or one with other features, nothing is remembered. */
  void recognised(ServerDialect seen, Features features) {
    dialect = seen;
    findings.areOf(mark(seen, features));
    names.recognised();
  }

  /** Greetings tell the time and the number of users; what FEAT tells changes with the software. */
  private static String mark(ServerDialect dialect, Features features) {
    int hash = new TreeMap<>(features.parameters()).hashCode();
    return dialect.software().name() + ' ' + Integer.toHexString(hash);
  }

  /**
   * After how long without a command the server closes a connection: as it says, as it has done, or
   * as its kind does.
   */
  public Duration idleTime() {
    Duration habit =
        dialect()
            .map(ServerDialect::habits)
            .orElseGet(() -> ServerHabits.of(ServerSoftware.UNKNOWN))
            .idleTimeout();
    Duration known =
        findings
            .value(Trait.IDLE_SECONDS)
            .map(seconds -> Duration.ofSeconds(Integer.parseInt(seconds)))
            .orElse(habit);
    return known.compareTo(habit) < 0 ? known : habit;
  }

  /** The server has closed a connection that rested for so long. */
  public void closedAfter(Duration rest) {
    long seconds = rest.toSeconds();
    if (seconds >= 1 && seconds < idleTime().toSeconds()) {
      findings.found(Trait.IDLE_SECONDS, Long.toString(seconds));
    }
  }

  /** Which commands the server takes ahead. */
  ServerHabits.Pipelining pipelining() {
    return dialect().map(known -> known.habits().pipelining()).orElse(ServerHabits.Pipelining.NONE);
  }

  /** Whether it takes a command before the reply to the one before. */
  boolean takesCommandsAhead() {
    return pipelining() != ServerHabits.Pipelining.NONE;
  }

  /** How data connections come about. */
  DataTraits data() {
    return data;
  }

  /**
   * Whether EPRT and RETR may go in one packet. Measured, 200 pairs each: vsftpd 3.0.3, ProFTPD
   * 1.3.8, Pure-FTPd 1.0.50 and Apache FtpServer 1.2.1 answer each in turn; pyftpdlib 1.5.7 answers
   * the RETR first.
   */
  boolean takesActivePairs() {
    return takesCommandsAhead()
        && dialect().map(known -> known.software() != ServerSoftware.PYFTPDLIB).orElse(false);
  }

  /**
   * How a server reads the octet 255 in a pathname. Measured: ProFTPD 1.3.8 takes two for one, as
   * Telnet has it; vsftpd 3.0.3 and Pure-FTPd 1.0.50 take two for two. pyftpdlib and Apache
   * FtpServer have no such names at all.
   */
  static Command.Telnet telnet(ServerDialect dialect) {
    return switch (dialect.software()) {
      case VSFTPD, PURE_FTPD -> Command.Telnet.BARE;
      case PROFTPD,
          PYFTPDLIB,
          APACHE_FTPSERVER,
          FILEZILLA_SERVER,
          IIS,
          SFTPGO,
          SERV_U,
          WU_FTPD,
          UNKNOWN ->
          Command.Telnet.DOUBLED;
    };
  }

  /** Whether the server runs out of sessions to resume in TLS 1.3. */
  boolean isTls12Only() {
    return findings.has(Trait.ONLY_TLS_12);
  }

  void resumesOnlyInTls12() {
    findings.found(Trait.ONLY_TLS_12);
  }

  /**
   * No TLS came about: forgets what an earlier run remembers of it.
   *
   * @return whether there was any of it, so that another attempt offers more
   */
  boolean doubtsTls() {
    return findings.doubt(Set.of(Trait.ONLY_TLS_12));
  }

  /** Whether AUTH TLS was ever accepted: who refuses it later is not to be believed. */
  boolean isTlsProven() {
    return findings.has(Trait.TLS_WORKED);
  }

  void tlsWorked() {
    findings.found(Trait.TLS_WORKED);
  }

  /** The user wants no TLS here, and was let in so: it is not to be missed later either. */
  void withoutTls() {
    findings.forget(Trait.TLS_WORKED);
  }

  /** Whether LIST takes the option {@code -a}, which shows dot files. */
  boolean takesListOption() {
    return !findings.has(Trait.LIST_OPTION_REFUSED);
  }

  void withoutListOption() {
    findings.found(Trait.LIST_OPTION_REFUSED);
  }

  /** Its ways with times and permissions. */
  AttributeTraits attributes() {
    return attributes;
  }

  /**
   * The times that LIST gives are of this zone, whatever they look like; it is not remembered. Say
   * it before the first connection.
   */
  public void listsTimesOf(ZoneId zone) {
    this.zone.decide(zone);
  }

  /** The zone of the times that LIST gives. */
  ZoneTraits zone() {
    return zone;
  }

  /** How names are written, whatever they look like. Say it before the first connection. */
  public void writesNamesIn(NameCoding coding) {
    names.decide(coding);
  }

  /** How names are written. */
  NameTraits names() {
    return names;
  }

  /**
   * Whether the server may tell digests so: it has not said in this run that it does not know how.
   *
   * @param way a command, or HASH and its algorithm
   */
  boolean mayHash(String way) {
    return !refusedHashes.contains(way);
  }

  void withoutHash(String way) {
    refusedHashes.add(way);
  }

  /** How a part of an upload is to be continued. */
  StoreContinuation storeContinuation() {
    if (!findings.has(Trait.RESTARTED_STORE_REFUSED)) {
      return StoreContinuation.RESTART;
    }
    return findings.has(Trait.APPEND_REFUSED) ? StoreContinuation.NONE : StoreContinuation.APPEND;
  }

  /**
   * The server refused to continue an upload in this way.
   *
   * @param whatever whether it would refuse it for every file: else the next run tries again
   */
  void withoutStoreContinuation(StoreContinuation refused, boolean whatever) {
    Trait trait =
        refused == StoreContinuation.RESTART ? Trait.RESTARTED_STORE_REFUSED : Trait.APPEND_REFUSED;
    if (whatever) {
      findings.found(trait);
    } else {
      findings.isForNow(trait);
    }
  }
}
