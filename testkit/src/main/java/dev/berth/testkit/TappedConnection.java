package dev.berth.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * What went over one control connection, as recorded by a {@link WireTap}. May be read at any time
 * from any thread, also while the connection lives. Times are those of {@link System#nanoTime}.
 * Behind {@code AUTH TLS} the bytes are ciphertext: there are no commands and replies to be read
 * from then on.
 */
public final class TappedConnection {
  /** A limit in the words of the five servers of {@link PeerKind}. */
  private static final Pattern LIMIT =
      Pattern.compile(
          "(421|500|530)[ -].*(maximum|too many|more than|limit).*", Pattern.CASE_INSENSITIVE);

  /** The two ends of a connection. */
  public enum Side {
    CLIENT,
    SERVER
  }

  /** How a side ended its direction. */
  public enum End {
    FIN,
    RESET
  }

  /**
   * Bytes as they came in one read.
   *
   * @param from who sent them
   * @param nanos when
   * @param text each byte a character
   */
  public record Chunk(Side from, long nanos, String text) {}

  private final int number;
  private final long openedNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Chunk> chunks = new ArrayList<>(); // guarded by lock
  private final Map<Side, End> ends = new EnumMap<>(Side.class); // guarded by lock
  private Optional<Side> closedFirst = Optional.empty(); // guarded by lock
  private OptionalLong endedNanos = OptionalLong.empty(); // guarded by lock

  TappedConnection(int number, long openedNanos) {
    this.number = number;
    this.openedNanos = openedNanos;
  }

  void said(Side from, byte[] bytes) {
    Chunk chunk =
        new Chunk(from, System.nanoTime(), new String(bytes, StandardCharsets.ISO_8859_1));
    lock.lock();
    try {
      chunks.add(chunk);
    } finally {
      lock.unlock();
    }
  }

  void ended(Side side, End end) {
    long now = System.nanoTime();
    lock.lock();
    try {
      ends.putIfAbsent(side, end);
      if (closedFirst.isEmpty()) {
        closedFirst = Optional.of(side);
      }
      if (endedNanos.isEmpty() && (side == Side.SERVER || end == End.RESET)) {
        endedNanos = OptionalLong.of(now);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Its number in the order of connecting, from 1. */
  public int number() {
    return number;
  }

  /** When the client connected. */
  public long openedNanos() {
    return openedNanos;
  }

  /** When the server's first bytes came; empty if none did. */
  public OptionalLong greetedNanos() {
    return chunks().stream()
        .filter(chunk -> chunk.from() == Side.SERVER)
        .mapToLong(Chunk::nanos)
        .findFirst();
  }

  /**
   * When it was over: at the server's FIN, or at a reset by either side. Empty while it is open; a
   * client's FIN alone does not end it, as the server still counts it.
   */
  public OptionalLong endedNanos() {
    lock.lock();
    try {
      return endedNanos;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is not over yet. */
  public boolean isOpen() {
    return endedNanos().isEmpty();
  }

  /** Who ended it first, by FIN or reset. A fault of the tap counts as the server's doing. */
  public Optional<Side> closedFirst() {
    lock.lock();
    try {
      return closedFirst;
    } finally {
      lock.unlock();
    }
  }

  /** How a side ended, if it has. */
  public Optional<End> end(Side side) {
    lock.lock();
    try {
      return Optional.ofNullable(ends.get(side));
    } finally {
      lock.unlock();
    }
  }

  /** All that was sent, in the order of arrival. */
  public List<Chunk> chunks() {
    lock.lock();
    try {
      return List.copyOf(chunks);
    } finally {
      lock.unlock();
    }
  }

  /** Everything that one side sent, each byte a character. */
  public String bytes(Side from) {
    StringBuilder all = new StringBuilder();
    chunks().stream().filter(chunk -> chunk.from() == from).forEach(c -> all.append(c.text()));
    return all.toString();
  }

  /** The client's lines, without their line ends. */
  public List<String> commands() {
    return bytes(Side.CLIENT).lines().toList();
  }

  /** How often the client sent a command; the verb in any case. */
  public int commands(String verb) {
    String wanted = verb.toUpperCase(Locale.ROOT);
    return (int)
        commands().stream()
            .map(line -> line.toUpperCase(Locale.ROOT))
            .filter(line -> line.equals(wanted) || line.startsWith(wanted + " "))
            .count();
  }

  /** The server's lines, without their line ends. */
  public List<String> replies() {
    return bytes(Side.SERVER).lines().toList();
  }

  /**
   * Whether the server turned it away over a limit: in words before any 230, or by ending it
   * without a word. A wrong password is no such refusal.
   */
  public boolean isRefused() {
    List<String> replies = replies();
    if (replies.isEmpty()) {
      return closedFirst().filter(side -> side == Side.SERVER).isPresent();
    }
    return replies.stream()
        .takeWhile(line -> !line.startsWith("230"))
        .anyMatch(line -> LIMIT.matcher(line).matches());
  }

  @Override
  public String toString() {
    StringBuilder story = new StringBuilder("connection " + number + "\n");
    for (Chunk chunk : chunks()) {
      double millis = (chunk.nanos() - openedNanos) / 1e6;
      story.append(
          "  %8.3f ms %s: %s\n".formatted(millis, chunk.from(), chunk.text().stripTrailing()));
    }
    return story + "  closed first by " + closedFirst();
  }
}
