package dev.berth.session;

import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What is done to files, and asked of them, without moving their content. */
final class FileCommands {
  private FileCommands() {}

  static void delete(Session session, String argument) throws IOException {
    RemotePath file = session.path(argument);
    session.visit().delete(file);
    session.reply(250, file + " deleted.");
  }

  static void renameFrom(Session session, String argument) throws IOException {
    RemotePath from = session.path(argument);
    session.visit().checkRenaming(from);
    session.state().renaming = from;
    session.reply(350, "Now RNTO with the new name.");
  }

  static void renameTo(Session session, String argument) throws IOException {
    RemotePath from = session.state().renaming;
    if (from == null) {
      session.reply(503, "RNFR has to come first.");
      return;
    }
    session.state().renaming = null;
    RemotePath to = session.path(argument);
    session.visit().rename(from, to);
    session.reply(250, from + " is now " + to + ".");
  }

  /** RFC 3659 section 4: the number of bytes of a transfer, which in type A nobody knows before. */
  static void size(Session session, String argument) throws IOException {
    if (session.state().type == RepresentationType.ASCII) {
      session.reply(550, "SIZE is known in type I only: send TYPE I first.");
      return;
    }
    Entry entry = session.visit().entry(session.path(argument));
    if (!entry.isFile() && !(entry.kind() instanceof Entry.Kind.Part)) {
      throw new Denial(Denial.Reason.NOT_A_FILE, "That is no file.");
    }
    session.reply(213, Long.toString(entry.size()));
  }

  /** RFC 3659 section 3; with a time in front, as FTP clients of Windows set it. */
  static void modified(Session session, String argument) throws IOException {
    int space = argument.indexOf(' ');
    Optional<Instant> time =
        space < 0 ? Optional.empty() : TimeText.read(argument.substring(0, space));
    if (time.isPresent() && space + 1 < argument.length() && !exists(session, argument)) {
      RemotePath file = session.path(argument.substring(space + 1));
      session.visit().setModified(file, time.get());
      session.reply(213, TimeText.write(time.get()));
      return;
    }
    Entry entry = session.visit().entry(session.path(argument));
    session.reply(213, TimeText.write(entry.modified()));
  }

  private static boolean exists(Session session, String argument) throws IOException {
    try {
      return session.visit().entry(session.path(argument)).isFile();
    } catch (Denial e) {
      return false;
    }
  }

  /** draft-somers-ftp-mfxx section 3.1. */
  static void setModified(Session session, String argument) throws IOException {
    int space = argument.indexOf(' ');
    Optional<Instant> time =
        space < 0 ? Optional.empty() : TimeText.read(argument.substring(0, space));
    if (time.isEmpty() || space + 1 == argument.length()) {
      session.reply(501, "A time as YYYYMMDDhhmmss (UTC) has to come, a space, and a name.");
      return;
    }
    RemotePath file = session.path(argument.substring(space + 1));
    session.visit().setModified(file, time.get());
    session.reply(213, "Modify=" + TimeText.write(time.get()) + "; " + file.value());
  }

  /** draft-somers-ftp-mfxx section 5: the facts modify and UNIX.mode can be set. */
  static void setFacts(Session session, String argument) throws IOException {
    int space = argument.indexOf(' ');
    if (space < 1 || space + 1 == argument.length()) {
      session.reply(501, "Facts have to come, as Modify=YYYYMMDDhhmmss;, a space, and a name.");
      return;
    }
    Optional<SettableFacts> facts = SettableFacts.read(argument.substring(0, space));
    if (facts.isEmpty()) {
      session.reply(504, "Only Modify and UNIX.mode can be set.");
      return;
    }
    RemotePath file = session.path(argument.substring(space + 1));
    facts.get().apply(session.visit(), file);
    session.reply(213, facts.get().text() + " " + file.value());
  }

  /** draft-peterson-streamlined-ftp-command-extensions section 4. */
  static void available(Session session, String argument) throws IOException {
    OptionalLong bytes = session.visit().available(session.path(argument));
    if (bytes.isEmpty()) {
      session.reply(550, "Nobody knows how much room there is.");
    } else {
      session.reply(213, Long.toString(bytes.getAsLong()));
    }
  }
}
