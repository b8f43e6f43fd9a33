package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.ListingLine;
import dev.berth.transfer.FileResult;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.transfer.JobSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run whose output cannot be written. */
class StandardOutputTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private ExitStatus version(StandardOutput out) {
    return new Program(Commands.local(), surroundings(out)).run("--version");
  }

  private Surroundings surroundings(StandardOutput out) {
    return new Surroundings(
        Map.of(),
        InputStream.nullInputStream(),
        out,
        new PrintStream(err, true, StandardCharsets.UTF_8),
        folder,
        folder,
        question -> Optional.empty(),
        () -> false);
  }

  @Test
  void aReaderThatHasGoneEndsTheRunQuietlyAsItDoesOtherPrograms() {
    assertThat(version(StandardOutput.to(new Failing(), () -> true)).number()).isEqualTo(141);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aDiskThatIsFullIsAFaultThatIsTold() {
    assertThat(version(StandardOutput.to(new Failing(), () -> false)))
        .isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("berth: standard output could not be written\n");
  }

  @Test
  void contentThatNobodyReadsEndsTheRunQuietly() {
    Engine showing =
        new Engine() {
          @Override
          public Ending probe(Probe probe, Consumer<ProbeReport> found, Reporter reporter) {
            throw new IllegalStateException("not asked for here");
          }

          @Override
          public JobReport run(Job job, Reporter reporter) {
            try {
              ((Job.Show) job).target().write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
              throw new AssertionError("written");
            } catch (IOException e) {
              FileResult.Failed failed = new FileResult.Failed(Cause.LOCAL, "Broken pipe");
              reporter.finished(new FileResult("/x", "-", failed));
            }
            JobSummary summary = new JobSummary(1, 1, 0, 0, 0);
            Ending ending = new Ending.Incomplete("/x: Broken pipe");
            return new JobReport(ending, summary, 0, Duration.ZERO, new Allowance.Unknown());
          }

          @Override
          public Ending list(Listing listing, Consumer<ListingLine> lines, Reporter reporter) {
            throw new IllegalStateException("asked to show only");
          }
        };
    StandardOutput out = StandardOutput.to(new Failing(), () -> true);

    ExitStatus status =
        new Program(Commands.all(showing), surroundings(out)).run("cat", "ftp://h/x");

    assertThat(status).isEqualTo(ExitStatus.READER_GONE);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void whatIsWrittenArrivesInUtf8() {
    ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    StandardOutput out = StandardOutput.to(arrived, () -> true);

    out.print("Gr\u00fc\u00dfe");

    assertThat(out.checkError()).isFalse();
    assertThat(out.isReaderGone()).isFalse();
    assertThat(arrived.toString(StandardCharsets.UTF_8)).isEqualTo("Gr\u00fc\u00dfe");
  }

  /** Takes nothing, as {@code /dev/full} does, or a pipe that nobody reads. */
  private static final class Failing extends OutputStream {
    @Override
    public void write(int octet) throws IOException {
      throw new IOException("refused");
    }
  }
}
