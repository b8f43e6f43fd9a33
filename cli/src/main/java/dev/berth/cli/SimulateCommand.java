package dev.berth.cli;

import dev.berth.simulator.Mask;
import dev.berth.simulator.Simulator;
import dev.berth.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.logging.Level;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth simulate}: an FTP server that speaks as another one, with faults on demand. */
final class SimulateCommand implements Command {
  /** How long it runs. */
  interface Stay {
    /** Waits until the server is to end; an interrupt is what Ctrl-C is. */
    void await(Simulator simulator) throws InterruptedException;
  }

  private final Stay stay;

  SimulateCommand(Stay stay) {
    this.stay = stay;
  }

  @Override
  public String name() {
    return "simulate";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "",
            List.of(
                "Be an FTP server that speaks as another one, with its limits and faults on"
                    + " demand.",
                "For testing any FTP client. Runs until Ctrl-C. Where it listens is told on"
                    + " standard error: listening on 127.0.0.1:40123. Without --root its files are"
                    + " kept in a new folder, which is deleted at the end; without --user, its user"
                    + " is test with the password secret."),
            List.of(
                "vsftpd with two connections for an address, whose places stay taken for 10 s:",
                "berth simulate --as vsftpd --limit 2 --ghosts 10s",
                "ProFTPD whose limit falls, and which cuts each transfer after 1 MiB:",
                "berth simulate --as proftpd --limits '4 for 30s, then 1' --cut-every 1M",
                "The servers that it can be:",
                "berth simulate --list"));
    OptionTable.addToSimulateCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context)
      throws IOException, InterruptedException {
    Options options = Options.of(arguments);
    PrintStream out = context.surroundings().out();
    if (arguments.hasMatchedOption(OptionTable.LIST)) {
      for (Mask mask : Mask.all()) {
        out.printf("%-10s %s (%s)%n", mask.name(), mask.server(), mask.source());
      }
      return ExitStatus.DONE;
    }
    SimulatorSettings settings =
        SimulateOptions.settings(arguments, options, context.surroundings());
    ServerLog.level(options.isVerbose() ? Level.INFO : Level.SEVERE);
    try (Simulator simulator = Simulator.start(settings)) {
      PrintStream error = context.surroundings().err();
      error.println("listening on " + simulator.host() + ":" + simulator.port());
      error.flush();
      stay.await(simulator);
    }
    return ExitStatus.DONE;
  }
}
