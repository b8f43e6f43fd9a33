package dev.berth.gateway;

import dev.berth.wire.Octets;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file that a client has stored, and how far its delivery has come: what stands in the journal.
 *
 * @param id in the order in which they came, and no other file's, of any gateway
 * @param user whose it is, as the server knows him
 * @param origin where it was stored: by that its temporary name is made
 * @param target where it is to be: a client may have renamed it meanwhile
 * @param type {@code I} or {@code A}; its octets are those that came
 * @param sha256 of these, in hexadecimal digits
 */
record SpooledFile(
    String id,
    String user,
    SpoolPath origin,
    SpoolPath target,
    char type,
    long sizeBytes,
    String sha256,
    Instant received,
    Stage stage) {
  private static final Pattern ID = Pattern.compile("[0-9]{12,18}-[0-9a-f]{12}");
  private static final Set<String> MAY_BE_EMPTY = Set.of("password", "system");
  private static final String FIRST_LINE = "berth spooled file 1";

  /** How far a delivery has come. It is written down before the step is made. */
  enum Stage {
    /** The server knows nothing of it. */
    RECEIVED,
    /** It goes to the server under its temporary name. */
    SENDING,
    /** It is there as a whole, as SIZE has told, and gets its name. */
    RENAMING,
    /** Likewise on a server that tells no sizes: a name that it does not know may be there. */
    RENAMING_UNSEEN,
    /** It goes to the server under its own name. */
    STRAIGHT
  }

  /** The front part of its id. */
  long number() {
    return Long.parseLong(id.substring(0, id.indexOf('-')));
  }

  SpooledFile at(Stage next) {
    return new SpooledFile(id, user, origin, target, type, sizeBytes, sha256, received, next);
  }

  SpooledFile to(SpoolPath other) {
    return new SpooledFile(id, user, origin, other, type, sizeBytes, sha256, received, stage);
  }

  /** What the server calls it until it is whole. */
  String temporary() {
    return origin.temporary(id);
  }

  /** Whether the server has it, perhaps under its own name already. */
  boolean isRenaming() {
    return stage == Stage.RENAMING || stage == Stage.RENAMING_UNSEEN;
  }

  /** Lines, for the journal. */
  String text() {
    return String.join(
        "\n",
        FIRST_LINE,
        "id=" + id,
        "user=" + written(user),
        "origin-folder=" + written(origin.folder()),
        "origin=" + written(origin.argument()),
        "target-folder=" + written(target.folder()),
        "target=" + written(target.argument()),
        "type=" + type,
        "bytes=" + sizeBytes,
        "sha256=" + sha256,
        "received=" + received,
        "stage=" + stage,
        "");
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static SpooledFile of(String text) {
    Map<String, String> values = values(text, FIRST_LINE);
    try {
      return new SpooledFile(
          id(value(values, "id")),
          read(value(values, "user")),
          new SpoolPath(read(value(values, "origin-folder")), read(value(values, "origin"))),
          new SpoolPath(read(value(values, "target-folder")), read(value(values, "target"))),
          value(values, "type").charAt(0),
          Long.parseLong(value(values, "bytes")),
          value(values, "sha256"),
          Instant.parse(value(values, "received")),
          Stage.valueOf(value(values, "stage")));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String id(String text) {
    if (!ID.matcher(text).matches()) {
      throw new IllegalArgumentException("no id: " + text);
    }
    return text;
  }

  /** Lines {@code key=value} behind a first one. */
  static Map<String, String> values(String text, String firstLine) {
    String[] lines = text.split("\n", -1);
    if (!lines[0].equals(firstLine)) {
      throw new IllegalArgumentException("begins with " + lines[0]);
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int end = lines[i].indexOf('=');
      if (end > 0) {
        values.put(lines[i].substring(0, end), lines[i].substring(end + 1));
      }
    }
    return values;
  }

  static String value(Map<String, String> values, String key) {
    String value = values.get(key);
    if (value == null || (value.isEmpty() && !MAY_BE_EMPTY.contains(key))) {
      throw new IllegalArgumentException("without " + key);
    }
    return value;
  }

  /** The octets of a text, those that are no plain ASCII escaped by {@code %}. */
  static String written(String text) {
    String each = new String(Octets.toBytes(text), StandardCharsets.ISO_8859_1);
    return URLEncoder.encode(each, StandardCharsets.ISO_8859_1);
  }

  static String read(String written) {
    String each = URLDecoder.decode(written, StandardCharsets.ISO_8859_1);
    return Octets.toText(each.getBytes(StandardCharsets.ISO_8859_1));
  }
}
