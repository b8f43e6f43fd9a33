package dev.berth.cli;

import dev.berth.client.Answer;
import dev.berth.client.Fact;
import dev.berth.limits.BudgetName;
import dev.berth.limits.Evidence;
import dev.berth.limits.StateFolder;
import dev.berth.pool.ServerProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answers of the last probe of each server, kept to tell what has changed since: a file of
 * {@code key=value} lines each. Nothing else is done with them: what the next job has to know of
 * limits and ways stands in memories of their own. Immutable.
 */
final class ProfileMemory {
  private static final String NOTE = "# What the last probe of this server found. May be deleted.";
  private static final String LIMIT = "limit";
  private static final int LONGEST_VALUE = 4000;

  private final StateFolder files;

  ProfileMemory(Path folder) {
    this.files = new StateFolder(folder, "profile");
  }

  /**
   * Compares a profile with the last one, and remembers it. What was not found out this time is
   * remembered from before.
   *
   * @throws IOException if the file cannot be read or written
   */
  List<ProbeReport.Change> remember(BudgetName name, ServerProfile profile) throws IOException {
    Map<String, String> before = files.read(name).map(ProfileMemory::read).orElseGet(Map::of);
    Map<String, String> now = values(profile);
    Map<String, String> both = new LinkedHashMap<>(before);
    both.putAll(now);
    files.replace(name, write(both));
    List<ProbeReport.Change> changes = new ArrayList<>();
    now.forEach((key, value) -> {
      String old = before.get(key);
      if (old != null && !old.equals(value)) {
        changes.add(new ProbeReport.Change(key, old, value));
      }
    });
    return changes;
  }

  private static Map<String, String> values(ServerProfile profile) {
    Map<String, String> values = new LinkedHashMap<>();
    profile
        .facts()
        .forEach((fact, answer) -> {
          if (!fact.isFleeting()) {
            value(fact, answer).ifPresent(value -> values.put(fact.key(), value));
          }
        });
    Evidence.Kind kind = profile.limit().ceiling().evidence().kind();
    if (kind != Evidence.Kind.SEED && kind != Evidence.Kind.GROWN) {
      values.put(LIMIT, Integer.toString(profile.limit().ceiling().limit()));
    }
    return values;
  }

  /** Nothing if it is not known, or says something else each time, as the greeting may. */
  private static Optional<String> value(Fact fact, Answer answer) {
    return switch (answer) {
      case Answer.Yes _ -> Optional.of("yes");
      case Answer.No _ -> Optional.of("no");
      case Answer.Told told -> fact == Fact.GREETING ? Optional.empty() : Optional.of(flat(told));
      case Answer.Unknown _ -> Optional.empty();
    };
  }

  private static String flat(Answer.Told told) {
    String line = Shown.line(told.value());
    return line.length() > LONGEST_VALUE ? line.substring(0, LONGEST_VALUE) : line;
  }

  static String write(Map<String, String> values) {
    StringBuilder text = new StringBuilder(NOTE).append('\n');
    values.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return text.toString();
  }

  /** Lines that are none are left out: there is nothing to lose but a comparison. */
  static Map<String, String> read(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return values;
  }
}
