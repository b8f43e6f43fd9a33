package dev.berth.dialects;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Labelled replies from the test resources: code, text, server, phase, scope, number, source. */
final class ReplyTable {
  /** What fills the numbers of a text. */
  static final int NUMBER = 7;

  private ReplyTable() {}

  /** A labelled reply; the text with its placeholders filled. */
  record Row(String code, String text, String server, Phase phase, String scope, String number) {
    Observation observation() {
      return observation(text);
    }

    /** The same reply with another text. */
    Observation observation(String words) {
      return code.matches("\\d+")
          ? new Observation(phase, new Observation.Said.Coded(Integer.parseInt(code), words), false)
          : Observation.quoted(phase, words);
    }

    OptionalInt stated() {
      return number.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(number));
    }

    @Override
    public String toString() {
      return code + " " + phase + " " + scope + " " + number + " | " + text + " | " + server;
    }
  }

  static List<Row> load(String name) {
    try (InputStream table = ReplyTable.class.getResourceAsStream(name)) {
      String all = new String(table.readAllBytes(), StandardCharsets.UTF_8);
      return all.lines().skip(1).map(ReplyTable::row).toList();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + name, e);
    }
  }

  private static Row row(String line) {
    String[] cells = line.split("\t", -1);
    String number = cells[5].startsWith("%") ? String.valueOf(NUMBER) : cells[5];
    String text =
        cells[5].startsWith("%") ? cells[1].replace(cells[5], String.valueOf(NUMBER)) : cells[1];
    return new Row(cells[0], fill(text), cells[2], phase(cells[3]), cells[4], number);
  }

  private static Phase phase(String when) {
    return when.equals("during session")
        ? Phase.SESSION
        : Phase.valueOf(when.toUpperCase(Locale.ROOT));
  }

  private static String fill(String text) {
    return text.replace("\\r\\n", "\r\n")
        .replace("\\n", "\n")
        .replaceAll("%3?\\.[0-9]f", "3.20")
        .replaceAll("%l*[ud]|%m", String.valueOf(NUMBER))
        .replaceAll("\\{client\\.ip\\}", "10.0.0.1")
        .replaceAll("\\{[^}]*\\}|%[svq]", "someone");
  }

  static String scope(Optional<Refusal> read) {
    return read.map(refusal -> Advice.of(refusal).scope()).orElse(Advice.NOTHING_REFUSED);
  }

  static OptionalInt stated(Optional<Refusal> read) {
    return switch (read.orElse(null)) {
      case Refusal.Limit limit -> number(limit.stated());
      case Refusal.IdleTimeout idle -> number(idle.seconds());
      case null, default -> OptionalInt.empty();
    };
  }

  private static OptionalInt number(Stated stated) {
    return switch (stated) {
      case Stated.Figure figure -> OptionalInt.of(figure.value());
      case Stated.Nothing nothing -> OptionalInt.empty();
    };
  }
}
