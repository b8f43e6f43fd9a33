package dev.berth.transfer;

import dev.berth.client.FolderUnreadable;
import dev.berth.client.FtpConnection;
import dev.berth.client.Listing;
import dev.berth.client.ReplyException;
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
  private final RemotePath place;
  private boolean isSeen = true; // what stands there

  Delivery(Foreman foreman, Means means, RemotePath place) {
    this.foreman = foreman;
    this.means = means;
    this.place = place;
  }

  /** Meets what earlier jobs may have left, where nobody lists the folder for other reasons. */
  void lookForLeftovers() throws IOException, InterruptedException {
    if (!means.settings().dryRun() && means.journal().mayHoldLeftovers(place)) {
      isSeen = foreman.ask(place.toString(), this::look).orElse(false);
    }
  }

  /** Who may not look into a folder may store there all the same: then what is left there stays. */
  private boolean look(FtpConnection connection) throws IOException {
    Listing listing;
    try {
      listing = connection.list(place);
    } catch (FolderUnreadable e) {
      return false;
    } catch (ReplyException e) {
      if (!Verdict.isAnswer(e) || !connection.isReusable()) {
        throw e;
      }
      return false;
    }
    for (ListingEntry entry : listing.entries()) {
      if (TemporaryName.is(entry.name())) {
        means.leftovers().seen(place.resolve(entry.name()));
      }
    }
    return true;
  }

  void move(List<FileTask> uploads, String purpose) throws IOException, InterruptedException {
    if (!means.settings().dryRun() && !uploads.isEmpty()) {
      means.journal().storesIn(place);
    }
    foreman.move(uploads, purpose);
    if (!means.settings().dryRun() && !foreman.isStopped()) {
      sweep();
    }
  }

  private void sweep() throws IOException, InterruptedException {
    LeftoverRemoval removal = new LeftoverRemoval(means.leftovers().abandoned(), means.ledger());
    if (!removal.isDone()) {
      foreman.work(List.of(removal), "delete what killed jobs left");
    }
    if (removal.isDone() && isSeen) {
      means.journal().swept(place);
    }
  }
}
