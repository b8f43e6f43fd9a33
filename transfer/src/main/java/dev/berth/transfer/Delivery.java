package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.dialects.ListingEntry;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.util.List;

/**
 * Brings files to one folder of the server, or below it, and then deletes there what killed jobs
 * have left. Confined to the thread of its job.
 */
final class Delivery {
  private final Foreman foreman;
  private final Means means;
  private final TransferSettings settings;
  private final RemotePath place;

  Delivery(Foreman foreman, Means means, TransferSettings settings, RemotePath place) {
    this.foreman = foreman;
    this.means = means;
    this.settings = settings;
    this.place = place;
  }

  /** Meets what earlier jobs may have left, where nobody lists the folder for other reasons. */
  void lookForLeftovers() throws IOException, InterruptedException {
    if (!settings.dryRun() && means.journal().mayHoldLeftovers(place)) {
      foreman.ask(place.toString(), this::look);
    }
  }

  private boolean look(FtpConnection connection) throws IOException {
    for (ListingEntry entry : connection.list(place).entries()) {
      if (TemporaryName.is(entry.name())) {
        means.leftovers().seen(place.resolve(entry.name()));
      }
    }
    return true;
  }

  void move(List<FileTask> uploads, String purpose) throws IOException, InterruptedException {
    if (!settings.dryRun() && !uploads.isEmpty()) {
      means.journal().storesIn(place);
    }
    foreman.move(uploads, purpose);
    if (!settings.dryRun() && !foreman.isStopped()) {
      sweep();
    }
  }

  private void sweep() throws IOException, InterruptedException {
    LeftoverRemoval removal = new LeftoverRemoval(means.leftovers().abandoned(), means.ledger());
    if (!removal.isDone()) {
      foreman.work(List.of(removal), "delete what killed jobs left");
    }
    if (removal.isDone()) {
      means.journal().swept(place);
    }
  }
}
