package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.client.Listing;
import dev.berth.dialects.ListingEntry;
import dev.berth.pool.ConnectionPool;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.wire.RemoteLocation;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Whole jobs on a pool: get, put, mirror, list, show. One for each job; the thread that calls
 * blocks until the job has ended.
 *
 * <p>A job lists both sides, plans, and then moves: each file under a temporary name until it is
 * whole and its size checked. What fails is told to the listener and counted, and does not stop the
 * rest.
 */
public final class Jobs {
  private final Ledger ledger;
  private final Means means;
  private final Foreman foreman;

  /** A job not begun, of which nothing outlives this program. */
  public Jobs(ConnectionPool pool, TransferSettings settings, JobListener listener) {
    this(pool, settings, listener, Journal.inMemory());
  }

  /**
   * A job not begun.
   *
   * @param journal what it is to go on with, and what later ones are to know of it
   */
  public Jobs(
      ConnectionPool pool, TransferSettings settings, JobListener listener, Journal journal) {
    this.ledger = new Ledger(listener, settings.bandwidth());
    this.means = Means.of(settings, ledger, journal);
    this.foreman = new Foreman(pool, settings, ledger);
  }

  /** How far it is; any thread may ask. */
  public JobProgress progress() {
    return ledger.progress();
  }

  /**
   * What it came to if it is broken off now: a file that has not ended has not arrived. For who was
   * interrupted, and got no {@link JobEnd}; any thread may ask.
   */
  public JobSummary summary() {
    return ledger.summarySoFar();
  }

  /** As {@link #mirrorDown(RemoteLocation, Path, MirrorSettings)}, and removes nothing. */
  public JobEnd mirrorDown(RemoteLocation source, Path target)
      throws IOException, InterruptedException {
    return mirrorDown(source, target, MirrorSettings.standard());
  }

  /**
   * Makes a local folder hold what a folder on the server holds.
   *
   * @throws IOException what no waiting mends, such as a certificate that is not trusted
   * @throws InterruptedException if the calling thread is interrupted
   */
  public JobEnd mirrorDown(RemoteLocation source, Path target, MirrorSettings mirror)
      throws IOException, InterruptedException {
    return new Mirroring(foreman, means, mirror).down(source, target);
  }

  /** As {@link #mirrorUp(Path, RemoteLocation, MirrorSettings)}, and removes nothing. */
  public JobEnd mirrorUp(Path source, RemoteLocation target)
      throws IOException, InterruptedException {
    return mirrorUp(source, target, MirrorSettings.standard());
  }

  /**
   * Makes a folder on the server hold what a local one holds.
   *
   * @throws IOException as {@link #mirrorDown}
   * @throws InterruptedException if the calling thread is interrupted
   */
  public JobEnd mirrorUp(Path source, RemoteLocation target, MirrorSettings mirror)
      throws IOException, InterruptedException {
    return new Mirroring(foreman, means, mirror).up(source, target);
  }

  /**
   * Gets files.
   *
   * @param target a folder that exists, for files of the same names; else the name of the one file
   * @throws IOException as {@link #mirrorDown}
   * @throws InterruptedException if the calling thread is interrupted
   */
  public JobEnd get(List<RemoteLocation> sources, Path target)
      throws IOException, InterruptedException {
    List<FileTask> downloads = new ArrayList<>();
    for (RemoteLocation source : sources) {
      foreman
          .ask(Words.of(source), connection -> download(connection, source, target))
          .flatMap(found -> found)
          .ifPresent(downloads::add);
      if (foreman.isStopped()) {
        return foreman.end();
      }
    }
    foreman.move(downloads, "get");
    return foreman.end();
  }

  private Optional<FileTask> download(FtpConnection connection, RemoteLocation source, Path target)
      throws IOException {
    RemotePath path = source.in(connection.loginFolder());
    Optional<ListingEntry> entry = connection.find(path);
    if (entry.isEmpty()) {
      ledger.failed(path.toString(), "", Cause.SERVER, "the server knows no such file");
      return Optional.empty();
    }
    if (entry.get().type() == ListingEntry.Type.FOLDER) {
      ledger.failed(path.toString(), "", Cause.SERVER, "it is a folder: use mirror");
      return Optional.empty();
    }
    Optional<Path> place =
        Files.isDirectory(target) ? LocalNames.place(target, path.name()) : Optional.of(target);
    if (place.isEmpty()) {
      ledger.failed(path.toString(), "", Cause.LOCAL, "its name cannot be had here");
    }
    return place.map(local -> new Download(path, entry.get(), local, means));
  }

  /**
   * Puts files.
   *
   * @param target a folder that exists, or ends in a slash as the caller says; else the name of the
   *     one file
   * @param intoFolder whether the target must be a folder
   * @throws IOException as {@link #mirrorDown}
   * @throws InterruptedException if the calling thread is interrupted
   */
  public JobEnd put(List<Path> sources, RemoteLocation target, Target intoFolder)
      throws IOException, InterruptedException {
    Optional<RemotePath> top =
        foreman.ask(Words.of(target), connection -> target.in(connection.loginFolder()));
    if (top.isEmpty()) {
      return foreman.end();
    }
    boolean folder =
        intoFolder == Target.FOLDER
            || foreman
                .ask(Words.of(target), connection -> Look.isFolder(connection, top.get()))
                .orElse(false);
    List<FileTask> uploads = new ArrayList<>();
    for (Path source : sources) {
      upload(source, top.get(), folder).ifPresent(uploads::add);
    }
    if (!foreman.isStopped()) {
      RemotePath place = folder ? top.get() : top.get().parent();
      new Delivery(foreman, means, place, Journal.Reach.FOLDER).move(uploads, "put");
    }
    return foreman.end();
  }

  private Optional<FileTask> upload(Path source, RemotePath top, boolean isFolder) {
    if (!Files.isRegularFile(source)) {
      String why = Files.exists(source) ? "it is no file; use mirror for folders" : "no such file";
      ledger.failed(MirrorPlan.printable(source), top.toString(), Cause.LOCAL, why);
      return Optional.empty();
    }
    String name = String.valueOf(source.toAbsolutePath().getFileName());
    if (isFolder && !MirrorPlan.isSendable(name)) {
      ledger.failed(
          MirrorPlan.printable(source), top.toString(), Cause.LOCAL, MirrorPlan.UNSENDABLE);
      return Optional.empty();
    }
    RemotePath target = isFolder ? top.resolve(name) : top;
    try {
      return Optional.of(new Upload(source, Files.size(source), target, means));
    } catch (IOException e) {
      ledger.failed(MirrorPlan.printable(source), target.toString(), Cause.LOCAL, Words.of(e));
      return Optional.empty();
    }
  }

  /** What the target of {@link #put} must be. */
  public enum Target {
    /** A folder. */
    FOLDER,
    /** A folder if there is one of that name, else a file. */
    FOLDER_OR_FILE
  }

  /**
   * Lists a folder, or one file.
   *
   * @param listed gets the listing, if there is one
   * @throws IOException as {@link #mirrorDown}
   * @throws InterruptedException if the calling thread is interrupted
   */
  public JobEnd list(RemoteLocation location, Consumer<Listing> listed)
      throws IOException, InterruptedException {
    foreman.ask(Words.of(location), connection -> list(connection, location)).ifPresent(listed);
    return foreman.end();
  }

  /**
   * Writes files to a channel, one after the other. A file that fails leaves a gap there, after as
   * many of its bytes as had come; what comes behind it is written all the same.
   *
   * @param target is not closed; once it fails, nothing more is written
   * @throws IOException as {@link #mirrorDown}
   * @throws InterruptedException if the calling thread is interrupted
   */
  public JobEnd show(List<RemoteLocation> sources, WritableByteChannel target)
      throws IOException, InterruptedException {
    ledger.planned(sources.size(), 0);
    boolean isBroken = false;
    for (RemoteLocation source : sources) {
      Showing showing = new Showing(source, target, ledger);
      if (foreman.isStopped() || isBroken) {
        showing.failed(isBroken ? Cause.LOCAL : Cause.NO_CONNECTION, Foreman.NOT_BEGUN);
      } else {
        foreman.work(List.of(showing), "cat");
        isBroken = showing.isTargetBroken();
      }
    }
    return foreman.end();
  }

  /**
   * Tells all that the server says of single files and folders.
   *
   * @param found gets what there is, in the order asked for, with its absolute pathname
   * @throws IOException as {@link #mirrorDown}
   * @throws InterruptedException if the calling thread is interrupted
   */
  public JobEnd stat(List<RemoteLocation> places, BiConsumer<RemotePath, ListingEntry> found)
      throws IOException, InterruptedException {
    foreman.workInTurn(
        places.stream().map(place -> new Telling(place, found, ledger)).toList(), "stat");
    return foreman.end();
  }

  /** Removes, makes and renames what is on the server, as a part of this job. */
  public Housekeeping housekeeping() {
    return new Housekeeping(foreman, ledger, means.settings());
  }

  private Listing list(FtpConnection connection, RemoteLocation location) throws IOException {
    RemotePath path = location.in(connection.loginFolder());
    Optional<ListingEntry> entry = connection.find(path);
    boolean isFile = entry.isPresent() && entry.get().type() != ListingEntry.Type.FOLDER;
    return isFile ? new Listing(List.of(entry.get()), List.of()) : connection.list(path);
  }
}
