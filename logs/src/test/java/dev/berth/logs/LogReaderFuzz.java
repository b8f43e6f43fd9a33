package dev.berth.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.sightings.Sighting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs, whatever is done to them: each line is accounted for, and read alike however it comes. */
class LogReaderFuzz {
  private static final int SEED = 4000;

  static Stream<byte[]> seeds() {
    return Stream.of(
            "vsftpd/vsftpd.log",
            "vsftpd/xferlog",
            "proftpd/proftpd.log",
            "proftpd/extended.log",
            "pure-ftpd/syslog",
            "pure-ftpd/xferlog")
        .map(LogReaderFuzz::beginning);
  }

  private static byte[] beginning(String log) {
    try (InputStream in = LogReaderFuzz.class.getResourceAsStream(log)) {
      return in.readNBytes(SEED);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @MethodSource("seeds")
  @FuzzTest
  void eachLineIsAccountedFor(byte[] bytes) throws IOException {
    List<Sighting> seen = new ArrayList<>();
    LogSummary summary = read(new ByteArrayInputStream(bytes), seen);

    long understood = summary.understood().values().stream().mapToLong(Long::longValue).sum();
    assertThat(understood + summary.foreign() + summary.unread())
        .isLessThanOrEqualTo(summary.lines()); // the rest is empty
    assertThat(seen).hasSizeLessThanOrEqualTo((int) understood);
    assertThat(seen)
        .extracting(sighting -> sighting.citation().number())
        .isSorted()
        .allMatch(number -> number >= 1 && number <= summary.lines());
    List<Sighting> again = new ArrayList<>();
    assertThat(read(new Trickle(bytes), again)).isEqualTo(summary);
    assertThat(again).hasToString(seen.toString());
  }

  private static LogSummary read(InputStream in, List<Sighting> seen) throws IOException {
    return LogReader.of("x", ZoneId.of("Europe/Berlin"), Instant.parse("2026-11-22T12:00:00Z"))
        .read(in, (kind, sighting) -> seen.add(sighting));
  }

  /** A byte at a time. */
  private static final class Trickle extends InputStream {
    private final ByteArrayInputStream in;

    Trickle(byte[] bytes) {
      in = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] target, int from, int count) {
      return in.read(target, from, Math.min(1, count));
    }
  }
}
