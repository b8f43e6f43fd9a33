package dev.berth.interop;

import io.avaje.jsonb.Jsonb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A run of the program that is over.
 *
 * @param command what was run
 * @param exit its exit status
 * @param out standard output
 * @param err standard error
 * @param took from the start of the process to its end
 */
record Run(List<String> command, int exit, String out, String err, Duration took) {
  /** Controls of C0 and C1 but the line end, and the marks that turn the writing. */
  private static final Pattern STEERING =
      Pattern.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e]");

  private static final Jsonb JSON = Jsonb.builder().build();

  /** Itself, if it ended so; else the failure tells all that it said. */
  Run ended(int status) {
    if (exit != status) {
      throw new AssertionError("exit status %d, expected %d%n%s".formatted(exit, status, this));
    }
    return this;
  }

  /** Itself, if nothing that it said would steer a terminal. */
  Run steeringNothing() {
    if (STEERING.matcher(out).find() || STEERING.matcher(err).find()) {
      throw new AssertionError("it would steer a terminal\n" + this);
    }
    return this;
  }

  /** The lines of standard output, each of which must be a JSON object. */
  List<Map<String, Object>> objects() {
    return out.lines().map(line -> JSON.type(Object.class).map().fromJson(line)).toList();
  }

  /** The last object: the summary of a job. */
  Map<String, Object> summary() {
    List<Map<String, Object>> objects = objects();
    if (objects.isEmpty()) {
      throw new AssertionError("no JSON\n" + this);
    }
    return objects.getLast();
  }

  /** A number of the summary. */
  long count(String key) {
    if (summary().get(key) instanceof Number number) {
      return number.longValue();
    }
    throw new AssertionError(key + " is no number\n" + this);
  }

  @Override
  public String toString() {
    return "%s%nexit %d after %d ms%n%s%n%s"
        .formatted(String.join(" ", command), exit, took.toMillis(), err, shortened(out));
  }

  private static String shortened(String text) {
    return text.length() > 4000 ? "..." + text.substring(text.length() - 4000) : text;
  }
}
