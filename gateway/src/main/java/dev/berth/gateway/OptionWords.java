package dev.berth.gateway;

import dev.berth.wire.Features;
import dev.berth.wire.Reply;
import java.util.Locale;

/**
 * Answers OPTS (RFC 2389 section 4). No option is passed on: it would stay behind on a connection
 * that others get.
 */
final class OptionWords {
  private static final String MLST = "MLST";

  private OptionWords() {}

  static Reply answer(String argument, Features upstream) {
    String words = argument.strip().toUpperCase(Locale.ROOT);
    if (words.equals("UTF8 ON") || words.equals("UTF8")) {
      return Reply.of(200, "UTF-8 is on.");
    }
    if (words.equals("UTF8 OFF")) {
      return Reply.of(504, "UTF-8 stays on: others share the connection.");
    }
    boolean isOfFacts = words.equals(MLST) || words.startsWith(MLST + " ");
    if (isOfFacts && upstream.has(MLST)) {
      // RFC 3659 section 7.9: what will be shown is named, whatever was asked for.
      return Reply.of(200, "MLST OPTS " + shown(upstream.parameters().getOrDefault(MLST, "")));
    }
    return Reply.of(501, "That option is not known.");
  }

  /** Of {@code type*;size*;perm;} those with a star. */
  private static String shown(String facts) {
    StringBuilder shown = new StringBuilder();
    for (String fact : facts.split(";", -1)) {
      if (fact.endsWith("*")) {
        shown.append(fact, 0, fact.length() - 1).append(';');
      }
    }
    return shown.toString();
  }
}
