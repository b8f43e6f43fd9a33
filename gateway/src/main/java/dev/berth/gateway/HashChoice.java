package dev.berth.gateway;

import dev.berth.wire.Features;
import dev.berth.wire.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which digest HASH tells one client (draft-bryan-ftpext-hash). Others choose for themselves over
 * the same connection, so only a server whose own choice is known can take part: the one with the
 * star in FEAT. Immutable.
 */
final class HashChoice {
  static final String HASH = "HASH";

  private final List<String> listed; // by FEAT, without the star
  private final Optional<String> chosen; // as written there

  private HashChoice(List<String> listed, Optional<String> chosen) {
    this.listed = List.copyOf(listed);
    this.chosen = chosen;
  }

  /** The server's own. */
  static HashChoice usual(Features upstream) {
    List<String> listed = new ArrayList<>();
    Optional<String> own = Optional.empty();
    for (String text : upstream.parameters().getOrDefault(HASH, "").split(";", -1)) {
      String word = text.strip();
      String name = word.replace("*", "");
      if (!name.isEmpty()) {
        listed.add(name);
      }
      if (!name.equals(word)) {
        own = Optional.of(name);
      }
    }
    return new HashChoice(listed, own);
  }

  /**
   * What HASH tells; empty if the server's own choice is not known, and nothing is to be chosen.
   */
  Optional<String> algorithm() {
    return chosen;
  }

  /** The same with another algorithm; empty if the server has none of that name. */
  Optional<HashChoice> choose(String algorithm) {
    return chosen.isEmpty()
        ? Optional.empty()
        : listed.stream()
            .filter(algorithm::equalsIgnoreCase)
            .findFirst()
            .map(name -> new HashChoice(listed, Optional.of(name)));
  }

  /** What FEAT tells of it: {@code SHA-256*;MD5}. */
  String feature() {
    return listed.stream()
        .map(name -> chosen.filter(name::equals).isPresent() ? name + "*" : name)
        .collect(Collectors.joining(";"));
  }

  /** The reply to OPTS. */
  Reply told() {
    return Reply.of(200, chosen.orElse("None."));
  }
}
