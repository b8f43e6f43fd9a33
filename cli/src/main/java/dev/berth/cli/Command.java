package dev.berth.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command of the program. */
interface Command {
  /** As it is typed. Asked of all commands at each start, so that one spec alone is made. */
  String name();

  /** Its name, arguments, options and help. Built anew at each call. */
  CommandSpec spec();

  /** Whether it needs to know all commands, as help does. */
  default boolean describesOthers() {
    return false;
  }

  /**
   * Does it.
   *
   * @param arguments those of this command
   * @param context what it runs in
   * @throws UsageException when the arguments cannot be used
   * @throws IOException when standard input or a file of settings cannot be read
   */
  ExitStatus run(ParseResult arguments, Context context) throws IOException, InterruptedException;

  /**
   * What a command runs in.
   *
   * @param surroundings what the process gives
   * @param program the command line; with all commands only for those that describe them
   */
  record Context(Surroundings surroundings, CommandSpec program) {}
}
