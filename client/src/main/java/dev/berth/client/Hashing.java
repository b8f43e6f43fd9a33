package dev.berth.client;

import dev.berth.wire.Command;
import dev.berth.wire.Features;
import dev.berth.wire.HashFeature;
import dev.berth.wire.RemotePath;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server for digests of files: by HASH (draft-bryan-ftpext-hash), or by the older commands
 * that tell one kind each (XCRC, XMD5, XSHA1 and the like), whichever of those in FEAT is
 * strongest. Confined to the connection's thread.
 */
final class Hashing {
  /** A server reads the whole file before it answers; a slow disk reads 20 MB in a second. */
  private static final long BYTES_A_SECOND = 20_000_000;

  /** One way to ask. HASH tells the selected kind. */
  private record Way(HashAlgorithm algorithm, String verb) {
    String key() {
      return verb.equals("HASH") ? verb + " " + algorithm.word() : verb;
    }
  }

  private final FtpConnection connection;
  private final List<Way> ways;
  private @Nullable String selected; // by OPTS HASH, on this connection; null: not known

  Hashing(FtpConnection connection) {
    this.connection = connection;
    HashFeature hash = HashFeature.of(connection.features());
    this.ways = ways(connection.features(), hash);
    this.selected = hash.selected().orElse(null);
  }

  private static List<Way> ways(Features features, HashFeature hash) {
    List<Way> ways = new ArrayList<>();
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      if (hash.find(algorithm.word()).isPresent()) {
        ways.add(new Way(algorithm, "HASH"));
      }
      for (String verb : algorithm.verbs()) {
        if (features.has(verb)) {
          ways.add(new Way(algorithm, verb));
        }
      }
    }
    return ways;
  }

  boolean isOffered() {
    return ways.stream().anyMatch(this::mayWork);
  }

  private boolean mayWork(Way way) {
    return connection.traits().mayHash(way.key());
  }

  /** As {@link FtpConnection#hash}. */
  Optional<FileHash> of(RemotePath file, long sizeBytes) throws IOException {
    for (Way way : ways) {
      Optional<FileHash> told = mayWork(way) ? ask(way, file, sizeBytes) : Optional.empty();
      if (told.isPresent()) {
        return told;
      }
    }
    return Optional.empty();
  }

  private Optional<FileHash> ask(Way way, RemotePath file, long sizeBytes) throws IOException {
    if (way.verb().equals("HASH") && !isSelected(way)) {
      return Optional.empty();
    }
    Dialogue dialogue = connection.dialogue();
    dialogue.send(List.of(Command.of(way.verb(), file.value())));
    Reply reply =
        dialogue.receive(dialogue.timeout().plus(Duration.ofSeconds(sizeBytes / BYTES_A_SECOND)));
    if (!dialogue.isIntact()) {
      throw dialogue.refused(Command.of(way.verb(), file.value()), reply);
    }
    if (reply.isUnknownCommand()) {
      connection.traits().withoutHash(way.key());
    }
    return reply.isCompletion() ? digits(way.algorithm(), reply) : Optional.empty();
  }

  private boolean isSelected(Way way) throws IOException {
    Optional<Reply> refusal = select(way.algorithm().word());
    if (refusal.isPresent() && refusal.get().isPermanentNegative()) {
      connection.traits().withoutHash(way.key());
    }
    return refusal.isEmpty();
  }

  /** Has HASH tell this digest from now on; gives what the server says if it does not. */
  Optional<Reply> select(String algorithm) throws IOException {
    if (algorithm.equalsIgnoreCase(selected)) {
      return Optional.empty();
    }
    Reply reply = connection.dialogue().exchange(choice(algorithm));
    if (!reply.isCompletion()) {
      return Optional.of(reply);
    }
    selected = algorithm;
    return Optional.empty();
  }

  static Command choice(String algorithm) {
    return Command.of("OPTS", "HASH " + algorithm);
  }

  /**
   * The digest stands before or behind the pathname, which may hold blanks, and look like one. So
   * it is the only word, or else the only one of its length that the pathname does not explain: a
   * reply with two is not believed. XCRC leaves zeros out at the front.
   */
  static Optional<FileHash> digits(HashAlgorithm algorithm, Reply reply) {
    List<String> found = new ArrayList<>();
    for (String line : reply.lines()) {
      for (String word : line.split("[\\s\"]+", -1)) {
        String hex = word.toLowerCase(Locale.ROOT);
        if (isHex(hex) && hex.length() == algorithm.hexDigits()) {
          found.add(hex);
        }
      }
    }
    if (found.isEmpty() && algorithm == HashAlgorithm.CRC_32) {
      String hex = reply.text().strip().toLowerCase(Locale.ROOT);
      if (isHex(hex) && hex.length() < algorithm.hexDigits()) {
        found.add("0".repeat(algorithm.hexDigits() - hex.length()) + hex);
      }
    }
    return found.stream().distinct().count() == 1
        ? Optional.of(new FileHash(algorithm, found.getFirst()))
        : Optional.empty();
  }

  private static boolean isHex(String word) {
    return !word.isEmpty()
        && word.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }
}
