package dev.berth.cli;

import dev.berth.transfer.Journal.Reach;
import dev.berth.wire.Octets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The text of the file that a job writes while it runs: a line for each thing, its parts between
 * tabs. Lines are only added, so that a job that is killed leaves all that it had told. Pure.
 */
final class JobText {
  private static final String KIND = "berth-job";
  private static final String VERSION = "1";
  private static final String BELOW = "below";
  private static final int ENOUGH_CHARACTERS = 1_000_000;

  /** How many parts a line has at least, its first one told. */
  private static final Map<String, Integer> PARTS =
      Map.of(
          "server", 2, "account", 2, "began", 2, "word", 2, "planned", 2, "stores", 2, "failed", 4,
          "end", 8);

  private JobText() {}

  static byte[] begin(String server, String account, Instant began, List<String> words) {
    StringBuilder text = new StringBuilder(line(KIND, VERSION));
    text.append(line("server", server)).append(line("account", account));
    text.append(line("began", Long.toString(PastJob.micros(began))));
    words.forEach(word -> text.append(line("word", word)));
    return Octets.toBytes(text.toString());
  }

  static byte[] stores(String folder, Reach reach) {
    return Octets.toBytes(
        switch (reach) {
          case FOLDER -> line("stores", folder);
          case TREE -> line("stores", folder, BELOW);
        });
  }

  static byte[] planned(int files) {
    return Octets.toBytes(line("planned", Integer.toString(files)));
  }

  static byte[] swept() {
    return Octets.toBytes(line("swept"));
  }

  /** Failures are told as long as they are no book: the rest is counted. */
  static byte[] end(PastJob.End end, List<PastJob.Failure> failures) {
    StringBuilder text = new StringBuilder();
    for (PastJob.Failure it : failures) {
      if (text.length() < ENOUGH_CHARACTERS) {
        text.append(line("failed", it.source(), it.target(), it.reason()));
      }
    }
    text.append(
        line(
            "end",
            Long.toString(end.took().toMillis()),
            Integer.toString(end.exitStatus()),
            Integer.toString(end.files()),
            Integer.toString(end.failed()),
            Integer.toString(end.unchanged()),
            Long.toString(end.bytes()),
            Long.toString(end.resumedBytes())));
    return Octets.toBytes(text.toString());
  }

  private static String line(String... parts) {
    List<String> escaped = new ArrayList<>();
    for (String part : parts) {
      escaped.add(
          part.replace("\\", "\\\\")
              .replace("\t", "\\t")
              .replace("\n", "\\n")
              .replace("\r", "\\r")
              .replace("\0", ""));
    }
    return String.join("\t", escaped) + "\n";
  }

  /**
   * Reads what a job has written. A last line without its end is that of a job that was killed.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  static PastJob read(String token, byte[] bytes) {
    List<List<String>> lines = lines(bytes);
    if (lines.isEmpty() || !lines.getFirst().equals(List.of(KIND, VERSION))) {
      throw new IllegalArgumentException("no job of this version");
    }
    Draft draft = new Draft();
    lines.forEach(draft::add);
    return draft.job(token);
  }

  /** Each part by itself: a name of no valid UTF-8 says nothing of the other parts. */
  private static List<List<String>> lines(byte[] bytes) {
    List<List<String>> lines = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\t' || bytes[i] == '\n') {
        parts.add(plain(Octets.toText(Arrays.copyOfRange(bytes, start, i))));
        start = i + 1;
      }
      if (bytes[i] == '\n') {
        lines.add(parts);
        parts = new ArrayList<>();
      }
    }
    return lines;
  }

  private static String plain(String part) {
    if (part.indexOf('\\') < 0) {
      return part;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '\\' && i + 1 < part.length()) {
        i++;
        char escaped = part.charAt(i);
        text.append(
            switch (escaped) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> escaped;
            });
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static final class Draft {
    private String server = "";
    private String account = "";
    private Instant began = Instant.EPOCH;
    private final List<String> words = new ArrayList<>();
    private int files;
    private Optional<PastJob.End> end = Optional.empty();
    private String stores = "";
    private Reach reach = Reach.FOLDER;
    private boolean isSwept;
    private final List<PastJob.Failure> failures = new ArrayList<>();

    void add(List<String> parts) {
      if (parts.size() < PARTS.getOrDefault(parts.getFirst(), 1)) {
        throw new IllegalArgumentException("too short a line: " + parts);
      }
      switch (parts.getFirst()) {
        case "server" -> server = parts.get(1);
        case "account" -> account = parts.get(1);
        case "began" -> began = PastJob.moment(Long.parseLong(parts.get(1)));
        case "word" -> words.add(parts.get(1));
        case "planned" -> files += Integer.parseInt(parts.get(1));
        case "stores" -> {
          stores = parts.get(1);
          reach = parts.size() > 2 && parts.get(2).equals(BELOW) ? Reach.TREE : Reach.FOLDER;
        }
        case "swept" -> isSwept = true;
        case "failed" -> addFailure(parts);
        case "end" -> end = Optional.of(end(parts));
        default -> {} // of a later version
      }
    }

    private void addFailure(List<String> parts) {
      if (failures.size() < PastJob.MOST_FAILURES) {
        failures.add(new PastJob.Failure(parts.get(1), parts.get(2), parts.get(3)));
      }
    }

    private static PastJob.End end(List<String> parts) {
      return new PastJob.End(
          Duration.ofMillis(Long.parseLong(parts.get(1))),
          Integer.parseInt(parts.get(2)),
          Integer.parseInt(parts.get(3)),
          Integer.parseInt(parts.get(4)),
          Integer.parseInt(parts.get(5)),
          Long.parseLong(parts.get(6)),
          Long.parseLong(parts.get(7)));
    }

    PastJob job(String token) {
      return new PastJob(
          token, server, account, began, words, files, end, stores, reach, isSwept, failures);
    }
  }
}
