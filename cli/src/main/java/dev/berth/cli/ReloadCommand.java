package dev.berth.cli;

import dev.berth.daemon.Reload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth reload}: tells a running server to read its settings again. */
final class ReloadCommand implements Command {
  @Override
  public String name() {
    return "reload";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "",
            List.of(
                "Let a running server or gateway read settings, accounts and certificates again.",
                "No session ends. What came of it stands in the server's log: where there are"
                    + " faults, all stays as it was. Look for them before: berth serve --check, or"
                    + " berth gateway --check"),
            List.of(
                "The server of this machine, whose settings name its pid-file:",
                "berth reload --pid-file /run/berth/berth.pid"));
    ServerOptions.addToReloadCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context)
      throws IOException, InterruptedException {
    Optional<String> named =
        Optional.ofNullable(arguments.matchedOptionValue(ServerOptions.PID_FILE, null));
    Path file = named.map(Arguments::path).orElse(Reload.USUAL_FILE);
    try {
      long number = Reload.ask(file);
      context.surroundings().out().println("asked process " + number + " to reload");
      return ExitStatus.DONE;
    } catch (IllegalArgumentException e) {
      throw new UsageException(Failures.reason(e));
    }
  }
}
