package dev.berth.session;

import dev.berth.transport.ConnectionLost;
import dev.berth.transport.TlsFailed;
import dev.berth.wire.Command;
import dev.berth.wire.CommandLine;
import dev.berth.wire.CommandParser;
import java.io.IOException;
import java.util.Optional;

/** Finds what a line asks for in the table of commands, and has it done if it may come now. */
final class Dispatch {
  private Dispatch() {}

  /** Serves one line. */
  static void serve(Session session, CommandLine line) throws IOException, InterruptedException {
    switch (line) {
      case CommandLine.Complete(Command command) ->
          serve(session, command.verb(), command.argument().orElse(""));
      case CommandLine.Malformed(CommandLine.Fault fault) -> {
        session.speech().on(new Occasion.Served("", ""));
        session.reply(500, text(fault));
      }
    }
  }

  private static String text(CommandLine.Fault fault) {
    return switch (fault) {
      case NO_VERB -> "That is no command: it begins with no verb.";
      case CONTROL_CHARACTER -> "That is no command: there is a NUL, or a CR without LF, in it.";
      case TOO_LONG -> "That command is longer than " + CommandParser.LONGEST_LINE + " bytes.";
    };
  }

  /** Serves one command. */
  static void serve(Session session, String verb, String argument)
      throws IOException, InterruptedException {
    session.logCommand(verb);
    session.speech().on(new Occasion.Served(verb, argument));
    Optional<Relay> relay = session.login().relay();
    if (relay.isPresent() && relay.get().serves(verb, argument)) {
      run(session, verb, () -> Relaying.serve(session, relay.get(), verb, argument));
      return;
    }
    if (AccessCommands.leads(session, verb, argument)) {
      return;
    }
    boolean isKnown = session.service().settings().manner().knows(verb);
    Optional<CommandEntry> entry = isKnown ? CommandTable.find(verb) : Optional.empty();
    if (entry.isEmpty()) {
      if (isWeb(verb)) {
        session.leave(new Farewell("not-ftp", "This is an FTP server."));
        return;
      }
      session.reply(500, "That command is not known: see HELP.");
      return;
    }
    CommandEntry.Phase phase = entry.get().phase();
    if (phase != CommandEntry.Phase.ALWAYS && !session.login().isLoggedIn()) {
      session.reply(530, "Log in first: USER and PASS.");
      return;
    }
    if (phase == CommandEntry.Phase.VISITING && relay.isPresent()) {
      session.refuseToRelay(verb);
      return;
    }
    if (entry.get().argument() == CommandEntry.Argument.MUST && argument.isEmpty()) {
      session.reply(501, "Syntax: " + verb + " " + entry.get().syntax());
      return;
    }
    if (entry.get().argument() == CommandEntry.Argument.NONE && !argument.isEmpty()) {
      session.reply(501, verb + " takes no argument.");
      return;
    }
    if (!verb.equals("RNTO")) {
      session.state().renaming = null;
    }
    run(session, verb, () -> entry.get().handler().run(session, argument));
  }

  /** What a browser sends when a page makes it post to this port: no more of that is served. */
  private static boolean isWeb(String verb) {
    return switch (verb) {
      case "GET", "POST", "PUT", "HEAD", "CONNECT", "OPTIONS" -> true;
      default -> false;
    };
  }

  @FunctionalInterface
  private interface Serving {
    void run() throws IOException, InterruptedException;
  }

  private static void run(Session session, String verb, Serving serving)
      throws IOException, InterruptedException {
    try {
      serving.run();
    } catch (Denial e) {
      session.reply(DenialCodes.code(e.reason(), verb), e.text());
    } catch (RelayFailed e) {
      session.reply(e.reply());
    } catch (ConnectionLost | TlsFailed e) {
      throw e;
    } catch (IOException e) {
      session.fault("fault", e);
      session.reply(451, "A fault on the server's side: " + verb + " was not done.");
    }
  }
}
