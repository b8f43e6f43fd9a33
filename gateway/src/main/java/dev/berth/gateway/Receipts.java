package dev.berth.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What was delivered: a JSON object a line. Any thread may add one, when it is its turn. */
final class Receipts {
  private static final long LARGEST_BYTES = 4L << 20;
  private static final Pattern ID = Pattern.compile("\\{\"id\":\"([0-9a-z-]+)\".*\\}");

  private final Path file;
  private final Path before;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private boolean isWriting; // guarded by lock; lines must not mix

  Receipts(Path folder) {
    this.file = folder.resolve("receipts.jsonl");
    this.before = folder.resolve("receipts.1.jsonl");
  }

  /**
   * Adds a line; it is on the disk when this returns. Waits for who writes one.
   *
   * @throws java.io.InterruptedIOException if it is interrupted in that wait; nothing is written
   */
  void add(Map<String, Object> facts) throws IOException {
    byte[] line = (json(facts) + "\n").getBytes(StandardCharsets.UTF_8);
    begin();
    try {
      if (Files.exists(file) && Files.size(file) + line.length > LARGEST_BYTES) {
        Files.move(
            file, before, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.<OpenOption>of(
                  StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
              SpoolFiles.owner("rw-------"))) {
        append(channel, line);
      }
    } finally {
      end();
    }
  }

  private void begin() throws IOException {
    lock.lock();
    try {
      DiskWait.await(() -> isWriting, ended, "the receipts");
      isWriting = true;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      isWriting = false;
      ended.signal();
    } finally {
      lock.unlock();
    }
  }

  /** What cannot be written as a whole is not there; what a kill has cut is overwritten. */
  private static void append(FileChannel channel, byte[] line) throws IOException {
    long end = wholeLines(channel);
    ByteBuffer rest = ByteBuffer.wrap(line);
    try {
      channel.truncate(end).position(end);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    } catch (IOException e) {
      channel.truncate(end);
      throw e;
    }
  }

  private static long wholeLines(FileChannel channel) throws IOException {
    long end = channel.size();
    ByteBuffer last = ByteBuffer.allocate(1);
    while (end > 0 && channel.read(last.clear(), end - 1) == 1 && last.get(0) != '\n') {
      end--;
    }
    return end;
  }

  /** Which files were delivered lately: of some, only that may have been written down. */
  Set<String> ids() throws IOException {
    Set<String> ids = new HashSet<>();
    for (Path each : new Path[] {before, file}) {
      if (Files.exists(each)) {
        try (Stream<String> lines = Files.lines(each, StandardCharsets.ISO_8859_1)) {
          lines.map(ID::matcher).filter(Matcher::matches).forEach(it -> ids.add(it.group(1)));
        }
      }
    }
    return ids;
  }

  private static String json(Map<String, Object> facts) {
    StringBuilder json = new StringBuilder("{");
    facts.forEach((key, value) -> {
      json.append(json.length() == 1 ? "\"" : ",\"").append(key).append("\":");
      if (value instanceof Number) {
        json.append(value);
      } else {
        json.append('"').append(escaped(value.toString())).append('"');
      }
    });
    return json.append('}').toString();
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each == '"' || each == '\\') {
        escaped.append('\\').append(each);
      } else if (each < ' ' || Character.isSurrogate(each)) {
        escaped.append("\\u%04x".formatted((int) each));
      } else {
        escaped.append(each);
      }
    }
    return escaped.toString();
  }
}
