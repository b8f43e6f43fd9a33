package dev.berth.client;

/** The answer to one question about a server, with what was seen. Immutable. */
public sealed interface Answer {
  /** What was seen, or why it is not known, one line for people. */
  String evidence();

  /** It works, or is so. */
  record Yes(String evidence) implements Answer {}

  /** It does not work, or is not so. */
  record No(String evidence) implements Answer {}

  /**
   * The answer is a value.
   *
   * @param value short, for tables and machines
   */
  record Told(String value, String evidence) implements Answer {}

  /** It was not tried, or nobody can tell from what was seen. */
  record Unknown(String evidence) implements Answer {}

  /** Nobody asked. */
  static Answer notAsked() {
    return new Unknown("not asked");
  }
}
