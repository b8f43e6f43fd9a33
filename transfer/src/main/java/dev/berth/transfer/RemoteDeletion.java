package dev.berth.transfer;

import dev.berth.dialects.ListingEntry;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Removes from a server what a local folder does not have, by {@link Removal}: nothing that has
 * come since the server was listed, and behind no link. Confined to the thread of its job.
 */
final class RemoteDeletion {
  private final Foreman foreman;
  private final Ledger ledger;
  private final RemoteTree remote;

  RemoteDeletion(Foreman foreman, Ledger ledger, RemoteTree remote) {
    this.foreman = foreman;
    this.ledger = ledger;
    this.remote = remote;
  }

  void delete(LocalTree local, NameSense sense, Deletion deletion)
      throws IOException, InterruptedException {
    NavigableSet<String> there = new TreeSet<>(remote.files().keySet());
    there.addAll(remote.folders());
    there.addAll(remote.others().keySet());
    Set<String> source = sense.keys(local.files().keySet());
    source.addAll(sense.keys(local.folders()));
    Set<String> passedOver = sense.keys(local.others());
    source.addAll(passedOver);
    source.addAll(sense.keys(local.left()));
    Extraneous extraneous =
        Extraneous.of(
            there,
            remote.left(),
            path -> source.contains(sense.key(path)),
            path -> passedOver.contains(sense.key(path)));
    boolean isSourceEmpty =
        local.files().isEmpty() && local.folders().isEmpty() && local.others().isEmpty();
    if (deletion.mayBegin(extraneous, remote.top().toString(), isSourceEmpty, this::shown)) {
      delete(extraneous, deletion.mirror().rules());
    }
  }

  private String shown(String path) {
    return remote.top().resolve(path).toString();
  }

  private void delete(Extraneous extraneous, PathRules rules)
      throws IOException, InterruptedException {
    Crew crew = foreman.crew("mirror");
    var scope =
        new Removal.Scope(
            crew,
            ledger,
            new Housekeeping.Removing(true, true),
            false,
            new AtomicInteger(),
            new Listed(extraneous, rules));
    Map<String, ListingEntry> entries = remote.files();
    entries.putAll(remote.others());
    for (String path : extraneous.roots()) {
      RemotePath place = remote.top().resolve(path);
      ListingEntry folder = ListingEntry.named(place.name(), ListingEntry.Type.FOLDER).build();
      crew.add(Removal.ofListed(scope, place, entries.getOrDefault(path, folder)));
    }
    foreman.run(crew);
  }

  /** What was listed as extraneous, and links that MLSD does not show as they lead nowhere. */
  private final class Listed implements Removal.Reach {
    private final Set<RemotePath> things = new TreeSet<>();
    private final PathRules rules;

    Listed(Extraneous extraneous, PathRules rules) {
      this.rules = rules;
      extraneous.things().forEach(path -> things.add(remote.top().resolve(path)));
    }

    @Override
    public boolean holds(RemotePath path, ListingEntry entry) {
      return things.contains(path)
          || (entry.type() == ListingEntry.Type.LINK && !rules.excludes(relative(path), false));
    }

    private String relative(RemotePath path) {
      int top = remote.top().equals(RemotePath.ROOT) ? 0 : remote.top().value().length();
      return path.value().substring(top + 1);
    }

    /** Things removed are counted when they are, and are not among the files that are moved. */
    @Override
    public void planned(int more) {}

    @Override
    public void tell(String name, FileResult.Outcome outcome) {
      switch (outcome) {
        case FileResult.Changed gone ->
            ledger.ended(new FileResult(name, "", new FileResult.Deleted()));
        case FileResult.Failed failed -> ledger.failed(name, "", failed.cause(), failed.reason());
        default -> {} // It was gone already.
      }
    }
  }
}
