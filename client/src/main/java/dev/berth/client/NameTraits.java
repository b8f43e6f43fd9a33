package dev.berth.client;

import dev.berth.wire.NameCoding;
import java.util.List;

/**
 * How one server writes names, as a part of {@link ServerTraits}: what {@link NamesSeen} makes of
 * them, kept with the other findings. Any thread may call it.
 */
final class NameTraits {
  private final Findings findings;
  private final NamesSeen names = new NamesSeen(); // guarded by the lock of the findings

  /** With the charset that is found already, if it is one of this Java; else it is forgotten. */
  NameTraits(Findings findings) {
    this.findings = findings;
    findings
        .value(Trait.CHARSET)
        .filter(charset -> !names.remember(charset))
        .ifPresent(unknown -> findings.forget(Trait.CHARSET));
  }

  /** The server is known now: a charset that the findings have lost with it is not believed. */
  void recognised() {
    findings.lock().lock();
    try {
      if (!findings.has(Trait.CHARSET)) {
        names.forgetRemembered();
      }
    } finally {
      findings.lock().unlock();
    }
  }

  /** How the server writes names, as far as is known. */
  NameCoding coding() {
    findings.lock().lock();
    try {
      return names.coding();
    } finally {
      findings.lock().unlock();
    }
  }

  /** As the user says. */
  void decide(NameCoding given) {
    findings.lock().lock();
    try {
      names.decide(given);
    } finally {
      findings.lock().unlock();
    }
  }

  /**
   * The server has listed these, as {@link dev.berth.wire.Octets#toText} made them.
   *
   * @return how they are to be read
   */
  NameCoding saw(List<String> listed) {
    findings.lock().lock();
    try {
      names.saw(listed);
      return keptLocked();
    } finally {
      findings.lock().unlock();
    }
  }

  /**
   * Whether it is worth a look at the names beside one that a user typed, and that is not found.
   */
  boolean mayLook() {
    findings.lock().lock();
    try {
      return names.mayLook();
    } finally {
      findings.lock().unlock();
    }
  }

  /**
   * A user asks for a name that the server does not know as it was written.
   *
   * @param listed names of the folder that it, or one on the way to it, may stand in
   */
  void lookedFor(String typed, List<String> listed) {
    findings.lock().lock();
    try {
      names.lookedFor(typed, listed);
      keptLocked();
    } finally {
      findings.lock().unlock();
    }
  }

  /** What a user typed was found, written so. */
  void foundAs(String typed) {
    findings.lock().lock();
    try {
      names.foundAs(typed);
    } finally {
      findings.lock().unlock();
    }
  }

  private NameCoding keptLocked() {
    assert findings.lock().isHeldByCurrentThread();
    NameCoding coding = names.coding();
    if (names.isSeen()) {
      if (coding.equals(NameCoding.UTF_8)) {
        findings.forget(Trait.CHARSET);
      } else {
        findings.found(Trait.CHARSET, coding.charset().name());
      }
    }
    return coding;
  }
}
