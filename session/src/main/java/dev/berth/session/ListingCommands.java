package dev.berth.session;

import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Listings of folders: LIST and NLST (RFC 959), MLSD and MLST (RFC 3659 section 7), STAT. */
final class ListingCommands {
  /** Over the control connection; whoever wants more has LIST. */
  private static final int MOST_STATUS_LINES = 1000;

  private ListingCommands() {}

  /**
   * What LIST and NLST are asked for.
   *
   * @param folder which
   * @param shown which names of it
   * @param single the one thing that is no folder, if the argument names one
   * @param prefix what NLST puts in front of each name: as much of a pathname as was asked for
   */
  private record Wish(
      RemotePath folder, Predicate<Entry> shown, Optional<Entry> single, String prefix) {}

  static void list(Session session, String argument) throws IOException, InterruptedException {
    Wish wish = wish(session, argument);
    ListingText text = session.listingText();
    send(session, "LIST", wish, text::line);
  }

  static void names(Session session, String argument) throws IOException, InterruptedException {
    Wish wish = wish(session, argument);
    send(session, "NLST", wish, entry -> wish.prefix() + ListingText.oneLine(entry.name()));
  }

  static void machineList(Session session, String argument)
      throws IOException, InterruptedException {
    RemotePath folder = session.path(argument);
    if (!session.visit().entry(folder).isFolder()) {
      session.reply(501, folder + " is no folder: MLST tells of a file.");
      return;
    }
    Wish wish = new Wish(folder, entry -> true, Optional.empty(), "");
    var facts = session.state().facts;
    send(
        session,
        "MLSD",
        wish,
        entry -> FactText.line(entry, facts, ListingText.oneLine(entry.name())));
  }

  private static void send(Session session, String verb, Wish wish, Function<Entry, String> text)
      throws IOException, InterruptedException {
    session.state().endTransfer();
    FileTransfer transfer = new FileTransfer(session, verb, wish.folder().value());
    if (!transfer.isReady()) {
      return;
    }
    Entries entries =
        wish.single().isPresent()
            ? new OneEntry(wish.single().get())
            : session.visit().list(wish.folder());
    try (ListingBytes listing = new ListingBytes(entries, wish.shown(), text)) {
      transfer.send(listing, true);
    }
  }

  /** {@code -a}, {@code -la *.txt}, {@code folder}, {@code folder/*.txt}, {@code file}. */
  private static Wish wish(Session session, String argument) throws IOException {
    String rest = argument.strip();
    boolean all = false;
    while (rest.startsWith("-") && !exists(session, rest)) {
      int space = rest.indexOf(' ');
      String letters = space < 0 ? rest : rest.substring(0, space);
      all |= letters.indexOf('a') > 0 || letters.indexOf('A') > 0;
      rest = space < 0 ? "" : rest.substring(space + 1).strip();
    }
    boolean showsAll = all;
    Predicate<Entry> visible = entry -> showsAll || !entry.name().startsWith(".");
    if (rest.isEmpty()) {
      return new Wish(session.state().folder, visible, Optional.empty(), "");
    }
    int slash = rest.lastIndexOf('/');
    String last = rest.substring(slash + 1);
    if (NamePattern.isPattern(last) && !exists(session, rest)) {
      NamePattern pattern = NamePattern.of(last);
      RemotePath folder = session.path(rest.substring(0, slash + 1));
      return new Wish(
          folder,
          entry -> pattern.matches(entry.name()),
          Optional.empty(),
          rest.substring(0, slash + 1));
    }
    RemotePath path = session.path(rest);
    Entry entry = session.visit().entry(path);
    if (entry.isFolder()) {
      String prefix = rest.endsWith("/") ? rest : rest + "/";
      return new Wish(path, visible, Optional.empty(), prefix);
    }
    return new Wish(path, any -> true, Optional.of(entry), rest.substring(0, slash + 1));
  }

  private static boolean exists(Session session, String argument) throws IOException {
    try {
      session.visit().entry(session.path(argument));
      return true;
    } catch (Denial e) {
      return false;
    }
  }

  /** The control form: a space in front of the facts, and the pathname behind them. */
  static void machineEntry(Session session, String argument) throws IOException {
    RemotePath path = session.path(argument);
    Entry entry = session.visit().entry(path);
    session.reply(
        250,
        List.of(
            "What is known of it:",
            " " + FactText.line(entry, session.state().facts, ListingText.oneLine(path.value())),
            "End"));
  }

  static void status(Session session, String argument) throws IOException {
    if (argument.isEmpty()) {
      session.reply(211, InformationCommands.status(session, "no transfer under way"));
      return;
    }
    if (!session.login().isLoggedIn()) {
      session.reply(530, "Log in first: USER and PASS.");
      return;
    }
    if (session.isRelayed()) {
      session.refuseToRelay("STAT of a pathname");
      return;
    }
    Wish wish = wish(session, argument);
    List<String> lines = new ArrayList<>();
    lines.add("Status of " + wish.folder() + ":");
    ListingText text = session.listingText();
    try (Entries entries =
        wish.single().isPresent()
            ? new OneEntry(wish.single().get())
            : session.visit().list(wish.folder())) {
      Optional<Entry> next = entries.next();
      while (next.isPresent() && lines.size() <= MOST_STATUS_LINES) {
        if (wish.shown().test(next.get())) {
          lines.add(" " + text.line(next.get()));
        }
        next = entries.next();
      }
    }
    lines.add(lines.size() > MOST_STATUS_LINES ? "There is more: use LIST." : "End");
    session.reply(wish.single().isPresent() ? 213 : 212, lines);
  }

  /** A listing of one thing. */
  private static final class OneEntry implements Entries {
    private Optional<Entry> entry;

    OneEntry(Entry entry) {
      this.entry = Optional.of(entry);
    }

    @Override
    public Optional<Entry> next() {
      Optional<Entry> next = entry;
      entry = Optional.empty();
      return next;
    }

    @Override
    public void close() {
      entry = Optional.empty();
    }
  }
}
