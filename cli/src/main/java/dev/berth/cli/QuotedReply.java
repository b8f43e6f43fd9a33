package dev.berth.cli;

import dev.berth.dialects.Observation;
import dev.berth.dialects.Phase;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reply as somebody quotes it: {@code PHASE<TAB>CODE TEXT}, of which all but the text may be
 * missing.
 *
 * @param words code and text, as quoted
 * @param observation what the reader of refusals is told
 */
record QuotedReply(String words, Observation observation) {
  // A code, then its text, as RFC 959 section 4.2 has it; some servers leave out the space.
  private static final Pattern CODED = Pattern.compile("(?s)([1-6][0-9]{2})(?![0-9])[ -]?(.*)");
  // What tables and logs have in the place of the code when a server sent none.
  private static final Pattern WORD =
      Pattern.compile(
          "(?is)(?:log|curl|unknown|none|tcp-close|tcp-refused|close|closed|-|\\?)(?:\\s+(.*))?");

  /** Reads a quotation. Every text is one. */
  static QuotedReply parse(String quoted) {
    String line = quoted.strip();
    int tab = line.indexOf('\t');
    Optional<Phase> phase = tab < 0 ? Optional.empty() : phase(line.substring(0, tab));
    String words = phase.isPresent() ? line.substring(tab + 1).strip() : line;
    String text = words.replace("\\r\\n", "\n").replace("\\n", "\n");
    Observation observation =
        phase
            .map(known -> inColumns(known, text))
            .orElseGet(() -> observation(Phase.UNKNOWN, text));
    return new QuotedReply(words, observation);
  }

  private static Optional<Phase> phase(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "greeting", "connect", "connection" -> Optional.of(Phase.GREETING);
      case "user" -> Optional.of(Phase.USER);
      case "pass", "password", "login" -> Optional.of(Phase.PASS);
      case "session", "during session" -> Optional.of(Phase.SESSION);
      case "unknown", "", "?", "-" -> Optional.of(Phase.UNKNOWN);
      default -> Optional.empty();
    };
  }

  /** With a phase before it, the first word is in the place of the code, even when it is none. */
  private static Observation inColumns(Phase phase, String text) {
    Matcher word = WORD.matcher(text);
    if (!word.matches()) {
      return observation(phase, text);
    }
    String rest = word.group(1);
    return rest == null ? Observation.silence(phase) : Observation.quoted(phase, rest);
  }

  private static Observation observation(Phase phase, String text) {
    Matcher coded = CODED.matcher(text);
    if (coded.matches()) {
      int code = Integer.parseInt(coded.group(1));
      return new Observation(phase, new Observation.Said.Coded(code, coded.group(2)), false);
    }
    return Observation.quoted(phase, text);
  }
}
