package dev.berth.session;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

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
    Optional<Predicate<String>> behind = session.service().backend().hostsBehind();
    if (session.login().hasBegun()) {
      session.reply(503, "HOST has to come before USER.");
    } else if (behind.isPresent()
        && session.service().settings().hosts().contains(argument.toLowerCase(Locale.ROOT))) {
      session.login().host(""); // That is this one.
      session.reply(220, "Host " + argument + " it is.");
    } else if (behind.isPresent() && !argument.isBlank()) {
      lead(session, behind.get(), argument, 220);
    } else if (!session.service().settings().hasHost(argument)) {
      session.reply(504, "This server has no host of that name.");
    } else {
      session.login().host(argument);
      session.reply(220, "Host " + argument + " it is.");
    }
  }

  /**
   * OPEN and SITE before the login, as clients send them to a proxy to say where they want to go.
   *
   * @return whether it is meant so
   */
  static boolean leads(Session session, String verb, String argument) throws IOException {
    boolean isMeant = verb.equals("OPEN") || (verb.equals("SITE") && !session.login().isLoggedIn());
    if (!isMeant) {
      return false;
    }
    Optional<Predicate<String>> behind = session.service().backend().hostsBehind();
    if (behind.isEmpty()) {
      return false;
    }
    if (session.login().hasBegun()) {
      session.reply(503, verb + " has to come before USER.");
    } else if (argument.isBlank()) {
      session.reply(501, "Syntax: " + verb + " host");
    } else {
      lead(session, behind.get(), argument, verb.equals("OPEN") ? 220 : 200);
    }
    return true;
  }

  /**
   * A name that is refused is kept, too: whoever goes on with a login all the same meant that host,
   * and no other one is to see the password.
   */
  private static void lead(Session session, Predicate<String> behind, String argument, int accepted)
      throws IOException {
    String name = argument.strip().replace(' ', ':');
    session.login().host(name);
    if (behind.test(name)) {
      session.reply(accepted, "Log in to " + name + " with USER and PASS.");
    } else {
      session.reply(504, "No host of that name is behind this gateway.");
    }
  }

  static void quit(Session session, String argument) throws IOException {
    session.reply(221, "Goodbye.");
    session.end("quit");
  }
}
