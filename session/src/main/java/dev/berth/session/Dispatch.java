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
    if (entry.get().phase() == CommandEntry.Phase.LOGGED_IN && !session.login().isLoggedIn()) {
      session.reply(530, "Log in first: USER and PASS.");
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
    run(session, entry.get(), argument);
  }

  /** What a browser sends when a page makes it post to this port: no more of that is served. */
  private static boolean isWeb(String verb) {
    return switch (verb) {
      case "GET", "POST", "PUT", "HEAD", "CONNECT", "OPTIONS" -> true;
      default -> false;
    };
  }

  private static void run(Session session, CommandEntry entry, String argument)
      throws IOException, InterruptedException {
    if (!entry.verb().equals("RNTO")) {
      session.state().renaming = null;
    }
    try {
      entry.handler().run(session, argument);
    } catch (Denial e) {
      session.reply(DenialCodes.code(e.reason(), entry.verb()), e.text());
    } catch (ConnectionLost | TlsFailed e) {
      throw e;
    } catch (IOException e) {
      session.fault("fault", e);
      session.reply(451, "A fault on the server's side: " + entry.verb() + " was not done.");
    }
  }
}
