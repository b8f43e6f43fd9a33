package dev.berth.client;

import java.util.EnumSet;
import java.util.Set;

/**
 * How data connections to one server come about, as a part of {@link ServerTraits}. Any thread may
 * call it.
 */
final class DataTraits {
  /** What is said before a file is named: a refusal of it may come from what was remembered. */
  private static final Set<Trait> ALL =
      EnumSet.of(
          Trait.EXTENDED_PASSIVE_REFUSED,
          Trait.PASSIVE_IMPOSSIBLE,
          Trait.PASSIVE_WORKED,
          Trait.EXTENDED_ACTIVE_REFUSED,
          Trait.ACTIVE_WORKED,
          Trait.ANNOUNCEMENT_REFUSED);

  private final Findings findings;
  private int unreachable; // how often, one way after the other; guarded as the findings are

  DataTraits(Findings findings) {
    this.findings = findings;
  }

  /** Whether EPSV is to be tried before PASV (RFC 2428). */
  boolean hasExtendedPassive() {
    return !findings.has(Trait.EXTENDED_PASSIVE_REFUSED);
  }

  void withoutExtendedPassive() {
    findings.found(Trait.EXTENDED_PASSIVE_REFUSED);
  }

  /** Whether a data connection was made in the way that is now in use. */
  boolean isPassiveProven() {
    return findings.has(Trait.PASSIVE_WORKED);
  }

  void passiveWorked() {
    findings.found(Trait.PASSIVE_WORKED);
  }

  /**
   * A passive port could not be reached. Before it ever could: some firewalls follow PASV only, so
   * that is tried next; over IPv6 the same again. After that there is no passive mode here.
   */
  void passiveUnreachable(boolean overIpv6) {
    findings.lock().lock();
    try {
      if (findings.saw(Trait.PASSIVE_WORKED) || doubts()) {
        return;
      }
      if (hasExtendedPassive() && !overIpv6) {
        withoutExtendedPassive();
        unreachable = 1;
        return;
      }
      unreachable++;
      if (unreachable >= 2) {
        findings.found(Trait.PASSIVE_IMPOSSIBLE);
      }
    } finally {
      findings.lock().unlock();
    }
  }

  /**
   * Passive mode was refused for good.
   *
   * @return whether it is impossible, as it never worked
   */
  boolean passiveRefused() {
    findings.lock().lock();
    try {
      if (!findings.saw(Trait.PASSIVE_WORKED)) {
        findings.found(Trait.PASSIVE_IMPOSSIBLE);
      }
      return isPassiveImpossible();
    } finally {
      findings.lock().unlock();
    }
  }

  /** Whether the server is to connect, unless that is forbidden. */
  boolean isPassiveImpossible() {
    return findings.has(Trait.PASSIVE_IMPOSSIBLE);
  }

  /** Whether EPRT is to be tried before PORT (RFC 2428). */
  boolean hasExtendedActive() {
    return !findings.has(Trait.EXTENDED_ACTIVE_REFUSED);
  }

  void withoutExtendedActive() {
    findings.found(Trait.EXTENDED_ACTIVE_REFUSED);
  }

  /** Whether the server has made a data connection to us. */
  boolean isActiveProven() {
    return findings.has(Trait.ACTIVE_WORKED);
  }

  void activeWorked() {
    findings.found(Trait.ACTIVE_WORKED);
  }

  /** Active mode did not work; if it never has, passive mode is worth another look. */
  void activeFailed() {
    findings.lock().lock();
    try {
      if (!findings.saw(Trait.ACTIVE_WORKED)) {
        findings.forget(Trait.PASSIVE_IMPOSSIBLE);
        findings.forget(Trait.ACTIVE_WORKED);
        unreachable = 0;
      }
    } finally {
      findings.lock().unlock();
    }
  }

  /** Whether the server takes the PRET that it lists. */
  boolean takesAnnouncement() {
    return !findings.has(Trait.ANNOUNCEMENT_REFUSED);
  }

  void withoutAnnouncement() {
    findings.found(Trait.ANNOUNCEMENT_REFUSED);
  }

  /**
   * No data connection could be agreed on: forgets what an earlier run remembers of them.
   *
   * @return whether there was any of it, so that another attempt goes another way
   */
  boolean doubts() {
    return findings.doubt(ALL);
  }
}
