package dev.berth.gateway;

import dev.berth.wire.Features;
import dev.berth.wire.Reply;
import java.util.Locale;
import java.util.Optional;

/**
 * What one client has set with OPTS (RFC 2389 section 4). No option is passed on as it is: it would
 * stay behind on a connection that others get. Confined to the session's thread.
 */
final class OptionWords {
  private static final String HASH = HashChoice.HASH;
  private static final String MLST = FactSelection.MLST;

  private final Features upstream;
  private FactSelection facts;
  private HashChoice hash;

  OptionWords(Features upstream) {
    this.upstream = upstream;
    this.facts = FactSelection.usual(upstream);
    this.hash = HashChoice.usual(upstream);
  }

  /** Which facts the client sees. */
  FactSelection facts() {
    return facts;
  }

  /** Which digest HASH tells the client. */
  HashChoice hash() {
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
    boolean isOfHash = words.equals(HASH) || words.startsWith(HASH + " ");
    if (isOfHash && hash.algorithm().isPresent()) {
      String algorithm = words.substring(HASH.length()).strip();
      Optional<HashChoice> chosen =
          algorithm.isEmpty() ? Optional.of(hash) : hash.choose(algorithm);
      hash = chosen.orElse(hash);
      return chosen.isPresent()
          ? hash.told()
          : Reply.of(501, "That algorithm is not known: see FEAT.");
    }
    return Reply.of(501, "That option is not known.");
  }
}
