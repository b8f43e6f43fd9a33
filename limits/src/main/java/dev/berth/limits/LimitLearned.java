package dev.berth.limits;

/**
 * News: a limit was found or changed. "limit found: 2, stated by the server".
 *
 * @param sequence counts the news of one budget from 1
 * @param counted which connections the limit counts
 * @param before what was believed until then
 * @param after what is believed now
 * @param evidence why
 */
public record LimitLearned(
    long sequence, Counted counted, int before, int after, Evidence evidence) {
  /** Which connections a limit counts. */
  public sealed interface Counted {
    /** All from our address. */
    record Address() implements Counted {}

    /** Those of one account. */
    record OneAccount(Account account) implements Counted {}
  }
}
