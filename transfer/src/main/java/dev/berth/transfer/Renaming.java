package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.client.ReplyException;
import dev.berth.dialects.ListingEntry;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.transfer.Housekeeping.Existing;
import dev.berth.wire.RemoteLocation;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives one file or folder another name. Most servers replace what has that name already, without a
 * word; so it is looked for first. Between the look and the rename somebody else may put something
 * there: FTP has no command that asks and renames in one.
 */
final class Renaming implements Task {
  /**
   * Where everything goes.
   *
   * @param target the new name, or the folder that it is to be put into
   */
  record Goal(RemotePath target, boolean isFolder, Existing existing) {}

  private final RemoteLocation source;
  private final Goal goal;
  private final Ledger ledger;
  private final LostReplies lost = new LostReplies();
  private final List<RemotePath> aside = new ArrayList<>(); // older files, to be deleted when done
  private String from;
  private String to;

  Renaming(RemoteLocation source, Goal goal, Ledger ledger) {
    this.source = source;
    this.goal = goal;
    this.ledger = ledger;
    this.from = Words.of(source);
    this.to = goal.target().toString();
  }

  @Override
  public Step begin(FtpConnection connection) {
    return () -> run(connection);
  }

  private void run(FtpConnection connection) throws IOException {
    RemotePath path = source.in(connection.loginFolder());
    RemotePath target = goal.isFolder() ? goal.target().resolve(path.name()) : goal.target();
    from = path.toString();
    to = target.toString();
    Optional<ListingEntry.Type> there = connection.find(target).map(ListingEntry::type);
    if (there.isPresent() && lost.isAny() && connection.find(path).isEmpty()) {
      done(connection);
    } else if (path.equals(target)) {
      failed(Cause.SERVER, "it has this name already");
    } else if (there.isPresent() && goal.existing() == Existing.KEPT) {
      failed(Cause.SERVER, to + " is there already; --force replaces it");
    } else if (there.equals(Optional.of(ListingEntry.Type.FOLDER))) {
      failed(Cause.SERVER, to + " is a folder, which is not replaced");
    } else {
      rename(connection, path, target);
    }
  }

  private void rename(FtpConnection connection, RemotePath path, RemotePath target)
      throws IOException {
    Optional<ReplyException> refused = lost.refusal(() -> connection.rename(path, target));
    if (refused.isPresent() && connection.find(path).isEmpty()) {
      failed(Cause.SERVER, Words.MISSING);
      return;
    }
    if (refused.isPresent()) {
      replace(connection, path, target, refused.get());
    }
    done(connection);
  }

  /**
   * Some servers rename to no name that is taken: then the older file steps aside first, and comes
   * back if that was not the reason.
   */
  private void replace(
      FtpConnection connection, RemotePath path, RemotePath target, ReplyException refused)
      throws IOException {
    boolean isTaken =
        goal.existing() == Existing.REPLACED
            && refused.command().verb().equals("RNTO")
            && connection.find(target).isPresent();
    if (!isTaken) {
      throw refused;
    }
    RemotePath older = target.parent().resolve(TemporaryName.random(TemporaryName.newToken()));
    aside.add(older);
    Optional<ReplyException> stays = lost.refusal(() -> connection.rename(target, older));
    if (stays.isPresent()) {
      aside.remove(older);
      throw refused;
    }
    Optional<ReplyException> again = lost.refusal(() -> connection.rename(path, target));
    if (again.isPresent()) {
      connection.rename(older, target);
      aside.remove(older);
      throw again.get();
    }
  }

  private void done(FtpConnection connection) throws IOException {
    while (!aside.isEmpty()) {
      RemotePath older = aside.getLast();
      if (lost.refusal(() -> connection.delete(older)).isPresent()
          && connection.find(older).isPresent()) {
        ledger.note("the older " + to + " is on the server as " + older);
      }
      aside.removeLast();
    }
    end(new FileResult.Changed());
  }

  @Override
  public void failed(Cause cause, String reason) {
    aside.forEach(older -> ledger.note("the older " + to + " is on the server as " + older));
    end(new FileResult.Failed(cause, reason));
  }

  private void end(FileResult.Outcome outcome) {
    ledger.planned(1, 0);
    ledger.ended(new FileResult(from, to, outcome));
  }
}
