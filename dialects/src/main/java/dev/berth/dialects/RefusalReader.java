package dev.berth.dialects;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads what a server said, in any language, into a {@link Refusal}. Immutable, so any thread may
 * use one. The table of words is loaded once, at the first read: most runs are refused nothing.
 *
 * <p>Words become concepts ({@link Words}); the first rule that fits concepts, reply code and phase
 * decides ({@link Rules}). The rules lean to one side: a wrong password read as a limit would be
 * sent again and lock the account, so nothing that speaks of passwords or attempts is a limit, and
 * a 530 to PASS is a limit only by its own words.
 */
public final class RefusalReader {
  /** The table of this module; loaded when this class is first used. */
  private static final class Table {
    static final Words WORDS = Words.load();

    private Table() {}
  }

  private final Supplier<Words> table;

  /** A reader with the table of this module. */
  public RefusalReader() {
    this.table = () -> Table.WORDS;
  }

  RefusalReader(Words table) {
    this.table = () -> table;
  }

  /**
   * Reads one observation. Never fails and takes bounded time, whatever the text is.
   *
   * @return the refusal; empty if nothing about connections, logins or the service is refused, as
   *     by {@code 226} or by {@code 550 No such file}
   */
  public Optional<Refusal> read(Observation observation) {
    return Rules.apply(Evidence.of(observation, table.get()));
  }

  /**
   * Whether the words of a limit name whom it counts: an address, an account, or everybody. Where
   * they do not, {@link Refusal.Limit#scope} is the cautious guess.
   *
   * @param words as {@link Refusal#words} has them
   */
  public boolean namesWhom(String words) {
    return Evidence.of(Observation.quoted(Phase.UNKNOWN, words), table.get())
        .saysAny(Concept.ADDRESS, Concept.ACCOUNT, Concept.EVERYONE);
  }
}
