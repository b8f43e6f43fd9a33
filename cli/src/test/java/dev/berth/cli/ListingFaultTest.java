package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.ListingLine;
import dev.berth.transfer.FileResult;
import dev.berth.transfer.FileResult.Cause;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listing that comes to nothing, told as every other fault is. */
final class ListingFaultTest {
  @TempDir Path folder;

  /** An engine that is asked for a listing and has none. */
  private record NoListing(Cause cause, Ending ending) implements Engine {
    @Override
    public JobReport run(Job job, Reporter reporter) {
      throw new IllegalStateException("asked to list only");
    }

    @Override
    public Ending list(Listing listing, Consumer<ListingLine> lines, Reporter reporter) {
      FileResult.Failed failed = new FileResult.Failed(cause, "530 Login incorrect.");
      reporter.finished(new FileResult("/in", "", failed));
      return ending;
    }

    @Override
    public Ending probe(Probe probe, Consumer<ProbeReport> found, Reporter reporter) {
      throw new IllegalStateException("not asked for here");
    }
  }

  @Test
  void refusedCredentialsEndWith5AndAreToldOnce() {
    Run.Result end =
        list(new NoListing(Cause.NO_CONNECTION, new Ending.CredentialsRefused("530 Login")));

    assertThat(end.status()).isEqualTo(ExitStatus.CREDENTIALS_REFUSED);
    assertThat(end.err()).isEqualTo("berth: 530 Login\n");
  }

  @Test
  void folderThatCannotBeReadIsNamedOnceWithTheServersWords() {
    Run.Result end = list(new NoListing(Cause.SERVER, new Ending.Incomplete("/in: 550 No")));

    assertThat(end.status()).isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(end.err()).isEqualTo("berth: /in: 550 No\n");
  }

  private Run.Result list(Engine engine) {
    return Run.in(folder).with(engine).of("ls", "ftp://h/in");
  }
}
