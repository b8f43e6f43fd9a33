package dev.berth.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/** What a client may ask about the server. */
final class InformationCommands {
  private static final int VERBS_A_LINE = 12;

  private InformationCommands() {}

  /** RFC 2389 section 3; each feature is named by the RFC that brought it. */
  static void features(Session session, String argument) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("What there is beside RFC 959:");
    if (session.offersTls()) {
      lines.add(" AUTH TLS");
      lines.add(" PBSZ");
      lines.add(" PROT");
    }
    lines.add(" CLNT");
    lines.add(" EPRT");
    lines.add(" EPSV");
    lines.add(" HOST");
    lines.add(" LANG EN*");
    Optional<List<String>> relayed =
        session
            .login()
            .relay()
            .map(Relay::features)
            .or(() ->
                session
                    .service()
                    .backend()
                    .featuresBehind(session.listener().name(), session.login().host()));
    relayed.orElseGet(() -> own(session)).forEach(line -> lines.add(" " + line));
    lines.add("End");
    session.reply(211, lines);
  }

  private static List<String> own(Session session) {
    List<String> lines = new ArrayList<>();
    lines.add("AVBL");
    lines.add("HASH " + hashes(session.state().digest));
    lines.add("MDTM");
    lines.add("MDTM YYYYMMDDHHMMSS");
    lines.add("MFF Modify;UNIX.mode;");
    lines.add("MFMT");
    lines.add("MLST " + FactText.features(session.state().facts));
    lines.add("MODE Z");
    lines.add("RANG STREAM");
    lines.add("REST STREAM");
    lines.add("SITE CHMOD;HELP;UTIME;WHO");
    lines.add("SIZE");
    lines.add("TVFS");
    lines.add("UTF8");
    for (Digests digest : Digests.values()) {
      lines.add(digest.verb());
    }
    return lines;
  }

  private static String hashes(Digests chosen) {
    StringJoiner names = new StringJoiner(";");
    for (Digests digest : Digests.values()) {
      names.add(digest.algorithm() + (digest == chosen ? "*" : ""));
    }
    return names.toString();
  }

  /** What STAT tells of the session, and of the transfer under way (RFC 959 section 4.1.3). */
  static List<String> status(Session session, String transfer) {
    SessionState state = session.state();
    boolean isPrivate = state.protection == SessionState.Protection.PRIVATE;
    return List.of(
        "Status:",
        " connected from "
            + session.client().getHostAddress()
            + " to listener "
            + session.listener().name(),
        session.login().isLoggedIn()
            ? " logged in as " + session.login().account()
            : " not logged in",
        " TLS: " + session.tlsText() + ", data " + (isPrivate ? "in TLS" : "in plain text"),
        " type " + state.type.letter() + ", structure F, mode " + state.mode.letter(),
        " " + transfer,
        "End");
  }

  static void system(Session session, String argument) throws IOException {
    session.reply(215, "UNIX Type: L8");
  }

  static void help(Session session, String argument) throws IOException {
    if (!argument.isEmpty()) {
      Optional<CommandEntry> entry = CommandTable.find(argument.strip().toUpperCase(Locale.ROOT));
      if (entry.isEmpty()) {
        session.reply(502, "There is no such command.");
      } else {
        session.reply(214, ("Syntax: " + entry.get().verb() + " " + entry.get().syntax()).strip());
      }
      return;
    }
    List<String> lines = new ArrayList<>();
    lines.add("These commands are known:");
    StringJoiner line = new StringJoiner(" ", " ", "");
    int verbs = 0;
    for (CommandEntry entry : CommandTable.all()) {
      line.add(entry.verb());
      verbs++;
      if (verbs % VERBS_A_LINE == 0) {
        lines.add(line.toString());
        line = new StringJoiner(" ", " ", "");
      }
    }
    lines.add(line.toString());
    lines.add("HELP with one of them tells its syntax.");
    session.reply(214, lines);
  }

  static void noOperation(Session session, String argument) throws IOException {
    session.reply(200, "Done nothing.");
  }

  /** Some clients tell what they are; it goes into the log. */
  static void client(Session session, String argument) throws IOException {
    session.log("client", "name", argument);
    session.reply(200, "Noted.");
  }

  static void notHere(Session session, String argument) throws IOException {
    session.reply(502, "There is nothing to mount here.");
  }
}
