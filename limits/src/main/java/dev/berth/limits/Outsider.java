package dev.berth.limits;

/**
 * A program that is no Berth and has a connection to the server of a budget, as far as the kernel
 * lets us see it. Immutable.
 */
public sealed interface Outsider {
  /**
   * A process that we may look into.
   *
   * @param pid its number
   * @param words its name: {@code lftp}. Not its command line, which may hold a password
   */
  record Program(long pid, String words) implements Outsider {
    public Program {
      words = Spoken.oneLine(words);
    }
  }

  /**
   * Some process of a user.
   *
   * @param uid the user's number
   */
  record User(long uid) implements Outsider {}

  /** Some process, or one that has ended while the server still has its connection. */
  record Unknown() implements Outsider {}

  /** For people: {@code pid 4711 `lftp`}, {@code uid 1000}, {@code another program}. */
  default String sentence() {
    return switch (this) {
      case Program it -> "pid " + it.pid() + " `" + it.words() + "`";
      case User it -> "a program of uid " + it.uid();
      case Unknown it -> "another program";
    };
  }
}
