package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run whose output cannot be written. */
class StandardOutputTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private ExitStatus version(StandardOutput out) {
    Surroundings surroundings =
        new Surroundings(
            Map.of(),
            InputStream.nullInputStream(),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            folder,
            folder,
            question -> Optional.empty(),
            () -> false);
    return new Program(Commands.local(), surroundings).run("--version");
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
