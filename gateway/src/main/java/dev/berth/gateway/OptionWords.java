package dev.berth.gateway;

import dev.berth.wire.Features;
import dev.berth.wire.HashFeature;
import dev.berth.wire.Reply;
import java.util.Locale;
import java.util.Optional;

/**
 * What one client has set with OPTS (RFC 2389 section 4). No option is passed on as it is: it would
 * stay behind on a connection that others get. Confined to the session's thread.
 */
final class OptionWords {
  private static final String HASH = HashFeature.NAME;
  private static final String MLST = FactSelection.MLST;

  private final Features upstream;
  private FactSelection facts;
  private HashFeature hash;

  OptionWords(Features upstream) {
    this.upstream = upstream;
    this.facts = FactSelection.usual(upstream);
    this.hash = HashFeature.of(upstream);
  }

  /** Which facts the client sees. */
  FactSelection facts() {
    return facts;
  }

  /** Which digest HASH tells the client. */
  HashFeature hash() {
    return hash;
  }

  Reply answer(String argument) {
    String words = argument.strip().toUpperCase(Locale.ROOT);
    if (words.equals("UTF8 ON") || words.equals("UTF8")) {
      return Reply.of(200, "UTF-8 is on.");
    }
    if (words.equals("UTF8 OFF")) {
      return Reply.of(504, "UTF-8 stays on: others share the connection.");
    }
    boolean isOfFacts = words.equals(MLST) || words.startsWith(MLST + " ");
    if (isOfFacts && upstream.has(MLST)) {
      facts = facts.choose(words.substring(MLST.length()));
      return facts.told();
    }
    if (words.equals(HASH) || words.startsWith(HASH + " ")) {
      return hash(words.substring(HASH.length()).strip());
    }
    return Reply.of(501, "That option is not known.");
  }

  /** Others choose for themselves: only where the server's own choice is known it is set again. */
  private Reply hash(String algorithm) {
    if (hash.selected().isEmpty()) {
      return Reply.of(501, "That option is not known.");
    }
    if (!algorithm.isEmpty()) {
      Optional<String> chosen = hash.find(algorithm);
      if (chosen.isEmpty()) {
        return Reply.of(501, "That algorithm is not known: see FEAT.");
      }
      hash = hash.select(chosen.get());
    }
    return Reply.of(200, hash.selected().orElse(""));
  }
}
