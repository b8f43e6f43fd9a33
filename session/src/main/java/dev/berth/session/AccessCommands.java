package dev.berth.session;

import java.io.IOException;

/** Who is there, and the end (RFC 959 section 4.1.1, RFC 7151). */
final class AccessCommands {
  private AccessCommands() {}

  static void user(Session session, String argument) throws IOException, InterruptedException {
    session.login().user(argument);
  }

  static void password(Session session, String argument) throws IOException, InterruptedException {
    session.login().password(argument);
  }

  static void account(Session session, String argument) throws IOException {
    session.reply(202, "No account beside user and password is needed here.");
  }

  /** RFC 7151 section 3: before USER, and by a name that this server has. */
  static void host(Session session, String argument) throws IOException {
    if (session.login().hasBegun()) {
      session.reply(503, "HOST has to come before USER.");
    } else if (!session.service().settings().hasHost(argument)) {
      session.reply(504, "This server has no host of that name.");
    } else {
      session.login().host(argument);
      session.reply(220, "Host " + argument + " it is.");
    }
  }

  static void quit(Session session, String argument) throws IOException {
    session.reply(221, "Goodbye.");
    session.end("quit");
  }
}
