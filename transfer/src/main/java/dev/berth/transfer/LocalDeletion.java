package dev.berth.transfer;

import dev.berth.transfer.FileResult.Cause;
import dev.berth.wire.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Removes from a local folder what a server does not have. A link is removed and never followed.
 * Confined to the thread of its job.
 */
final class LocalDeletion {
  private final Path target;
  private final MirrorSettings mirror;
  private final Ledger ledger;

  LocalDeletion(Path target, MirrorSettings mirror, Ledger ledger) {
    this.target = target;
    this.mirror = mirror;
    this.ledger = ledger;
  }

  void delete(RemoteTree remote, Deletion deletion) throws IOException {
    if (!Files.isDirectory(target)) {
      return; // A dry run of a first mirror.
    }
    LocalTree local = LocalTree.survey(target, mirror, ledger);
    NavigableSet<String> there = new TreeSet<>(local.files().keySet());
    there.addAll(local.folders());
    there.addAll(local.others());
    Map<String, String> source = source(remote);
    Set<String> passedOver =
        remote.others().keySet().stream().map(Octets::latin).collect(Collectors.toSet());
    Extraneous extraneous =
        Extraneous.of(there, local.left(), path -> isInSource(path, source), passedOver::contains);
    boolean isSourceEmpty =
        remote.files().isEmpty() && remote.folders().isEmpty() && remote.others().isEmpty();
    if (deletion.mayBegin(extraneous, target.toString(), isSourceEmpty, this::shown)) {
      extraneous.staying().forEach(path -> ledger.note("stays, for what it holds: " + shown(path)));
      extraneous.removable().descendingSet().forEach(this::delete);
    }
  }

  /**
   * What the source has, as it is called here, by a key that is the same in letters of any size.
   */
  private static Map<String, String> source(RemoteTree remote) {
    Map<String, String> names = new HashMap<>();
    Stream.of(remote.files().keySet(), remote.folders(), remote.others().keySet(), remote.left())
        .flatMap(paths -> paths.stream())
        .map(Octets::latin)
        .forEach(path -> {
          names.put(NameSense.FOLDED.key(path), path);
          names.put(path, path);
        });
    return names;
  }

  /** By its name, or as the same thing that the file system shows in other letters. */
  private boolean isInSource(String path, Map<String, String> source) {
    String alike = source.get(NameSense.FOLDED.key(path));
    if (source.containsKey(path) || alike == null) {
      return source.containsKey(path);
    }
    try {
      return Files.isSameFile(target.resolve(path), target.resolve(alike));
    } catch (IOException notThere) {
      return false;
    }
  }

  private String shown(String path) {
    return target.resolve(path).toString();
  }

  private void delete(String path) {
    try {
      Files.delete(target.resolve(path));
      ledger.ended(new FileResult(shown(path), "", new FileResult.Deleted()));
    } catch (IOException e) {
      ledger.failed(shown(path), "", Cause.LOCAL, Words.of(e));
    }
  }
}
