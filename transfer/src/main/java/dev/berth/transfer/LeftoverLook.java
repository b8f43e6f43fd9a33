package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.dialects.ListingEntry;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.wire.RemotePath;

/**
 * Meets what killed jobs have left in one folder that nobody lists for other reasons. Who may not
 * look into it may store there all the same: then what is left there stays.
 */
final class LeftoverLook implements Task {
  private final RemotePath folder;
  private final Leftovers leftovers;
  private volatile boolean isDone;

  LeftoverLook(RemotePath folder, Leftovers leftovers) {
    this.folder = folder;
    this.leftovers = leftovers;
  }

  /** Whether the folder was seen. */
  boolean isDone() {
    return isDone;
  }

  @Override
  public Step begin(FtpConnection connection) {
    return () -> {
      for (ListingEntry entry : connection.list(folder).entries()) {
        if (TemporaryName.is(entry.name())) {
          leftovers.seen(folder.resolve(entry.name()));
        }
      }
      isDone = true;
    };
  }

  @Override
  public void failed(Cause cause, String reason) {}
}
