package dev.berth.dialects;

import java.util.Optional;

/**
 * Reads what a server said, in any language, into a {@link Refusal}. Immutable, so any thread may
 * use one; making one loads the table of words.
 *
 * <p>Words become concepts ({@link Words}); the first rule that fits concepts, reply code and phase
 * decides ({@link Rules}). The rules lean to one side: a wrong password read as a limit would be
 * sent again and lock the account, so nothing that speaks of passwords or attempts is a limit, and
 * a 530 to PASS is a limit only by its own words.
 */
public final class RefusalReader {
  private final Words table;

  /** Loads the table of words from this module. */
  public RefusalReader() {
    this(Words.load());
  }

  RefusalReader(Words table) {
    this.table = table;
  }

  /**
   * Reads one observation. Never fails and takes bounded time, whatever the text is.
   *
   * @return the refusal; empty if nothing about connections, logins or the service is refused, as
   *     by {@code 226} or by {@code 550 No such file}
   */
  public Optional<Refusal> read(Observation observation) {
    return Rules.apply(Evidence.of(observation, table));
  }
}
