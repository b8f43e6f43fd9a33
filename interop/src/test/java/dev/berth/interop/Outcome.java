package dev.berth.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a client got for an act.
 *
 * @param replies in their order, each as it was; the last may say how the connection ended instead
 * @param data what came over the data connection, an octet a character, and how that ended if not
 *     in order
 */
record Outcome(List<String> replies, String data) {
  /** In place of a reply: there was none, for the connection ended. */
  static final String CLOSED = "closed";

  private static final int SHOWN = 200;

  Outcome {
    replies = List.copyOf(replies);
  }

  /**
   * The same but for the lines that tell of a wait for a connection, and for the end of a data
   * connection that came to nothing behind them.
   */
  Outcome withoutWait() {
    if (replies.isEmpty() || !replies.getFirst().startsWith("150-Queued for ")) {
      return this;
    }
    List<String> others = new ArrayList<>(replies);
    String rest = others.removeFirst().replaceFirst("^(150-Queued for .*\n)+", "");
    boolean isRefused = rest.equals("150 The wait is over.");
    if (!isRefused) {
      others.addFirst(rest);
    }
    return new Outcome(others, isRefused && data.equals("\nreset") ? "" : data);
  }

  /** The codes of its replies, but for those that announce data. */
  List<String> codes() {
    return replies.stream().map(Outcome::code).filter(code -> !code.startsWith("1")).toList();
  }

  /** The code of the last reply; a word if there is none. */
  String last() {
    return replies.isEmpty() ? "nothing" : code(replies.getLast());
  }

  private static String code(String reply) {
    return reply.startsWith(CLOSED) ? CLOSED : reply.substring(0, Math.min(3, reply.length()));
  }

  @Override
  public String toString() {
    String shown = data.substring(0, Math.min(SHOWN, data.length())).replaceAll("[^ -~]+", ".");
    String said = replies.stream().map(reply -> reply.replace("\n", " | ")).collect(joined());
    return data.isEmpty() ? said : said + "\n      (" + data.length() + ") " + shown;
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(" / ");
  }

  /** Collects while an act goes on. Confined to one thread. */
  static final class Notes {
    private final List<String> replies = new ArrayList<>();
    private final StringBuilder data = new StringBuilder();

    /** Takes a reply down, and returns it. */
    String reply(String said) {
      replies.add(said);
      return said;
    }

    void data(String came) {
      data.append(came);
    }

    Outcome outcome() {
      return new Outcome(replies, data.toString());
    }
  }
}
