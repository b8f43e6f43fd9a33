package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job writes of itself, with names that lines and charsets are no friends of. */
class JobTextTest {
  private static final Instant BEGAN = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"a\rb", "a\nb\t\\", "\u0085", "\u2028", "tab\t", "\\n"})
  void anyNameIsReadAsItWasWritten(String name) {
    PastJob.Failure failure = new PastJob.Failure(name, name, "gone");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(JobText.begin("h:21", "ann", BEGAN, List.of("get", name)));
    file.writeBytes(
        JobText.end(new PastJob.End(Duration.ZERO, 3, 1, 1, 0, 0, 0), List.of(failure)));

    PastJob job = JobText.read("token", file.toByteArray());

    assertThat(job.words()).containsExactly("get", name);
    assertThat(job.failures()).containsExactly(failure);
  }

  /** Links that are made are planned one by one, after the files. */
  @Test
  void whatIsPlannedLaterComesOnTop() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(JobText.begin("h:21", "ann", BEGAN, List.of("get")));
    file.writeBytes(JobText.planned(7));
    file.writeBytes(JobText.planned(1));

    assertThat(JobText.read("token", file.toByteArray()).files()).isEqualTo(8);
  }

  @Test
  void aNameOfNoValidUtf8LeavesTheOthersAsTheyAre() {
    String latin = Octets.toText("M\u00fcller".getBytes(StandardCharsets.ISO_8859_1));

    PastJob job =
        JobText.read("token", JobText.begin("h:21", "ann", BEGAN, List.of(latin, "\u00fc")));

    assertThat(job.words()).containsExactly(latin, "\u00fc");
  }
}
