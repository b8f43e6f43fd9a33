package dev.berth.transfer;

import dev.berth.transfer.FileResult.Cause;
import java.util.NavigableSet;
import java.util.function.UnaryOperator;

/**
 * Judges whether a mirror may remove what only its target has: never after anything has failed,
 * never more than was allowed, and not everything because the source is empty.
 *
 * @param isStopped whether the mirror ended early, for want of a connection
 */
record Deletion(MirrorSettings mirror, Ledger ledger, boolean dryRun, boolean isStopped) {
  /**
   * Judges, and tells the ledger if it is no.
   *
   * @param target as shown to people
   * @param isSourceEmpty whether the source has nothing that is not excluded
   * @param shown how a thing is shown to people, by its pathname relative to the top
   * @return whether it is to be done now; a dry run does nothing
   */
  boolean mayBegin(
      Extraneous extraneous, String target, boolean isSourceEmpty, UnaryOperator<String> shown) {
    NavigableSet<String> things = extraneous.removable();
    int failed = ledger.summary().failed();
    if (failed > 0 || isStopped) {
      ledger.note(
          "nothing is removed from "
              + target
              + ": not everything before went well"
              + (failed > 0 ? " (" + failed + " failed)" : ""));
      return false;
    }
    if (extraneous.things().isEmpty()) {
      return false;
    }
    if (isSourceEmpty && mirror.deletion() instanceof MirrorSettings.Deletion.Everything) {
      refuse(
          target,
          "the source has nothing, so all %d things here would be removed; --max-delete says that"
                  .formatted(things.size())
              + " this is meant");
      return false;
    }
    boolean isTooMuch =
        mirror.deletion() instanceof MirrorSettings.Deletion.AtMost limit
            && things.size() > limit.most();
    if (dryRun || isTooMuch) {
      things.forEach(path -> tell(shown.apply(path), new FileResult.DeletionPlanned(isTooMuch)));
    }
    if (isTooMuch) {
      refuse(
          target,
          "%d things would be removed, more than --max-delete allows; none was"
              .formatted(things.size()));
    }
    return !dryRun && !isTooMuch;
  }

  private void refuse(String target, String why) {
    ledger.failed(target, "", Cause.LOCAL, why);
  }

  private void tell(String name, FileResult.Outcome outcome) {
    ledger.ended(new FileResult(name, "", outcome));
  }
}
