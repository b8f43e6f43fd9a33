package dev.berth.client;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What was found out about one server so far. Confined to one thread. */
public final class Answers {
  private final Map<Fact, Answer> all = new EnumMap<>(Fact.class);

  /** Notes an answer; one that was noted before is replaced. */
  public void note(Fact fact, Answer answer) {
    all.put(fact, answer);
  }

  /** The answer to one question. */
  public Answer of(Fact fact) {
    return all.getOrDefault(fact, Answer.notAsked());
  }

  /** All answers there are, in the order of a profile. */
  public Map<Fact, Answer> all() {
    return Collections.unmodifiableMap(new EnumMap<>(all));
  }

  boolean isYes(Fact fact) {
    return of(fact) instanceof Answer.Yes;
  }
}
