package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.transfer.Journal.Reach;
import dev.berth.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The text of a job may be damaged as it likes: a job is read, or a fault. What a job wrote, with
 * names of any bytes, is read again.
 */
class JobTextFuzz {
  private static final Instant BEGAN = Instant.parse("2026-11-22T12:00:00Z");
  private static final PastJob.End END =
      new PastJob.End(Duration.ofSeconds(3), 3, 2, 1, 0, 5000, 20);

  static Stream<byte[]> seeds() {
    return Stream.of(
        written("a\\b\tc"),
        "\u00e4\r\n\uD83D\uDE00".getBytes(StandardCharsets.UTF_8),
        new byte[] {'n', (byte) 0xFF},
        "berth-job\t1\nbegan\t9223372036854775807\nplanned\t1\nlater\n"
            .getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void whatIsWrittenIsReadAgain(byte[] bytes) {
    try {
      assertThat(JobText.read("token", bytes).failures()).hasSizeLessThanOrEqualTo(1000);
    } catch (IllegalArgumentException fault) {
      assertThat(fault).hasMessageMatching("(?s).+");
    }
    String name = Octets.toText(bytes).replace("\0", "");

    PastJob job = JobText.read("token", written(name));

    assertThat(job.words()).containsExactly("put", name);
    assertThat(job.failures()).containsExactly(new PastJob.Failure(name, "/\u00fc", "gone"));
    assertThat(job.began()).isEqualTo(BEGAN);
    assertThat(job.end()).contains(END);
    assertThat(job.stores()).isEqualTo(name);
  }

  private static byte[] written(String name) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(JobText.begin("h:21", "ann", BEGAN, List.of("put", name)));
    file.writeBytes(JobText.stores(name, Reach.TREE));
    file.writeBytes(JobText.end(END, List.of(new PastJob.Failure(name, "/\u00fc", "gone"))));
    return file.toByteArray();
  }
}
