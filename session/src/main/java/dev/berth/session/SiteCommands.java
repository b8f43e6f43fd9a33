package dev.berth.session;

import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is behind SITE (RFC 959 section 4.1.3). */
final class SiteCommands {
  private SiteCommands() {}

  static void site(Session session, String argument) throws IOException {
    int space = argument.indexOf(' ');
    String verb = (space < 0 ? argument : argument.substring(0, space)).toUpperCase(Locale.ROOT);
    String rest = space < 0 ? "" : argument.substring(space + 1);
    if (session.isRelayed() && !verb.equals("WHO")) {
      session.refuseToRelay(("SITE " + verb).strip());
      return;
    }
    switch (verb) {
      case "CHMOD" -> mode(session, rest);
      case "UTIME" -> time(session, rest);
      case "WHO" -> session.reply(200, session.service().who(session));
      case "HELP" ->
          session.reply(
              214,
              List.of(
                  "These are known behind SITE:",
                  " CHMOD mode file",
                  " UTIME YYYYMMDDhhmmss file",
                  " WHO",
                  " HELP",
                  "End"));
      default -> session.reply(504, "There is no such SITE command: see SITE HELP.");
    }
  }

  private static void mode(Session session, String argument) throws IOException {
    int space = argument.indexOf(' ');
    Optional<Integer> mode =
        space < 0 ? Optional.empty() : SettableFacts.mode(argument.substring(0, space));
    if (mode.isEmpty() || space + 1 == argument.length()) {
      session.reply(501, "SITE CHMOD takes permissions in octal digits and a name.");
      return;
    }
    RemotePath file = session.path(argument.substring(space + 1));
    session.visit().setMode(file, mode.get());
    session.reply(200, "Permissions of " + file + " set.");
  }

  /**
   * Two forms are in use: {@code UTIME 20261123075100 file}, and {@code UTIME file ATIME MTIME
   * CTIME UTC}.
   */
  private static void time(Session session, String argument) throws IOException {
    int space = argument.indexOf(' ');
    Optional<Instant> time =
        space < 0 ? Optional.empty() : TimeText.read(argument.substring(0, space));
    String name = argument.substring(space + 1);
    if (time.isEmpty() && argument.toUpperCase(Locale.ROOT).endsWith(" UTC")) {
      String[] words = argument.split(" ", -1);
      if (words.length > 4) {
        time = TimeText.read(words[words.length - 3]);
        name = String.join(" ", List.of(words).subList(0, words.length - 4));
      }
    }
    if (time.isEmpty() || name.isEmpty()) {
      session.reply(501, "SITE UTIME takes a time as YYYYMMDDhhmmss (UTC) and a name.");
      return;
    }
    session.visit().setModified(session.path(name), time.get());
    session.reply(200, "Time set.");
  }
}
