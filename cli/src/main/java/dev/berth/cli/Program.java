package dev.berth.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The program {@code berth} with its commands, for one run: reads the command line, runs a command,
 * and turns whatever comes of it into messages and an exit status. No password leaves it.
 */
final class Program {
  private static final String REPORT = "Please report it with the output of --verbose.";

  private final Map<String, Command> commands;
  private final Surroundings surroundings;

  /**
   * @param commands in the order of the help
   */
  Program(List<Command> commands, Surroundings surroundings) {
    Stream<Command> all = Stream.concat(commands.stream(), Stream.of(new HelpCommand()));
    this.commands =
        all.collect(
            Collectors.toMap(
                Command::name, command -> command, (one, other) -> other, LinkedHashMap::new));
    this.surroundings = surroundings;
  }

  /**
   * Runs the program once. Blocks until everything is done and said.
   *
   * @return what the process is to end with
   */
  ExitStatus run(String... arguments) {
    List<String> typed = List.of(arguments);
    ExitStatus status;
    try {
      status = runUnguarded(typed);
    } catch (UsageException e) {
      status = refuse(typed, ExitStatus.USAGE, Failures.reason(e));
    } catch (ParameterException e) {
      status = refuse(typed, ExitStatus.USAGE, UsageMessages.of(e));
    } catch (InterruptedException e) {
      status = refuse(typed, ExitStatus.INTERRUPTED, "interrupted");
    } catch (IOException e) {
      status = refuse(typed, ExitStatus.INCOMPLETE, Failures.describe(e));
    } catch (RuntimeException | Error e) {
      status = refuse(typed, ExitStatus.INTERNAL_ERROR, "internal error: " + e + "\n" + REPORT);
      traceWhenVerbose(typed, e);
    }
    return flushed(status);
  }

  private ExitStatus runUnguarded(List<String> typed) throws IOException, InterruptedException {
    if (typed.equals(List.of(OptionTable.VERSION))) {
      // Before anything else is loaded: this one has to be quick.
      return printVersion();
    }
    CommandLine commandLine = commandLine(neededFor(typed));
    ParseResult program = commandLine.parseArgs(typed.toArray(String[]::new));
    ParseResult innermost = program.hasSubcommand() ? program.subcommand() : program;
    if (innermost.isVersionHelpRequested()) {
      return printVersion();
    }
    if (innermost.isUsageHelpRequested()) {
      HelpCommand.printAsked(innermost.commandSpec(), surroundings);
      return ExitStatus.DONE;
    }
    if (!program.hasSubcommand()) {
      HelpCommand.printUnasked(innermost.commandSpec(), surroundings);
      return ExitStatus.USAGE;
    }
    Command command = Objects.requireNonNull(commands.get(innermost.commandSpec().name()));
    return command.run(innermost, new Command.Context(surroundings, commandLine.getCommandSpec()));
  }

  private ExitStatus printVersion() {
    surroundings.out().println("berth " + Version.text());
    return ExitStatus.DONE;
  }

  /** One command if it is clear which, for making all takes longer than the rest of the start. */
  private Map<String, Command> neededFor(List<String> typed) {
    Command first = typed.isEmpty() ? null : commands.get(typed.getFirst());
    return first == null || first.describesOthers() ? commands : Map.of(typed.getFirst(), first);
  }

  private static CommandLine commandLine(Map<String, Command> commands) {
    CommandSpec spec = CommandSpec.create().name("berth");
    HelpTexts.style(spec.usageMessage());
    spec.usageMessage()
        .customSynopsis("berth COMMAND [OPTIONS] ...")
        .header("Moves files by FTP under any connection limit, which it finds out by itself.")
        .footerHeading("%n@|bold Exit status:|@%n")
        .footer(
            "  0 all done · 1 fault of Berth · 2 usage · 3 some files failed · 4 no connection",
            "  5 credentials refused · 6 content differs · 130 interrupted · 141 no reader",
            "",
            "Help for one command: berth help COMMAND");
    OptionTable.addToProgram(spec);
    commands.forEach((name, command) -> spec.addSubcommand(name, command.spec()));
    return new CommandLine(spec);
  }

  private ExitStatus refuse(List<String> typed, ExitStatus status, String message) {
    String masked = Masking.message(message, typed);
    surroundings.err().println("berth: " + Shown.lines(masked));
    if (typed.contains(OptionTable.JSON)) {
      JsonLines.to(surroundings.out()).error(status, masked);
    }
    return status;
  }

  private void traceWhenVerbose(List<String> typed, Throwable fault) {
    if (typed.contains(OptionTable.VERBOSE) || typed.contains("-v")) {
      String trace =
          Arrays.stream(fault.getStackTrace())
              .map(frame -> "    at " + frame)
              .collect(Collectors.joining("\n"));
      surroundings.err().println(trace);
    }
  }

  /** What could not be written was not done: a full disk behind {@code >} must not look like 0. */
  private ExitStatus flushed(ExitStatus status) {
    PrintStream out = surroundings.out();
    ExitStatus flushed = status;
    if (out.checkError() && status == ExitStatus.DONE) {
      if (out instanceof StandardOutput it && it.isReaderGone()) {
        flushed = ExitStatus.READER_GONE;
      } else {
        surroundings.err().println("berth: standard output could not be written");
        flushed = ExitStatus.INCOMPLETE;
      }
    }
    surroundings.err().flush();
    return flushed;
  }
}
