package dev.berth.transfer;

import dev.berth.transfer.Journal.Reach;
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
  private final Reach reach;

  /**
   * @param reach of the job: the folders of a tree have all been listed, a single one has not
   */
  Delivery(Foreman foreman, Means means, RemotePath place, Reach reach) {
    this.foreman = foreman;
    this.means = means;
    this.place = place;
    this.reach = reach;
  }

  void move(List<FileTask> uploads, String purpose) throws IOException, InterruptedException {
    if (means.settings().dryRun()) {
      foreman.move(uploads, purpose);
      return;
    }
    if (!uploads.isEmpty()) {
      means.journal().storesIn(place, reach);
    }
    foreman.move(uploads, purpose);
    if (!foreman.isStopped()) {
      sweep();
    }
  }

  /** The job has done its work: nothing that happens here changes how it ends. */
  private void sweep() throws InterruptedException {
    if (!isSeen()) {
      return;
    }
    LeftoverRemoval removal = new LeftoverRemoval(means.leftovers().abandoned(), means.ledger());
    if (!removal.isDone()) {
      foreman.aside(removal, "delete what killed jobs left");
    }
    if (removal.isDone()) {
      means.journal().swept(place, reach);
    }
  }

  private boolean isSeen() throws InterruptedException {
    if (reach == Reach.TREE) {
      return true;
    }
    if (!means.journal().mayHoldLeftovers(place)) {
      return false;
    }
    LeftoverLook look = new LeftoverLook(place, means.leftovers());
    foreman.aside(look, "look for what killed jobs left");
    return look.isDone();
  }
}
