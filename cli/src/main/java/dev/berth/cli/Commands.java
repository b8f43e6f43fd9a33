package dev.berth.cli;

import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The commands there are, in the order of the help. */
final class Commands {
  private Commands() {}

  /** All of them. */
  static List<Command> all(Engine engine) {
    JobRunner runner = new JobRunner(engine);
    List<Command> transfers =
        List.of(new GetCommand(runner), new PutCommand(runner), new MirrorCommand(runner));
    return Stream.concat(
            transfers.stream(),
            Stream.concat(
                Stream.of(
                    new ListCommand(engine),
                    new CatCommand(runner),
                    new StatCommand(runner),
                    new RemoveCommand(runner),
                    new MakeFolderCommand(runner),
                    new MoveCommand(runner),
                    new ProbeCommand(engine, InstantSource.system()),
                    new ResumeCommand(transfers)),
                local().stream()))
        .toList();
  }

  /** Those that ask no server. */
  static List<Command> local() {
    return List.of(
        new HistoryCommand(),
        new StatusCommand(InstantSource.system()),
        new TopCommand(InstantSource.system(), TerminalScreen::of),
        new LimitsCommand(InstantSource.system()),
        new ExplainCommand(),
        new ServeCommand(),
        new GatewayCommand(),
        new UserCommand(),
        new ReloadCommand(),
        new DemoCommand(OwnProcess::start),
        new SimulateCommand(UntilSignal::await),
        new CompletionCommand(),
        new ManCommand());
  }
}
