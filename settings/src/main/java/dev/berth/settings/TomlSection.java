package dev.berth.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * One table of a settings file. Whoever reads it asks for every key that there may be, and then
 * calls {@link #end}: what was not asked for is a fault. Confined to one thread.
 */
public final class TomlSection {
  private final TomlFile file;
  private final @Nullable TomlTable table; // none if it is not in the file
  private final List<String> path;
  private final @Nullable TomlPosition position;
  private final Set<String> known = new LinkedHashSet<>();

  TomlSection(
      TomlFile file,
      @Nullable TomlTable table,
      List<String> path,
      @Nullable TomlPosition position) {
    this.file = file;
    this.table = table;
    this.path = path;
    this.position = position;
  }

  /** The last part of its name: {@code public} of {@code [listener.public]}. */
  public String name() {
    return path.isEmpty() ? "" : path.getLast();
  }

  /** Whether the file has it. */
  public boolean isThere() {
    return table != null;
  }

  /** Whether it has a key. */
  public boolean has(String key) {
    known.add(key);
    return value(key) != null;
  }

  /**
   * A string or a whole number, read into what it stands for.
   *
   * @param reader refuses by an {@link IllegalArgumentException} that says what to write
   */
  public <T> Optional<T> read(String key, Function<String, ? extends T> reader) {
    return read(key, value(key), reader, true);
  }

  /** As {@link #read}, of what must not be shown in a fault. */
  public <T> Optional<T> readSecret(String key, Function<String, ? extends T> reader) {
    return read(key, value(key), reader, false);
  }

  private <T> Optional<T> read(
      String key,
      @Nullable Object value,
      Function<String, ? extends T> reader,
      boolean mayBeShown) {
    known.add(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String || value instanceof Long)) {
      fault(key, "is a string or a whole number, not " + kind(value));
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(value.toString()));
    } catch (IllegalArgumentException e) {
      String shown = mayBeShown ? "= " + TomlFile.shown(value.toString()) + ": " : ": ";
      fault(key, shown + e.getMessage());
      return Optional.empty();
    }
  }

  /** A whole number from {@code least} to {@code most}. */
  public Optional<Integer> number(String key, int least, int most) {
    return read(
        key,
        text -> {
          if (!text.matches("-?[0-9]{1,9}")) {
            throw new IllegalArgumentException("not a whole number");
          }
          int number = Integer.parseInt(text);
          if (number < least || number > most) {
            throw new IllegalArgumentException("not from " + least + " to " + most);
          }
          return number;
        });
  }

  /** {@code true} or {@code false}. */
  public Optional<Boolean> flag(String key) {
    known.add(key);
    Object value = value(key);
    if (value == null || value instanceof Boolean) {
      return Optional.ofNullable((Boolean) value);
    }
    fault(key, "is true or false, without quotes");
    return Optional.empty();
  }

  /** One of some words. */
  public Optional<String> word(String key, List<String> words) {
    return read(key, text -> oneOf(text, words));
  }

  /**
   * The text, if it is one of some words.
   *
   * @throws IllegalArgumentException that names them
   */
  public static String oneOf(String text, List<String> words) {
    if (words.contains(text)) {
      return text;
    }
    String near = Nearest.to(text, words).map(it -> "; did you mean " + it + "?").orElse("");
    throw new IllegalArgumentException("none of " + String.join(", ", words) + near);
  }

  /** An array of strings; a string alone is an array of one. */
  public <T> List<T> list(String key, Function<String, ? extends T> reader) {
    known.add(key);
    Object value = value(key);
    List<T> read = new ArrayList<>();
    if (value instanceof TomlArray array) {
      for (Object element : array.toList()) {
        this.<T>read(key, element, reader, true).ifPresent(read::add);
      }
    } else {
      this.<T>read(key, value, reader, true).ifPresent(read::add);
    }
    return read;
  }

  /** A table in this one; empty if it is not there. */
  public TomlSection section(String key) {
    known.add(key);
    Object value = value(key);
    if (value != null && !(value instanceof TomlTable)) {
      fault(key, "is a table: [" + String.join(".", below(key)) + "]");
    }
    return new TomlSection(
        file, value instanceof TomlTable found ? found : null, below(key), positionOf(key));
  }

  /** The tables of a table, as {@code [listener.public]}, by their names, in the file's order. */
  public Map<String, TomlSection> sections(String key) {
    TomlSection all = section(key);
    Map<String, TomlSection> sections = new LinkedHashMap<>();
    for (String name : all.keys()) {
      if (all.value(name) instanceof TomlTable) {
        sections.put(name, all.section(name));
      } else {
        all.fault(name, "is a table of its own: [" + String.join(".", below(key)) + ".NAME]");
      }
    }
    return sections;
  }

  /** An array of tables, as {@code [[network]]}. */
  public List<TomlSection> tables(String key) {
    known.add(key);
    Object value = value(key);
    List<TomlSection> tables = new ArrayList<>();
    if (value == null) {
      return tables;
    }
    boolean isArray = value instanceof TomlArray;
    for (int i = 0; isArray && i < ((TomlArray) value).size(); i++) {
      if (((TomlArray) value).get(i) instanceof TomlTable found) {
        tables.add(
            new TomlSection(file, found, below(key), ((TomlArray) value).inputPositionOf(i)));
      } else {
        isArray = false;
      }
    }
    if (!isArray) {
      fault(key, "is an array of tables: [[" + String.join(".", below(key)) + "]]");
    }
    return tables;
  }

  /** The keys that are there. */
  public Set<String> keys() {
    return table == null ? Set.of() : table.keySet();
  }

  /** A text value as it stands there, without a fault if it is something else. */
  public Optional<String> textIfAny(String key) {
    return value(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** Whether the value of a key is a table. */
  public boolean isTable(String key) {
    return value(key) instanceof TomlTable;
  }

  /**
   * What is made of several keys.
   *
   * @param maker refuses by an {@link IllegalArgumentException}, which is a fault of the table
   */
  public <T> T make(Supplier<T> maker, T fallback) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      fault(": " + e.getMessage());
      return fallback;
    }
  }

  /** These are keys too, whatever they say. */
  public void know(List<String> keys) {
    known.addAll(keys);
  }

  /** All keys have been asked for: others are faults. Their values are not shown. */
  public void end() {
    for (String key : keys()) {
      if (!known.contains(key)) {
        String meant =
            Nearest.to(key, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; keys are " + String.join(", ", known));
        fault(key, "is no key" + meant);
      }
    }
  }

  /** Notes what is wrong with a key; goes on behind it. */
  public void fault(String key, String words) {
    TomlPosition where = positionOf(key);
    file.fault(where == null ? position : where, below(key), words);
  }

  /** Notes what is wrong with the table. */
  public void fault(String words) {
    file.fault(position, path, words);
  }

  private @Nullable Object value(String key) {
    return table == null ? null : table.get(List.of(key));
  }

  private @Nullable TomlPosition positionOf(String key) {
    return table == null ? null : table.inputPositionOf(List.of(key));
  }

  private List<String> below(String key) {
    return Stream.concat(path.stream(), Stream.of(key)).toList();
  }

  private static String kind(Object value) {
    return switch (value) {
      case Boolean _ -> "true or false";
      case TomlTable _ -> "a table";
      case TomlArray _ -> "an array";
      default -> "something else";
    };
  }
}
