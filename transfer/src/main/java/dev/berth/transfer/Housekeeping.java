package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.wire.RemoteLocation;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Removes, makes and renames what is on a server; nothing is moved between here and there. Had from
 * {@link Jobs#housekeeping}, used by the thread that runs the job, which blocks until it has ended.
 *
 * <p>What fails is told to the listener and counted, and does not stop the rest. When a connection
 * is lost before the reply has come, the next one looks whether it was done.
 */
public final class Housekeeping {
  private final Foreman foreman;
  private final Ledger ledger;
  private final TransferSettings settings;

  Housekeeping(Foreman foreman, Ledger ledger, TransferSettings settings) {
    this.foreman = foreman;
    this.ledger = ledger;
    this.settings = settings;
  }

  /**
   * How to remove.
   *
   * @param recursive folders too, with all that they hold
   * @param force what is not there is no failure
   */
  public record Removing(boolean recursive, boolean force) {}

  /** What becomes of the folders above one that is to be made. */
  public enum Parents {
    /** They have to be there, and the folder itself must not. */
    REQUIRED,
    /** What is missing is made; it is no failure that the folder itself is there. */
    MADE
  }

  /** What becomes of a file whose name another one is to get. */
  public enum Existing {
    /** It stays, and the rename fails. */
    KEPT,
    /** It is replaced; a folder never is. */
    REPLACED
  }

  /**
   * Removes files, links and, if asked to, folders with all that they hold. No link is followed.
   *
   * @throws IllegalArgumentException as {@link #requireNamed}; nothing is removed then
   * @throws IOException what no waiting mends, such as a certificate that is not trusted
   * @throws InterruptedException if the calling thread is interrupted
   */
  public JobEnd remove(List<RemoteLocation> what, Removing how)
      throws IOException, InterruptedException {
    what.forEach(Housekeeping::requireNamed);
    Crew crew = foreman.crew("rm");
    var everything = new Removal.Everything(ledger);
    var scope =
        new Removal.Scope(crew, ledger, how, settings.dryRun(), new AtomicInteger(), everything);
    what.forEach(place -> crew.add(Removal.ofTop(scope, place)));
    foreman.run(crew);
    return foreman.end();
  }

  /**
   * Checks that a place may be removed or renamed: that it is named itself. What is meant to name
   * something in the login folder and by accident names no more than that folder, or the root,
   * would take everything with it.
   *
   * @throws IllegalArgumentException for the root, the login folder, and names {@code .} or {@code
   *     ..}, by which both could be meant
   */
  public static void requireNamed(RemoteLocation place) {
    String path =
        switch (place) {
          case RemoteLocation.FromRoot fromRoot -> fromRoot.path().value().substring(1);
          case RemoteLocation.FromLogin fromLogin -> fromLogin.path();
        };
    if (path.isEmpty()) {
      String what = place instanceof RemoteLocation.FromRoot ? "the root" : "the login folder";
      throw new IllegalArgumentException("this is " + what + " itself; name something in it");
    }
    if (Arrays.stream(path.split("/")).anyMatch(step -> step.equals(".") || step.equals(".."))) {
      throw new IllegalArgumentException("write the pathname without . and ..");
    }
  }

  /**
   * Makes folders, one after the other.
   *
   * @throws IOException as {@link #remove}
   * @throws InterruptedException if the calling thread is interrupted
   */
  public JobEnd makeFolders(List<RemoteLocation> folders, Parents parents)
      throws IOException, InterruptedException {
    foreman.workInTurn(
        folders.stream().map(folder -> new NewFolder(folder, parents, ledger)).toList(), "mkdir");
    return foreman.end();
  }

  /**
   * Gives files and folders other names, one after the other.
   *
   * @param target a folder that exists, for things of the same names; else the name of the one
   * @param shape whether the target must be a folder
   * @throws IllegalArgumentException as {@link #requireNamed}, of a source; nothing is renamed then
   * @throws IOException as {@link #remove}
   * @throws InterruptedException if the calling thread is interrupted
   */
  public JobEnd rename(
      List<RemoteLocation> sources, RemoteLocation target, Jobs.Target shape, Existing existing)
      throws IOException, InterruptedException {
    sources.forEach(Housekeeping::requireNamed);
    Optional<Renaming.Goal> goal =
        foreman.ask(Words.of(target), connection -> goal(connection, target, existing));
    if (goal.isEmpty()) {
      return foreman.end();
    }
    if (shape == Jobs.Target.FOLDER && !goal.get().isFolder()) {
      for (RemoteLocation source : sources) {
        String why = goal.get().target() + " is no folder";
        ledger.failed(Words.of(source), goal.get().target().toString(), Cause.SERVER, why);
      }
      return foreman.end();
    }
    foreman.workInTurn(
        sources.stream().map(source -> new Renaming(source, goal.get(), ledger)).toList(), "mv");
    return foreman.end();
  }

  private static Renaming.Goal goal(
      FtpConnection connection, RemoteLocation target, Existing existing) throws IOException {
    RemotePath path = target.in(connection.loginFolder());
    return new Renaming.Goal(path, Look.findsFolder(connection, path), existing);
  }
}
