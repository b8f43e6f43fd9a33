package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.client.ReplyException;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.util.List;

/** Makes folders on the server, outer ones first. One that is there already is as good as made. */
final class FolderMaking implements Task {
  private final List<RemotePath> folders;
  private final Ledger ledger;

  FolderMaking(List<RemotePath> folders, Ledger ledger) {
    this.folders = List.copyOf(folders);
    this.ledger = ledger;
  }

  @Override
  public Step begin(FtpConnection connection) {
    return () -> run(connection);
  }

  private void run(FtpConnection connection) throws IOException {
    for (RemotePath folder : folders) {
      try {
        connection.makeFolder(folder);
      } catch (ReplyException e) {
        if (!e.reply().isPermanentNegative()) {
          throw e;
        }
        if (!Look.isFolder(connection, folder)) {
          // The files that belong into it will fail, each with the server's words.
          ledger.note(folder + " could not be made: " + Words.of(e));
        }
      }
    }
  }

  @Override
  public void failed(Cause cause, String reason) {
    ledger.failed(folders.getFirst().toString(), "", cause, reason);
  }
}
