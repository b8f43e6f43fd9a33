package dev.berth.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which digests HASH can tell, and which one it does: {@code HASH SHA-256*;MD5} in the reply to
 * FEAT (draft-bryan-ftpext-hash section 3.1).
 *
 * @param algorithms as the server writes them, in its order; none if it has no HASH
 * @param selected the one with the star; empty if there is none
 */
public record HashFeature(List<String> algorithms, Optional<String> selected) {
  /** Its name in FEAT and OPTS, and the command. */
  public static final String NAME = "HASH";

  public HashFeature {
    algorithms = List.copyOf(algorithms);
  }

  /** What a server tells of it. */
  public static HashFeature of(Features features) {
    List<String> algorithms = new ArrayList<>();
    Optional<String> selected = Optional.empty();
    for (String text : features.parameters().getOrDefault(NAME, "").split(";", -1)) {
      String word = text.strip();
      String name = word.endsWith("*") ? word.substring(0, word.length() - 1) : word;
      if (!name.isEmpty()) {
        algorithms.add(name);
        selected = name.equals(word) ? selected : Optional.of(name);
      }
    }
    return new HashFeature(algorithms, selected);
  }

  /** The name of an algorithm as the server writes it, in whatever case; empty if it has none. */
  public Optional<String> find(String algorithm) {
    for (String name : algorithms) {
      if (name.equalsIgnoreCase(algorithm)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /**
   * The same with another one selected.
   *
   * @param algorithm one of {@link #algorithms}
   */
  public HashFeature select(String algorithm) {
    return new HashFeature(algorithms, Optional.of(algorithm));
  }

  /** As FEAT writes it, behind the name. */
  public String parameters() {
    List<String> words = new ArrayList<>();
    for (String name : algorithms) {
      words.add(selected.filter(name::equals).isPresent() ? name + "*" : name);
    }
    return String.join(";", words);
  }
}
