package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.client.ReplyException;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Deletes temporary files that killed jobs have left on the server. One that stays is named. */
final class LeftoverRemoval implements Task {
  private final Deque<RemotePath> files;
  private final Ledger ledger;

  LeftoverRemoval(List<RemotePath> files, Ledger ledger) {
    this.files = new ArrayDeque<>(files);
    this.ledger = ledger;
  }

  /** Whether all are gone, or the server was asked to. */
  boolean isDone() {
    return files.isEmpty();
  }

  @Override
  public Step begin(FtpConnection connection) {
    return () -> run(connection);
  }

  private void run(FtpConnection connection) throws IOException {
    while (!files.isEmpty()) {
      try {
        connection.delete(files.getFirst());
      } catch (ReplyException e) {
        if (!Verdict.isAnswer(e)) {
          throw e;
        }
        ledger.note("left behind on the server: " + files.getFirst() + ": " + e.reply());
      }
      files.removeFirst();
    }
  }

  @Override
  public void failed(Cause cause, String reason) {
    for (RemotePath file : files) {
      ledger.note("left behind on the server: " + file);
    }
  }
}
