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
    return Stream.concat(
            Stream.of(
                new GetCommand(runner),
                new PutCommand(runner),
                new MirrorCommand(runner),
                new ListCommand(engine),
                new CatCommand(runner),
                new StatCommand(runner),
                new RemoveCommand(runner),
                new MakeFolderCommand(runner),
                new MoveCommand(runner),
                new ProbeCommand(engine, InstantSource.system())),
            local().stream())
        .toList();
  }

  /** Those that ask no server. */
  static List<Command> local() {
    return List.of(
        new StatusCommand(InstantSource.system()),
        new TopCommand(InstantSource.system(), TerminalScreen::of),
        new LimitsCommand(InstantSource.system()),
        new ExplainCommand(),
        new CompletionCommand(),
        new ManCommand());
  }
}
