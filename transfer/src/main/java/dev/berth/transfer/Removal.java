package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.client.Listing;
import dev.berth.client.ReplyException;
import dev.berth.dialects.ListingEntry;
import dev.berth.dialects.ListingLine;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.wire.Octets;
import dev.berth.wire.RemoteLocation;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Removes one file, link or folder. What a folder holds is removed by further tasks of the same
 * crew; when the last of it is gone, the folder's own task is done once more and removes it.
 *
 * <p>No link is followed. Whatever it is, it is first deleted as if it were a file (DELE), and then
 * as if it were an empty folder (RMD); only a folder that neither removes is listed. So that holds
 * even on servers that list a link to a folder as a folder.
 */
final class Removal implements Task {
  /** Deeper trees are a server's joke, or a loop. */
  private static final int DEEPEST = 200;

  /** A server can make up files without end. */
  private static final int MOST = 5_000_000;

  /** RFC 959 section 4.2.3: file unavailable, for instance busy. */
  private static final int FILE_BUSY = 450;

  /** Four times what Linux takes; one command line bears some more. */
  private static final int LONGEST_PATHNAME = 8_000;

  /** What may be removed, and how that is told. */
  interface Reach {
    /** Whether something that a folder holds may be removed; else it stays, and its folder. */
    boolean holds(RemotePath path, ListingEntry entry);

    /** So many more things are to be removed. */
    void planned(int more);

    /** Tells what became of one thing. */
    void tell(String name, FileResult.Outcome outcome);
  }

  /**
   * What all removals of one job share.
   *
   * @param found how many things were found in folders so far
   */
  record Scope(
      Crew crew,
      Ledger ledger,
      Housekeeping.Removing how,
      boolean isDryRun,
      AtomicInteger found,
      Reach reach) {}

  /** All that stands there, counted among the things of the job. */
  record Everything(Ledger ledger) implements Reach {
    @Override
    public boolean holds(RemotePath path, ListingEntry entry) {
      return true;
    }

    @Override
    public void planned(int more) {
      ledger.planned(more, 0);
    }

    @Override
    public void tell(String name, FileResult.Outcome outcome) {
      ledger.ended(new FileResult(name, "", outcome));
    }
  }

  private final Scope scope;
  private final RemoteLocation place;
  private final @Nullable Removal folder; // that holds it; none for what a user names
  private final @Nullable ListingEntry listed;
  private final int depth;
  private final LostReplies lost = new LostReplies();
  private final AtomicInteger left = new AtomicInteger(); // of what it holds
  private final AtomicReference<@Nullable Cause> fault =
      new AtomicReference<>(); // in what it holds
  private String name; // the whole pathname, once the server has told where it begins
  private boolean isEmptied;
  private boolean isListedAgain; // as its first listing did not show everything
  private volatile boolean holdsMore; // that is not to be removed

  private Removal(
      Scope scope, RemoteLocation place, @Nullable Removal folder, @Nullable ListingEntry listed) {
    this.scope = scope;
    this.place = place;
    this.folder = folder;
    this.listed = listed;
    this.depth = folder == null ? 0 : folder.depth + 1;
    this.name = Words.of(place);
  }

  /** The removal of what a user names. */
  static Removal ofTop(Scope scope, RemoteLocation place) {
    return new Removal(scope, place, null, null);
  }

  /** The removal of what was listed already. */
  static Removal ofListed(Scope scope, RemotePath place, ListingEntry listed) {
    return new Removal(scope, new RemoteLocation.FromRoot(place), null, listed);
  }

  @Override
  public Step begin(FtpConnection connection) {
    return () -> run(connection);
  }

  private void run(FtpConnection connection) throws IOException {
    RemotePath path = place.in(connection.loginFolder());
    name = path.toString();
    if (path.value().length() > LONGEST_PATHNAME) {
      failed(Cause.SERVER, "its pathname is too long");
    } else if (isEmptied) {
      removeEmptied(connection, path);
    } else if (scope.isDryRun()) {
      rehearse(connection, path);
    } else {
      removeUnlessBusy(connection, path);
    }
  }

  /**
   * Its own being in use says nothing of how busy the server is, as such words may seem to. Nor may
   * it be looked into then: Apache FtpServer says so of a link that leads to the working folder.
   */
  private void removeUnlessBusy(FtpConnection connection, RemotePath path) throws IOException {
    try {
      remove(connection, path);
    } catch (ReplyException e) {
      if (e.reply().code() != FILE_BUSY || Verdict.isAnswer(e)) {
        throw e;
      }
      failed(Cause.SERVER, Words.of(e));
    }
  }

  private void remove(FtpConnection connection, RemotePath path) throws IOException {
    Optional<ReplyException> refused = lost.refusal(() -> connection.delete(path));
    if (refused.isEmpty()) {
      end(new FileResult.Changed());
      return;
    }
    Optional<ListingEntry.Type> type = type(connection, path);
    if (type.isEmpty()) {
      endMissing();
    } else if (type.get() != ListingEntry.Type.FOLDER) {
      throw refused.get();
    } else if (!scope.how().recursive()) {
      failed(Cause.SERVER, "it is a folder; --recursive removes it with all that it holds");
    } else if (lost.refusal(() -> connection.removeFolder(path)).isEmpty()) {
      end(new FileResult.Changed());
    } else {
      list(connection, path);
    }
  }

  /** What stands there now, if anything; a link is one whatever it leads to. */
  private Optional<ListingEntry.Type> type(FtpConnection connection, RemotePath path)
      throws IOException {
    if (listed == null) {
      return Look.at(connection, path).map(ListingEntry::type);
    }
    return listed.type() == ListingEntry.Type.FOLDER
        ? Optional.of(ListingEntry.Type.FOLDER)
        : connection.find(path).map(found -> listed.type());
  }

  private void removeEmptied(FtpConnection connection, RemotePath path) throws IOException {
    Optional<ReplyException> refused = lost.refusal(() -> connection.removeFolder(path));
    if (refused.isEmpty() || connection.find(path).isEmpty()) {
      end(new FileResult.Changed());
      return;
    }
    List<Removal> hidden = isListedAgain ? List.of() : inside(path, connection.listPlainly(path));
    if (hidden.isEmpty()) {
      throw refused.get();
    }
    isListedAgain = true;
    addAll(hidden);
  }

  private void rehearse(FtpConnection connection, RemotePath path) throws IOException {
    Optional<ListingEntry> entry = Optional.ofNullable(listed);
    if (entry.isEmpty()) {
      entry = Look.at(connection, path);
    }
    if (entry.isEmpty()) {
      endMissing();
    } else if (entry.get().type() != ListingEntry.Type.FOLDER) {
      end(new FileResult.Planned(entry.get().sizeBytes().orElse(0)));
    } else if (scope.how().recursive()) {
      list(connection, path);
    } else {
      failed(Cause.SERVER, "it is a folder; --recursive removes it with all that it holds");
    }
  }

  private void list(FtpConnection connection, RemotePath path) throws IOException {
    if (depth == DEEPEST) {
      failed(Cause.SERVER, "it lies " + depth + " folders deep; deeper ones are not looked into");
      return;
    }
    Listing listing;
    try {
      listing = connection.list(path);
    } catch (ReplyException e) {
      if (!Verdict.isAnswer(e) || connection.find(path).isPresent()) {
        throw e;
      }
      endMissing();
      return;
    }
    listing.unreadable().forEach(line -> tell(line));
    addAll(inside(path, listing));
  }

  private List<Removal> inside(RemotePath path, Listing listing) {
    List<Removal> inside = new ArrayList<>();
    for (ListingEntry entry : listing.entries()) {
      if (!LocalNames.isName(entry.name())) {
        tell("it lists a name that is none: " + entry.name());
      } else if (scope.reach().holds(path.resolve(entry.name()), entry)) {
        RemotePath below = path.resolve(entry.name());
        inside.add(new Removal(scope, new RemoteLocation.FromRoot(below), this, entry));
      } else {
        holdsMore = true;
      }
    }
    return inside;
  }

  private void tell(ListingLine.Unreadable line) {
    tell("its listing has a line that cannot be read (" + line.why() + "): " + line.line());
  }

  private void tell(String reason) {
    fault.set(Cause.SERVER);
    scope.ledger().failed(name, "", Cause.SERVER, Octets.printable(reason));
  }

  private void addAll(List<Removal> inside) {
    if (scope.found().addAndGet(inside.size()) > MOST) {
      failed(Cause.SERVER, "there are millions of files and folders already");
      return;
    }
    scope.reach().planned(inside.size());
    left.set(inside.size());
    if (inside.isEmpty()) {
      emptied();
    } else {
      inside.forEach(scope.crew()::add);
    }
  }

  private void emptied() {
    Cause cause = fault.get();
    if (cause != null) {
      failed(cause, "not all that it holds could be removed");
    } else if (holdsMore) {
      endKept();
    } else if (scope.isDryRun()) {
      end(new FileResult.Planned(0));
    } else {
      isEmptied = true;
      scope.crew().add(this);
    }
  }

  /** It stays for what it holds, which is neither done nor failed. */
  private void endKept() {
    scope.ledger().note("stays, for what it holds: " + name);
    if (folder != null) {
      folder.holdsMore = true;
      folder.oneLess();
    }
  }

  /** Somebody else may have removed it, or an earlier attempt whose reply was lost. */
  private void endMissing() {
    if (folder != null || lost.isAny()) {
      end(new FileResult.Changed());
    } else if (scope.how().force()) {
      end(new FileResult.Unchanged());
    } else {
      failed(Cause.SERVER, Words.MISSING);
    }
  }

  @Override
  public void failed(Cause cause, String reason) {
    end(new FileResult.Failed(cause, reason));
  }

  private void end(FileResult.Outcome outcome) {
    if (folder == null && !(outcome instanceof FileResult.Unchanged)) {
      scope.reach().planned(1);
    }
    scope.reach().tell(name, outcome);
    if (folder != null) {
      if (outcome instanceof FileResult.Failed failed) {
        folder.fault.set(failed.cause());
      }
      folder.oneLess();
    }
  }

  private void oneLess() {
    if (left.decrementAndGet() == 0) {
      emptied();
    }
  }
}
