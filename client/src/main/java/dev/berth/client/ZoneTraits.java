package dev.berth.client;

import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The zone of the times that one server's LIST gives, as a part of {@link ServerTraits}. Any thread
 * may call it.
 */
final class ZoneTraits {
  /** What three folders do not tell no fourth one will; each look costs two commands. */
  private static final int MOST_LOOKS = 3;

  private final Findings findings;
  private @Nullable ZoneId given; // guarded by the lock of the findings
  private int looks; // guarded by the lock of the findings

  ZoneTraits(Findings findings) {
    this.findings = findings;
  }

  /** As the user says. */
  void decide(ZoneId zone) {
    findings.lock().lock();
    try {
      given = zone;
    } finally {
      findings.lock().unlock();
    }
  }

  /** As the user says; nothing if it is to be found out. */
  Optional<ZoneId> given() {
    findings.lock().lock();
    try {
      return Optional.ofNullable(given);
    } finally {
      findings.lock().unlock();
    }
  }

  /** As the user says, or as it was found out in this run. */
  Optional<ZoneId> certain() {
    findings.lock().lock();
    try {
      return given != null || findings.saw(Trait.LISTING_ZONE) ? known() : Optional.empty();
    } finally {
      findings.lock().unlock();
    }
  }

  /** The same, or as an earlier run found it: the clocks may have been changed since. */
  Optional<ZoneId> known() {
    return given().or(() -> findings.value(Trait.LISTING_ZONE).map(ZoneId::of));
  }

  /** Whether it is worth a look at two files' times; one of the few is taken by asking. */
  boolean mayLook() {
    findings.lock().lock();
    try {
      boolean may = looks < MOST_LOOKS;
      looks += may ? 1 : 0;
      return may;
    } finally {
      findings.lock().unlock();
    }
  }

  /** It was found out. */
  void found(ZoneId zone) {
    findings.found(Trait.LISTING_ZONE, zone.getId());
  }
}
