package dev.berth.wire;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a server says it can do beyond RFC 959: the reply to FEAT (RFC 2389 section 3.2).
 *
 * @param parameters of each feature, by its name in upper case; empty text where it has none
 */
public record Features(Map<String, String> parameters) {
  private static final int MOST = 256;

  public Features {
    parameters = Map.copyOf(parameters);
  }

  /** A server that knows no FEAT, or has nothing to tell. */
  public static Features none() {
    return new Features(Map.of());
  }

  /**
   * Reads the reply to FEAT: a feature a line, between the first and the last. Servers that forget
   * the space before a feature, or number each line, are understood. At most 256 features count.
   */
  public static Features of(Reply reply) {
    Map<String, String> features = new LinkedHashMap<>();
    if (!reply.isCompletion() || reply.lines().size() < 3) {
      return none();
    }
    for (String line : reply.lines().subList(1, reply.lines().size() - 1)) {
      String feature = line.strip();
      int space = feature.indexOf(' ');
      String name = (space < 0 ? feature : feature.substring(0, space)).toUpperCase(Locale.ROOT);
      if (!name.isEmpty() && features.size() < MOST) {
        features.putIfAbsent(name, space < 0 ? "" : feature.substring(space + 1).strip());
      }
    }
    return new Features(features);
  }

  /**
   * Whether the server has a feature.
   *
   * @param name in upper case, as {@code MLST}
   */
  public boolean has(String name) {
    return parameters.containsKey(name);
  }
}
