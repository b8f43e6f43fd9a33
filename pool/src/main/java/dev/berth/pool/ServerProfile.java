package dev.berth.pool;

import dev.berth.client.Answer;
import dev.berth.client.Fact;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * All that a probe found out about a server. Immutable.
 *
 * @param facts the answers; what is missing was not asked
 * @param limit how many connections it allows
 */
public record ServerProfile(Map<Fact, Answer> facts, LimitFinding limit) {
  public ServerProfile {
    Map<Fact, Answer> copy = new EnumMap<>(Fact.class);
    copy.putAll(facts);
    facts = Collections.unmodifiableMap(copy);
  }

  /** The answer to one question. */
  public Answer of(Fact fact) {
    return facts.getOrDefault(fact, Answer.notAsked());
  }
}
