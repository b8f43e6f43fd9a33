package dev.berth.logs;

import dev.berth.sightings.Citation;
import java.util.List;
import java.util.Map;

/**
 * What became of the lines of one file.
 *
 * @param file its name
 * @param lines all of them, empty ones too
 * @param understood how many were read as which kind
 * @param foreign how many are of other programs, in a log that many write to
 * @param unread how many were not understood
 * @param examples the first few of those
 */
public record LogSummary(
    String file,
    long lines,
    Map<LogKind, Long> understood,
    long foreign,
    long unread,
    List<Unread> examples) {
  /** Copies what it is given. */
  public LogSummary {
    understood = Map.copyOf(understood);
    examples = List.copyOf(examples);
  }

  /** A line that was not understood, by its beginning. */
  public record Unread(Citation citation, String text) {}
}
