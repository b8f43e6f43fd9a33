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
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lists one folder into a tree, and has its folders listed by further tasks. */
final class FolderScan implements Task {
  /** Deeper trees are a server's joke, or a loop. */
  private static final int DEEPEST = 200;

  /** Links to links to links: so many on one way are a loop, or as good as one. */
  private static final int MOST_LINKS = 8;

  /**
   * What all scans of one tree share.
   *
   * @param wanted whether a folder, by its relative pathname, is to be listed too
   * @param tells whether links that are not followed are noted
   */
  record Scope(
      Crew crew,
      RemoteTree tree,
      RemoteLocation top,
      Predicate<String> wanted,
      MirrorSettings mirror,
      boolean tells,
      Means means) {
    Ledger ledger() {
      return means.ledger();
    }
  }

  private final Scope scope;
  private final String relative;
  private final int depth;
  private final int links; // that lead here
  private final @Nullable FolderScan above;
  private List<ListingEntry> held = List.of(); // written before any scan below begins
  private String place; // the whole pathname, once the server has told where it begins

  private FolderScan(
      Scope scope, String relative, int depth, int links, @Nullable FolderScan above) {
    this.above = above;
    this.scope = scope;
    this.relative = relative;
    this.depth = depth;
    this.links = links;
    this.place = relative.isEmpty() ? "." : relative;
  }

  /** The scan of the top folder. */
  static FolderScan ofTop(Scope scope) {
    return new FolderScan(scope, "", 0, 0, null);
  }

  @Override
  public Step begin(FtpConnection connection) {
    return () -> run(connection);
  }

  private void run(FtpConnection connection) throws IOException {
    RemotePath top = scope.top().in(connection.loginFolder());
    if (depth == 0) {
      scope.tree().found(top, connection.attributes().keepsTimes());
    }
    RemotePath folder = top.resolve(relative);
    place = folder.toString();
    if (scope.tree().isFull()) {
      tellFull(folder);
      return;
    }
    Listing listing = connection.list(folder);
    if (isCircle(listing)) {
      scope.ledger().note("passed over, a link that leads back to where it stands: " + place);
      scope.tree().turnBack(relative);
      return;
    }
    for (ListingEntry entry : entries(connection, folder, listing)) {
      add(connection, folder, entry);
    }
    for (ListingLine.Unreadable line : listing.unreadable()) {
      fail(
          folder,
          "its listing has a line that cannot be read ("
              + line.why()
              + "): "
              + Words.shortened(line.line()));
    }
    if (depth == 0) {
      scope.tree().listed();
    }
  }

  private void tellFull(RemotePath folder) {
    if (scope.tree().isNewlyFull()) {
      fail(
          folder,
          "it and what else is left is not listed: memory holds no more than the %s that there are"
                  .formatted(scope.tree().extent())
              + " already");
    }
  }

  /**
   * Whether links have led back to a folder above, which shows by the same things in it, with the
   * same times: not all servers tell where a link leads.
   */
  private boolean isCircle(Listing listing) {
    if (scope.mirror().links() != MirrorSettings.Links.FOLLOW) {
      return false;
    }
    held = List.copyOf(listing.entries());
    for (FolderScan outer = above; links > 0 && outer != null; outer = outer.above) {
      if (!held.isEmpty() && held.equals(outer.held)) {
        return true;
      }
    }
    return false;
  }

  private List<ListingEntry> entries(FtpConnection connection, RemotePath folder, Listing listing)
      throws IOException {
    return scope.mirror().links() == MirrorSettings.Links.SKIP
        ? listing.entries()
        : LinkEnd.withTargets(connection, folder, listing.entries());
  }

  private void add(FtpConnection connection, RemotePath folder, ListingEntry entry)
      throws IOException {
    String name = entry.name();
    if (!LocalNames.isName(name)) {
      fail(folder, "it lists a name that is none: " + Words.shortened(name));
      return;
    }
    String path = relative.isEmpty() ? name : relative + "/" + name;
    boolean isFolder = entry.type() == ListingEntry.Type.FOLDER;
    if (TemporaryName.is(name)) {
      scope.means().leftovers().seen(folder.resolve(name));
      scope.tree().leave(path);
      return;
    }
    if (scope.mirror().rules().excludes(path, isFolder)) {
      scope.tree().leave(path);
      return;
    }
    switch (entry.type()) {
      case FILE -> scope.tree().addFile(path, entry);
      case FOLDER -> addFolder(folder, path, links);
      case LINK -> addLink(connection, folder, path, entry);
      case OTHER -> passOver(path, entry, "no file or folder");
    }
  }

  private void passOver(String path, ListingEntry entry, String why) {
    scope.ledger().note("passed over, " + why + ": " + shown(path));
    scope.tree().addOther(path, entry);
  }

  private void addLink(FtpConnection connection, RemotePath folder, String path, ListingEntry entry)
      throws IOException {
    switch (scope.mirror().links()) {
      case SKIP -> {
        if (scope.tells()) {
          passOver(path, entry, "a link");
        } else {
          scope.tree().addOther(path, entry);
        }
      }
      case COPY -> scope.tree().addOther(path, entry);
      case FOLLOW -> follow(connection, folder, path, entry);
    }
  }

  private void follow(FtpConnection connection, RemotePath folder, String path, ListingEntry entry)
      throws IOException {
    Optional<ListingEntry> end = LinkEnd.find(connection, folder.resolve(entry.name()));
    if (end.isEmpty()) {
      passOver(path, entry, "a link that leads nowhere");
    } else if (end.get().type() == ListingEntry.Type.FILE) {
      scope.tree().addFile(path, end.get());
    } else if (LinkEnd.leadsBack(folder, entry)) {
      passOver(path, entry, "a link that leads back to where it stands");
    } else if (links == MOST_LINKS) {
      scope.tree().addOther(path, entry);
      fail(folder, links + " links lead here; " + entry.name() + " is not followed");
    } else {
      addFolder(folder, path, links + 1);
    }
  }

  private void addFolder(RemotePath folder, String path, int linksToIt) {
    if (depth == DEEPEST) {
      fail(folder, "it lies " + depth + " folders deep; deeper ones are not followed");
    } else if (scope.tree().addFolder(path) && scope.wanted().test(path)) {
      scope.crew().add(new FolderScan(scope, path, depth + 1, linksToIt, this));
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
