package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.client.ReplyException;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.transfer.Housekeeping.Parents;
import dev.berth.wire.RemoteLocation;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.util.Optional;

/** Makes one folder that a user asks for. */
final class NewFolder implements Task {
  private final RemoteLocation place;
  private final Parents parents;
  private final Ledger ledger;
  private final LostReplies lost = new LostReplies();

  NewFolder(RemoteLocation place, Parents parents, Ledger ledger) {
    this.place = place;
    this.parents = parents;
    this.ledger = ledger;
  }

  @Override
  public Step begin(FtpConnection connection) {
    return () -> run(connection);
  }

  private void run(FtpConnection connection) throws IOException {
    RemotePath folder = place.in(connection.loginFolder());
    if (make(connection, folder) || lost.isAny()) {
      ledger.planned(1, 0);
      end(folder.toString(), new FileResult.Changed());
    } else if (parents == Parents.MADE) {
      end(folder.toString(), new FileResult.Unchanged());
    } else {
      ledger.failed(folder.toString(), "", Cause.SERVER, "it is there already");
    }
  }

  /** Whether it had to be made; else it was there. Others may make folders at the same time. */
  private boolean make(FtpConnection connection, RemotePath folder) throws IOException {
    Optional<ReplyException> refused = lost.refusal(() -> connection.makeFolder(folder));
    if (refused.isPresent() && Look.findsFolder(connection, folder)) {
      return false;
    }
    if (refused.isPresent() && mayLackParent(folder)) {
      make(connection, folder.parent());
      refused = lost.refusal(() -> connection.makeFolder(folder));
      if (refused.isPresent() && Look.findsFolder(connection, folder)) {
        return false;
      }
    }
    if (refused.isPresent()) {
      throw refused.get();
    }
    return true;
  }

  private boolean mayLackParent(RemotePath folder) {
    return parents == Parents.MADE && !folder.parent().equals(RemotePath.ROOT);
  }

  @Override
  public void failed(Cause cause, String reason) {
    ledger.failed(Words.of(place), "", cause, reason);
  }

  private void end(String name, FileResult.Outcome outcome) {
    ledger.ended(new FileResult(name, "", outcome));
  }
}
