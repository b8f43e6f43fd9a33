package dev.berth.session;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** How content is moved (RFC 959 section 4.1.2), and options (RFC 2389 section 4). */
final class ParameterCommands {
  private static final int BEST = 9;

  private ParameterCommands() {}

  static void type(Session session, String argument) throws IOException, InterruptedException {
    switch (argument.strip().toUpperCase(Locale.ROOT)) {
      case "A", "A N" -> {
        session.state().type = RepresentationType.ASCII;
        Relaying.awaitTransfer(session, argument);
        session.reply(200, "Type is A: lines end with CR LF on the way.");
      }
      case "I", "L 8", "L8" -> {
        session.state().type = RepresentationType.IMAGE;
        Relaying.awaitTransfer(session, argument);
        session.reply(200, "Type is I: bytes as they are.");
      }
      default -> session.reply(504, "Only the types A, I and L 8 are known.");
    }
  }

  static void structure(Session session, String argument) throws IOException {
    if (argument.strip().equalsIgnoreCase("F")) {
      session.reply(200, "Structure is F.");
    } else {
      session.reply(504, "Only the structure F (file) is known.");
    }
  }

  static void mode(Session session, String argument) throws IOException {
    switch (argument.strip().toUpperCase(Locale.ROOT)) {
      case "S" -> {
        session.state().mode = TransferMode.STREAM;
        session.reply(200, "Mode is S (stream).");
      }
      case "Z" -> {
        if (session.isRelayed()) {
          session.reply(504, "Data is passed on as it is: MODE S only.");
          return;
        }
        session.state().mode = TransferMode.DEFLATE;
        session.reply(200, "Mode is Z (deflate).");
      }
      default -> session.reply(504, "Only the modes S (stream) and Z (deflate) are known.");
    }
  }

  static void options(Session session, String argument) throws IOException {
    int space = argument.indexOf(' ');
    String command = (space < 0 ? argument : argument.substring(0, space)).toUpperCase(Locale.ROOT);
    String options = space < 0 ? "" : argument.substring(space + 1).strip();
    switch (command) {
      case "UTF8", "UTF-8" -> utf8(session, options);
      case "MLST" -> {
        session.state().facts = FactText.chosen(options);
        session.reply(200, ("MLST OPTS " + FactText.names(session.state().facts)).strip());
      }
      case "HASH" -> hash(session, options);
      case "MODE" -> modeOptions(session, options.toUpperCase(Locale.ROOT));
      default -> session.reply(501, "There are options for UTF8, MLST, HASH and MODE Z only.");
    }
  }

  /** Names are bytes here, and UTF-8 where they can be: there is nothing to switch. */
  private static void utf8(Session session, String options) throws IOException {
    if (options.isEmpty() || options.equalsIgnoreCase("ON") || options.equalsIgnoreCase("NLST")) {
      session.reply(200, "Names are in UTF-8.");
    } else {
      session.reply(504, "Names stay in UTF-8.");
    }
  }

  private static void hash(Session session, String options) throws IOException {
    Optional<Digests> digest =
        options.isEmpty() ? Optional.of(session.state().digest) : Digests.named(options);
    if (digest.isEmpty()) {
      session.reply(501, "That algorithm is not known: see FEAT.");
    } else {
      session.state().digest = digest.get();
      session.reply(200, digest.get().algorithm());
    }
  }

  private static void modeOptions(Session session, String options) throws IOException {
    String level = options.startsWith("Z LEVEL ") ? options.substring("Z LEVEL ".length()) : "";
    boolean isLevel =
        level.length() == 1 && level.charAt(0) >= '0' && level.charAt(0) <= '0' + BEST;
    if (isLevel) {
      session.state().deflateLevel = level.charAt(0) - '0';
      session.reply(200, "MODE Z LEVEL " + level);
    } else {
      session.reply(501, "OPTS MODE Z LEVEL has to be followed by a digit.");
    }
  }

  /** RFC 2640 section 4. */
  static void language(Session session, String argument) throws IOException {
    String tag = argument.strip().toUpperCase(Locale.ROOT);
    if (tag.isEmpty() || tag.equals("EN") || tag.startsWith("EN-")) {
      session.reply(200, "Replies are in English.");
    } else {
      session.reply(504, "Replies are in English only.");
    }
  }
}
