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
import java.util.function.Predicate;

/**
 * Whole jobs on a pool: get, put, mirror, list, show. One for each job; the thread that calls
 * blocks until the job has ended.
 *
 * <p>A job lists both sides, plans, and then moves: each file under a temporary name until it is
 * whole and its size checked. What fails is told to the listener and counted, and does not stop the
 * rest.
 */
public final class Jobs {
  private final TransferSettings settings;
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
    this.settings = settings;
    this.ledger = new Ledger(listener);
    this.means = Means.of(settings, ledger, journal);
    this.foreman = new Foreman(pool, settings, ledger);
  }

  /** How far it is; any thread may ask. */
  public JobProgress progress() {
    return ledger.progress();
  }

  /**
   * Makes a local folder hold what a folder on the server holds. What only the local one has,
   * stays.
   *
   * @throws IOException what no waiting mends, such as a certificate that is not trusted
   * @throws InterruptedException if the calling thread is interrupted
   */
  public JobEnd mirrorDown(RemoteLocation source, Path target)
      throws IOException, InterruptedException {
    RemoteTree remote = new RemoteTree();
    if (scan(source, remote, path -> true)) {
      move(new MirrorPlan(remote, ledger, settings.dryRun()).down(target, means), "mirror");
    }
    return foreman.end();
  }

  /**
   * Makes a folder on the server hold what a local one holds. What only the server has, stays.
   *
   * @throws IOException as {@link #mirrorDown}
   * @throws InterruptedException if the calling thread is interrupted
   */
  public JobEnd mirrorUp(Path source, RemoteLocation target)
      throws IOException, InterruptedException {
    LocalTree local;
    try {
      local = LocalTree.walk(source, ledger);
    } catch (IOException e) {
      ledger.failed(source.toString(), "", Cause.LOCAL, Words.of(e));
      return foreman.end();
    }
    RemoteTree remote = new RemoteTree();
    if (findTop(target, remote)
        && (!remote.isListed() || scan(target, remote, local.folders()::contains))) {
      MirrorPlan plan = new MirrorPlan(remote, ledger, settings.dryRun());
      List<RemotePath> missing = plan.missingFolders(local);
      if (!missing.isEmpty() && !settings.dryRun()) {
        foreman.work(List.of(new FolderMaking(missing, ledger)), "mirror");
      }
      store(remote.top(), plan.up(local, source, means), "mirror");
    }
    return foreman.end();
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
    move(downloads, "get");
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
                .ask(Words.of(target), connection -> isFolder(connection, top.get()))
                .orElse(false);
    List<FileTask> uploads = new ArrayList<>();
    for (Path source : sources) {
      upload(source, top.get(), folder).ifPresent(uploads::add);
    }
    RemotePath place = folder ? top.get() : top.get().parent();
    if (!foreman.isStopped() && !settings.dryRun() && means.journal().mayHoldLeftovers(place)) {
      foreman.ask(place.toString(), connection -> see(connection, place));
    }
    if (!foreman.isStopped()) {
      store(place, uploads, "put");
    }
    return foreman.end();
  }

  /** Meets what an earlier job may have left. */
  private boolean see(FtpConnection connection, RemotePath folder) throws IOException {
    for (ListingEntry entry : connection.list(folder).entries()) {
      if (TemporaryName.is(entry.name())) {
        means.leftovers().seen(folder.resolve(entry.name()));
      }
    }
    return true;
  }

  /** Moves files to the server, and then deletes there what killed jobs have left. */
  private void store(RemotePath place, List<FileTask> uploads, String purpose)
      throws IOException, InterruptedException {
    if (settings.dryRun()) {
      move(uploads, purpose);
      return;
    }
    if (!uploads.isEmpty()) {
      means.journal().storesIn(place);
    }
    move(uploads, purpose);
    if (foreman.isStopped()) {
      return;
    }
    LeftoverRemoval removal = new LeftoverRemoval(means.leftovers().abandoned(), ledger);
    if (!removal.isDone()) {
      foreman.work(List.of(removal), "delete what killed jobs left");
    }
    if (removal.isDone()) {
      means.journal().swept(place);
    }
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

  private static boolean isFolder(FtpConnection connection, RemotePath path) throws IOException {
    return connection
        .find(path)
        .filter(entry -> entry.type() == ListingEntry.Type.FOLDER)
        .isPresent();
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
    return new Housekeeping(foreman, ledger, settings);
  }

  private Listing list(FtpConnection connection, RemoteLocation location) throws IOException {
    RemotePath path = location.in(connection.loginFolder());
    Optional<ListingEntry> entry = connection.find(path);
    boolean isFile = entry.isPresent() && entry.get().type() != ListingEntry.Type.FOLDER;
    return isFile ? new Listing(List.of(entry.get()), List.of()) : connection.list(path);
  }

  /**
   * Finds out where the target folder is, and whether there is one; false when the job has ended.
   */
  private boolean findTop(RemoteLocation target, RemoteTree remote)
      throws IOException, InterruptedException {
    Optional<Boolean> there =
        foreman.ask(
            Words.of(target),
            connection -> {
              RemotePath top = target.in(connection.loginFolder());
              remote.found(top, connection.features().has("MFMT"));
              return isFolder(connection, top);
            });
    if (there.orElse(false)) {
      remote.listed();
    }
    return there.isPresent();
  }

  private boolean scan(RemoteLocation top, RemoteTree tree, Predicate<String> wanted)
      throws IOException, InterruptedException {
    Crew crew = foreman.crew("list " + Words.of(top));
    crew.add(FolderScan.ofTop(new FolderScan.Scope(crew, tree, top, wanted, means)));
    foreman.run(crew);
    return !foreman.isStopped() && tree.isListed();
  }

  private void move(List<FileTask> files, String purpose) throws IOException, InterruptedException {
    ledger.planned(files.size(), files.stream().mapToLong(FileTask::plannedBytes).sum());
    if (settings.dryRun()) {
      for (FileTask file : files) {
        FileResult.Planned planned = new FileResult.Planned(file.plannedBytes());
        ledger.ended(new FileResult(file.sourceName(), file.targetName(), planned));
      }
    } else {
      foreman.work(files, purpose);
    }
  }
}
