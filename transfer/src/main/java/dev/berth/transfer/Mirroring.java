package dev.berth.transfer;

import dev.berth.transfer.FileResult.Cause;
import dev.berth.transfer.MirrorSettings.Links;
import dev.berth.wire.RemoteLocation;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * One mirror: lists both sides, moves what differs, and last removes what only the target has, if
 * that is wanted and everything before went well. Confined to the thread of its job.
 */
final class Mirroring {
  private final Foreman foreman;
  private final Means means;
  private final Ledger ledger;
  private final MirrorSettings mirror;
  private final RemoteTree remote = new RemoteTree();

  Mirroring(Foreman foreman, Means means, MirrorSettings mirror) {
    this.foreman = foreman;
    this.means = means;
    this.ledger = means.ledger();
    this.mirror = mirror;
  }

  /** Makes a local folder hold what a folder on the server holds. */
  JobEnd down(RemoteLocation source, Path target) throws IOException, InterruptedException {
    if (!scan(source, path -> true, mirror, true)) {
      return foreman.end();
    }
    foreman.move(new MirrorPlan(remote, means, mirror).down(target), "mirror");
    if (mirror.links() == Links.COPY && !foreman.isStopped()) {
      new LinkCopy(remote.top(), target, means.settings().dryRun(), ledger).make(remote.others());
    }
    if (mirror.deletes()) {
      new LocalDeletion(target, mirror, ledger).delete(remote, deletion());
    }
    return foreman.end();
  }

  private Deletion deletion() {
    return new Deletion(mirror, ledger, means.settings().dryRun(), foreman.isStopped());
  }

  /** Makes a folder on the server hold what a local one holds. */
  JobEnd up(Path source, RemoteLocation target) throws IOException, InterruptedException {
    LocalTree local;
    try {
      local = LocalTree.walk(source, mirror, ledger);
    } catch (IOException e) {
      ledger.failed(source.toString(), "", Cause.LOCAL, Words.of(e));
      return foreman.end();
    }
    if (findTop(target) && (!remote.isListed() || scanTarget(target, local))) {
      up(local, source, target);
    }
    return foreman.end();
  }

  private void up(LocalTree local, Path source, RemoteLocation target)
      throws IOException, InterruptedException {
    MirrorPlan plan = new MirrorPlan(remote, means, mirror);
    findOutIfTimesAreKept(plan, local, target);
    NameSense seen = senseByNames(local, target);
    List<RemotePath> missing = plan.missingFolders(local, seen);
    if (!missing.isEmpty() && !means.settings().dryRun()) {
      foreman.work(List.of(new FolderMaking(missing, ledger)), "mirror");
    }
    NameSense sense = seen == NameSense.EXACT ? senseByProbe(local, target) : seen;
    new Delivery(foreman, means, remote.top(), Journal.Reach.TREE)
        .move(plan.up(local, source, sense), "mirror");
    if (mirror.deletes() && remote.isListed()) {
      new RemoteDeletion(foreman, ledger, remote).delete(local, sense, deletion());
    }
  }

  /**
   * Lists the target. Its links are noted in silence, for nothing is copied from there; they are
   * followed only where nothing is removed, for what is behind a link is not this mirror's to
   * remove.
   */
  private boolean scanTarget(RemoteLocation target, LocalTree local)
      throws IOException, InterruptedException {
    boolean follows = mirror.links() == Links.FOLLOW && !mirror.deletes();
    Predicate<String> wanted = mirror.deletes() ? path -> true : local.folders()::contains;
    return scan(target, wanted, mirror.with(follows ? Links.FOLLOW : Links.SKIP), false);
  }

  /**
   * Finds out where the target folder is, and whether there is one; false when the job has ended.
   */
  private boolean findTop(RemoteLocation target) throws IOException, InterruptedException {
    Optional<Boolean> there =
        foreman.ask(
            Words.of(target),
            connection -> {
              RemotePath top = target.in(connection.loginFolder());
              remote.found(top, connection.attributes().keepsTimes());
              return Look.isFolder(connection, top);
            });
    if (there.orElse(false)) {
      remote.listed();
    }
    return there.isPresent();
  }

  private boolean scan(
      RemoteLocation top, Predicate<String> wanted, MirrorSettings how, boolean tells)
      throws IOException, InterruptedException {
    Crew crew = foreman.crew("list " + Words.of(top));
    crew.add(FolderScan.ofTop(new FolderScan.Scope(crew, remote, top, wanted, how, tells, means)));
    foreman.run(crew);
    return !foreman.isStopped() && remote.isListed();
  }

  /**
   * A server that has the command and refuses it would get the same files for ever: their times
   * there are those of the last upload, later than here. So the first such file is asked about.
   */
  private void findOutIfTimesAreKept(MirrorPlan plan, LocalTree local, RemoteLocation target)
      throws IOException, InterruptedException {
    Optional<RemotePath> doubtful = plan.mayLackTime(local);
    if (doubtful.isEmpty() || !remote.keepsTimes() || means.settings().dryRun()) {
      return;
    }
    foreman
        .ask(
            Words.of(target),
            connection -> connection.attributes().provesToKeepTimes(doubtful.get()))
        .ifPresent(keeps -> remote.found(remote.top(), keeps));
  }

  /** Whether the server finds a file of ours by a name that it lists in other letters. */
  private NameSense senseByNames(LocalTree local, RemoteLocation target)
      throws IOException, InterruptedException {
    NavigableSet<String> listed = new TreeSet<>(remote.files().keySet());
    listed.addAll(remote.folders());
    Set<String> folded = NameSense.FOLDED.keys(listed);
    for (String path : local.files().keySet()) {
      if (!listed.contains(path)
          && MirrorPlan.isSendable(path)
          && folded.contains(NameSense.FOLDED.key(path))) {
        RemotePath ours = remote.top().resolve(path);
        return foreman
            .ask(Words.of(target), connection -> connection.find(ours).isPresent())
            .map(isFound -> isFound ? NameSense.FOLDED : NameSense.EXACT)
            .orElse(NameSense.EXACT);
      }
    }
    return NameSense.EXACT;
  }

  /** Before names are put that only some servers can hold beside each other. */
  private NameSense senseByProbe(LocalTree local, RemoteLocation target)
      throws IOException, InterruptedException {
    Set<String> listed = new HashSet<>(remote.files().keySet());
    boolean isNew = local.files().keySet().stream().anyMatch(path -> !listed.contains(path));
    if (!isNew || means.settings().dryRun() || !NameSense.hasTwins(local.files().keySet())) {
      return NameSense.EXACT;
    }
    return foreman
        .ask(Words.of(target), connection -> NameSense.of(connection, remote.top()))
        .orElse(NameSense.EXACT);
  }
}
