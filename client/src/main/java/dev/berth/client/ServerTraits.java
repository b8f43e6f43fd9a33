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
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
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

  private final ListingRoom listings = ListingRoom.ofThisProgram();

  /** What is said before a file is named: a refusal of it may come from what was remembered. */
  private static final Set<Trait> OF_DATA_CONNECTIONS =
      EnumSet.of(
          Trait.EXTENDED_PASSIVE_REFUSED,
          Trait.PASSIVE_IMPOSSIBLE,
          Trait.PASSIVE_WORKED,
          Trait.EXTENDED_ACTIVE_REFUSED,
          Trait.ACTIVE_WORKED,
          Trait.ANNOUNCEMENT_REFUSED);

  /** What is seen again and again is written anew once a day, not in every run. */
  private static final Duration WORTH_WRITING = Duration.ofDays(1);

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Trait, Finding> findings = new EnumMap<>(Trait.class); // guarded by lock
  private final Set<Trait> unseen = EnumSet.noneOf(Trait.class); // guarded by lock; in this run
  private String server = ""; // guarded by lock
  private final AttributeTraits attributes = new AttributeTraits();
  private @Nullable ServerDialect dialect; // guarded by lock
  private int passiveUnreachable; // guarded by lock; how often, one way after the other
  private boolean changed; // guarded by lock
  private final NamesSeen names = new NamesSeen(); // guarded by lock

  /** Nothing is known yet. */
  public ServerTraits() {
    this(InstantSource.system());
  }

  private ServerTraits(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * With what an earlier run remembered, but for what is too old to be believed.
   *
   * @param clock tells how old
   */
  public static ServerTraits resume(RememberedTraits remembered, InstantSource clock) {
    ServerTraits traits = new ServerTraits(clock);
    traits.server = remembered.server();
    for (Finding finding : remembered.findings()) {
      if (!finding.isStale(clock.instant())) {
        if (finding.trait() == Trait.CHARSET && !traits.names.remember(finding.value())) {
          continue;
        }
        traits.findings.put(finding.trait(), finding);
        traits.unseen.add(finding.trait());
      }
    }
    return traits;
  }

  /** What the next run shall know. */
  public RememberedTraits remembered() {
    lock.lock();
    try {
      return new RememberedTraits(server, List.copyOf(findings.values()));
    } finally {
      lock.unlock();
    }
  }

  /** Whether that differs from what was resumed, so that it is worth writing. */
  public boolean isNews() {
    lock.lock();
    try {
      return changed;
    } finally {
      lock.unlock();
    }
  }

  /** What the server told of itself; nothing before the first connection. */
  public Optional<ServerDialect> dialect() {
    lock.lock();
    try {
      return Optional.ofNullable(dialect);
    } finally {
      lock.unlock();
    }
  }

  /** A login went well. Of another software, or one with other features, nothing is remembered. */
  void recognised(ServerDialect seen, Features features) {
    String mark = mark(seen, features);
    lock.lock();
    try {
      dialect = seen;
      if (!mark.equals(server)) {
        findings.keySet().removeAll(unseen);
        unseen.clear();
        server = mark;
        changed = true;
      }
    } finally {
      lock.unlock();
    }
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
    lock.lock();
    try {
      Finding seen = findings.get(Trait.IDLE_SECONDS);
      Duration known = seen == null ? habit : Duration.ofSeconds(Integer.parseInt(seen.value()));
      return known.compareTo(habit) < 0 ? known : habit;
    } finally {
      lock.unlock();
    }
  }

  /** The server has closed a connection that rested for so long. */
  public void closedAfter(Duration rest) {
    long seconds = rest.toSeconds();
    if (seconds < 1 || seconds >= idleTime().toSeconds()) {
      return;
    }
    lock.lock();
    try {
      foundLocked(Trait.IDLE_SECONDS, Long.toString(seconds));
    } finally {
      lock.unlock();
    }
  }

  /** Which commands the server takes ahead. */
  ServerHabits.Pipelining pipelining() {
    return dialect().map(known -> known.habits().pipelining()).orElse(ServerHabits.Pipelining.NONE);
  }

  /** Whether EPSV is to be tried before PASV (RFC 2428). */
  boolean hasExtendedPassive() {
    return !has(Trait.EXTENDED_PASSIVE_REFUSED);
  }

  void withoutExtendedPassive() {
    found(Trait.EXTENDED_PASSIVE_REFUSED);
  }

  /** Whether a data connection was made in the way that is now in use. */
  boolean isPassiveProven() {
    return has(Trait.PASSIVE_WORKED);
  }

  void passiveWorked() {
    found(Trait.PASSIVE_WORKED);
  }

  /**
   * A passive port could not be reached. Before it ever could: some firewalls follow PASV only, so
   * that is tried next; over IPv6 the same again. After that there is no passive mode here.
   */
  void passiveUnreachable(boolean overIpv6) {
    lock.lock();
    try {
      if (sawLocked(Trait.PASSIVE_WORKED) || doubtLocked(OF_DATA_CONNECTIONS)) {
        return;
      }
      if (!findings.containsKey(Trait.EXTENDED_PASSIVE_REFUSED) && !overIpv6) {
        foundLocked(Trait.EXTENDED_PASSIVE_REFUSED, Trait.YES);
        passiveUnreachable = 1;
        return;
      }
      passiveUnreachable++;
      if (passiveUnreachable >= 2) {
        foundLocked(Trait.PASSIVE_IMPOSSIBLE, Trait.YES);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Passive mode was refused for good.
   *
   * @return whether it is impossible, as it never worked
   */
  boolean passiveRefused() {
    lock.lock();
    try {
      if (!sawLocked(Trait.PASSIVE_WORKED)) {
        foundLocked(Trait.PASSIVE_IMPOSSIBLE, Trait.YES);
      }
      return findings.containsKey(Trait.PASSIVE_IMPOSSIBLE);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the server is to connect, unless that is forbidden. */
  boolean isPassiveImpossible() {
    return has(Trait.PASSIVE_IMPOSSIBLE);
  }

  /** Whether EPRT is to be tried before PORT (RFC 2428). */
  boolean hasExtendedActive() {
    return !has(Trait.EXTENDED_ACTIVE_REFUSED);
  }

  void withoutExtendedActive() {
    found(Trait.EXTENDED_ACTIVE_REFUSED);
  }

  /** Whether the server has made a data connection to us. */
  boolean isActiveProven() {
    return has(Trait.ACTIVE_WORKED);
  }

  void activeWorked() {
    found(Trait.ACTIVE_WORKED);
  }

  /** Active mode did not work; if it never has, passive mode is worth another look. */
  void activeFailed() {
    lock.lock();
    try {
      if (!sawLocked(Trait.ACTIVE_WORKED)) {
        forgetLocked(Trait.PASSIVE_IMPOSSIBLE);
        forgetLocked(Trait.ACTIVE_WORKED);
        passiveUnreachable = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * No data connection could be agreed on: forgets what an earlier run remembers of them.
   *
   * @return whether there was any of it, so that another attempt goes another way
   */
  boolean doubtsDataConnections() {
    lock.lock();
    try {
      return doubtLocked(OF_DATA_CONNECTIONS);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether EPRT and RETR may go in one packet. Measured, 200 pairs each: vsftpd 3.0.3, ProFTPD
   * 1.3.8, Pure-FTPd 1.0.50 and Apache FtpServer 1.2.1 answer each in turn; pyftpdlib 1.5.7 answers
   * the RETR first.
   */
  boolean takesActivePairs() {
    return pipelining() != ServerHabits.Pipelining.NONE
        && dialect().map(known -> known.software() != ServerSoftware.PYFTPDLIB).orElse(false);
  }

  /** Whether the server takes the PRET that it lists. */
  boolean takesAnnouncement() {
    return !has(Trait.ANNOUNCEMENT_REFUSED);
  }

  void withoutAnnouncement() {
    found(Trait.ANNOUNCEMENT_REFUSED);
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
    return has(Trait.ONLY_TLS_12);
  }

  void resumesOnlyInTls12() {
    found(Trait.ONLY_TLS_12);
  }

  /**
   * No TLS came about: forgets what an earlier run remembers of it.
   *
   * @return whether there was any of it, so that another attempt offers more
   */
  boolean doubtsTls() {
    lock.lock();
    try {
      return doubtLocked(Set.of(Trait.ONLY_TLS_12));
    } finally {
      lock.unlock();
    }
  }

  /** Whether AUTH TLS was ever accepted: who refuses it later is not to be believed. */
  boolean isTlsProven() {
    return has(Trait.TLS_WORKED);
  }

  void tlsWorked() {
    found(Trait.TLS_WORKED);
  }

  /** The user wants no TLS here: it is not to be missed later either. */
  void withoutTls() {
    lock.lock();
    try {
      forgetLocked(Trait.TLS_WORKED);
    } finally {
      lock.unlock();
    }
  }

  /** Where the listings of this server must fit while they are read. */
  ListingRoom listings() {
    return listings;
  }

  /** Whether LIST takes the option {@code -a}, which shows dot files. */
  boolean takesListOption() {
    return !has(Trait.LIST_OPTION_REFUSED);
  }

  void withoutListOption() {
    found(Trait.LIST_OPTION_REFUSED);
  }

  /** Its ways with times and permissions. */
  AttributeTraits attributes() {
    return attributes;
  }

  /** The zone of the times that LIST gives, once it was found out in this run, or told. */
  public Optional<ZoneId> listingZone() {
    lock.lock();
    try {
      return sawLocked(Trait.LISTING_ZONE) ? zoneLocked() : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** The same as an earlier run found it: the clocks may have been changed since. */
  Optional<ZoneId> rememberedZone() {
    lock.lock();
    try {
      return zoneLocked();
    } finally {
      lock.unlock();
    }
  }

  private Optional<ZoneId> zoneLocked() {
    return Optional.ofNullable(findings.get(Trait.LISTING_ZONE))
        .map(finding -> ZoneId.of(finding.value()));
  }

  /** The times that LIST gives are of this zone. */
  public void listsTimesOf(ZoneId zone) {
    lock.lock();
    try {
      foundLocked(Trait.LISTING_ZONE, zone.getId());
    } finally {
      lock.unlock();
    }
  }

  /** How names are written, whatever they look like. Say it before the first connection. */
  public void writesNamesIn(NameCoding coding) {
    lock.lock();
    try {
      names.decide(coding);
    } finally {
      lock.unlock();
    }
  }

  /** How the server writes names, as far as is known. */
  NameCoding names() {
    lock.lock();
    try {
      return names.coding();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The server has listed these, as {@link dev.berth.wire.Octets#toText} made them.
   *
   * @return how they are to be read
   */
  NameCoding saw(List<String> listed) {
    lock.lock();
    try {
      names.saw(listed);
      return keptLocked();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether it is worth a look at the names beside one that a user typed, and that is not found.
   */
  boolean mayLookForNames() {
    lock.lock();
    try {
      return names.mayLook();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A user asks for a name that the server does not know as it was written.
   *
   * @param listed names of the folder that it, or one on the way to it, may stand in
   */
  void lookedFor(String typed, List<String> listed) {
    lock.lock();
    try {
      names.lookedFor(typed, listed);
      keptLocked();
    } finally {
      lock.unlock();
    }
  }

  /** What a user typed was found, written so. */
  void foundAs(String typed) {
    lock.lock();
    try {
      names.foundAs(typed);
    } finally {
      lock.unlock();
    }
  }

  private NameCoding keptLocked() {
    assert lock.isHeldByCurrentThread();
    NameCoding coding = names.coding();
    if (names.isSeen()) {
      if (coding.equals(NameCoding.UTF_8)) {
        forgetLocked(Trait.CHARSET);
      } else {
        foundLocked(Trait.CHARSET, coding.charset().name());
      }
    }
    return coding;
  }

  /** How a part of an upload is to be continued. */
  StoreContinuation storeContinuation() {
    if (!has(Trait.RESTARTED_STORE_REFUSED)) {
      return StoreContinuation.RESTART;
    }
    return has(Trait.APPEND_REFUSED) ? StoreContinuation.NONE : StoreContinuation.APPEND;
  }

  /** The server refused to continue an upload in this way. */
  void withoutStoreContinuation(StoreContinuation refused) {
    switch (refused) {
      case RESTART -> found(Trait.RESTARTED_STORE_REFUSED);
      case APPEND -> found(Trait.APPEND_REFUSED);
      case NONE -> {
        // Nothing was tried.
      }
    }
  }

  private boolean has(Trait trait) {
    lock.lock();
    try {
      return findings.containsKey(trait);
    } finally {
      lock.unlock();
    }
  }

  private void found(Trait trait) {
    lock.lock();
    try {
      foundLocked(trait, Trait.YES);
    } finally {
      lock.unlock();
    }
  }

  private void foundLocked(Trait trait, String value) {
    assert lock.isHeldByCurrentThread();
    boolean again = !unseen.remove(trait);
    Finding known = findings.get(trait);
    if (known != null && known.value().equals(value)) {
      if (again || !known.at().plus(WORTH_WRITING).isBefore(clock.instant())) {
        return; // This is asked for each file.
      }
    }
    findings.put(trait, new Finding(trait, value, clock.instant()));
    changed = true;
  }

  /** Whether it was found in this run, not only in an earlier one. */
  private boolean sawLocked(Trait trait) {
    assert lock.isHeldByCurrentThread();
    return findings.containsKey(trait) && !unseen.contains(trait);
  }

  private boolean forgetLocked(Trait trait) {
    assert lock.isHeldByCurrentThread();
    unseen.remove(trait);
    boolean known = findings.remove(trait) != null;
    changed |= known;
    return known;
  }

  private boolean doubtLocked(Set<Trait> traits) {
    assert lock.isHeldByCurrentThread();
    boolean any = false;
    for (Trait trait : traits) {
      any |= unseen.contains(trait) && forgetLocked(trait);
    }
    return any;
  }
}
