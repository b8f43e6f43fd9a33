package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.client.Listing;
import dev.berth.dialects.ListingEntry;
import dev.berth.dialects.ListingLine;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.wire.Octets;
import dev.berth.wire.RemoteLocation;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.util.function.Predicate;

/** Lists one folder into a tree, and has its folders listed by further tasks. */
final class FolderScan implements Task {
  /** Deeper trees are a server's joke, or a loop. */
  private static final int DEEPEST = 200;

  /** What all scans of one tree share. */
  record Scope(
      Crew crew, RemoteTree tree, RemoteLocation top, Predicate<String> wanted, Means means) {
    Ledger ledger() {
      return means.ledger();
    }
  }

  private final Scope scope;
  private final String relative;
  private final int depth;
  private String place; // the whole pathname, once the server has told where it begins

  private FolderScan(Scope scope, String relative, int depth) {
    this.scope = scope;
    this.relative = relative;
    this.depth = depth;
    this.place = relative.isEmpty() ? "." : relative;
  }

  /** The scan of the top folder. */
  static FolderScan ofTop(Scope scope) {
    return new FolderScan(scope, "", 0);
  }

  @Override
  public Step begin(FtpConnection connection) {
    return () -> run(connection);
  }

  private void run(FtpConnection connection) throws IOException {
    RemotePath top = scope.top().in(connection.loginFolder());
    if (depth == 0) {
      scope.tree().found(top, connection.features().has("MFMT"));
    }
    RemotePath folder = top.resolve(relative);
    place = folder.toString();
    if (scope.tree().isFull()) {
      fail(folder, "it is not listed: there are millions of files and folders already");
      return;
    }
    Listing listing = connection.list(folder);
    for (ListingEntry entry : listing.entries()) {
      add(folder, entry);
    }
    for (ListingLine.Unreadable line : listing.unreadable()) {
      fail(
          folder,
          "its listing has a line that cannot be read (" + line.why() + "): " + line.line());
    }
    if (depth == 0) {
      scope.tree().listed();
    }
  }

  private void add(RemotePath folder, ListingEntry entry) {
    String name = entry.name();
    if (!LocalNames.isName(name)) {
      fail(folder, "it lists a name that is none: " + name);
      return;
    }
    if (TemporaryName.is(name)) {
      scope.means().leftovers().seen(folder.resolve(name));
      return;
    }
    String path = relative.isEmpty() ? name : relative + "/" + name;
    switch (entry.type()) {
      case FILE -> scope.tree().addFile(path, entry);
      case FOLDER -> addFolder(folder, path);
      case LINK, OTHER -> scope.ledger().note("passed over, no file or folder: " + shown(path));
    }
  }

  private void addFolder(RemotePath folder, String path) {
    if (depth == DEEPEST) {
      fail(folder, "it lies " + depth + " folders deep; deeper ones are not followed");
    } else if (scope.tree().addFolder(path) && scope.wanted().test(path)) {
      scope.crew().add(new FolderScan(scope, path, depth + 1));
    }
  }

  private void fail(RemotePath folder, String reason) {
    scope.ledger().failed(folder.toString(), "", Cause.SERVER, Octets.printable(reason));
  }

  @Override
  public void failed(Cause cause, String reason) {
    if (cause != Cause.NO_CONNECTION) {
      scope.ledger().failed(shown(place), "", cause, reason);
    }
  }

  private static String shown(String path) {
    return Octets.printable(path);
  }
}
