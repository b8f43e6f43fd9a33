package dev.berth.session;

import dev.berth.wire.RemotePath;
import java.io.IOException;

/** The working folder, and making and removing folders (RFC 959 sections 4.1.1 and 4.1.3). */
final class FolderCommands {
  private FolderCommands() {}

  static void print(Session session, String argument) throws IOException {
    session.reply(257, Pathnames.quoted(session.state().folder) + " is the working folder.");
  }

  static void change(Session session, String argument) throws IOException {
    // Some clients send CWD alone for the login folder, as a shell has it.
    RemotePath folder = argument.isEmpty() ? session.visit().home() : session.path(argument);
    requireFolder(session, folder);
    session.state().folder = folder;
    session.reply(250, "The working folder is now " + folder + ".");
  }

  static void up(Session session, String argument) throws IOException {
    RemotePath folder = session.state().folder.parent();
    requireFolder(session, folder);
    session.state().folder = folder;
    session.reply(250, "The working folder is now " + folder + ".");
  }

  private static void requireFolder(Session session, RemotePath folder) throws IOException {
    Entry entry = session.visit().entry(folder);
    if (!entry.isFolder()) {
      throw new Denial(Denial.Reason.NOT_A_FOLDER, folder + " is no folder.");
    }
    if (!entry.rights().contains(Entry.Right.ENTER)) {
      throw new Denial(Denial.Reason.NOT_PERMITTED, "You may not enter " + folder + ".");
    }
  }

  static void make(Session session, String argument) throws IOException {
    RemotePath folder = session.path(argument);
    session.visit().makeFolder(folder);
    session.reply(257, Pathnames.quoted(folder) + " made.");
  }

  static void remove(Session session, String argument) throws IOException {
    RemotePath folder = session.path(argument);
    session.visit().removeFolder(folder);
    session.reply(250, folder + " removed.");
  }
}
