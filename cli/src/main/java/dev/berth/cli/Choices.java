package dev.berth.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What was chosen of the settings, in one place or in several laid over each other. Immutable. */
final class Choices {
  /** Nothing chosen. */
  static final Choices NONE = new Choices(Map.of());

  private final Map<Setting<?>, Object> chosen;

  private Choices(Map<Setting<?>, Object> chosen) {
    this.chosen = Map.copyOf(chosen);
  }

  /**
   * These and one more.
   *
   * @param text as the user wrote it
   * @throws IllegalArgumentException when the text is no value of the setting
   */
  Choices with(Setting<?> setting, String text) {
    Map<Setting<?>, Object> more = new HashMap<>(chosen);
    more.put(setting, setting.read(text));
    return new Choices(more);
  }

  /** These, and from others what is not chosen here. */
  Choices over(Choices others) {
    Map<Setting<?>, Object> all = new HashMap<>(others.chosen);
    all.putAll(chosen);
    return new Choices(all);
  }

  /** What was chosen, if anything. */
  <T> Optional<T> find(Setting<T> setting) {
    return Optional.ofNullable(chosen.get(setting)).map(setting::cast);
  }

  /**
   * What counts: the choice, else the setting's default.
   *
   * @throws java.util.NoSuchElementException when nothing was chosen of a setting without default
   */
  <T> T value(Setting<T> setting) {
    return find(setting).orElseGet(() -> setting.read(setting.fallback().orElseThrow()));
  }
}
