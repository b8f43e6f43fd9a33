package dev.berth.transfer;

import dev.berth.dialects.ListingEntry;
import dev.berth.dialects.Modified;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.wire.Octets;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a mirror has to do: which files differ in size or time, which folders are missing. Confined
 * to the thread of its job.
 */
final class MirrorPlan {
  /** Why a file whose name is not {@link #isSendable} stays here. */
  static final String UNSENDABLE = "its name has a line end; FTP cannot carry that";

  private final RemoteTree remote;
  private final NavigableMap<String, ListingEntry> remoteFiles;
  private final NavigableMap<String, ListingEntry> links; // of the server, not followed
  private final Means means;
  private final Ledger ledger;
  private final MirrorSettings mirror;

  MirrorPlan(RemoteTree remote, Means means, MirrorSettings mirror) {
    this.remote = remote;
    this.remoteFiles = remote.files();
    this.links = remote.others();
    links.values().removeIf(entry -> entry.type() != ListingEntry.Type.LINK);
    this.means = means;
    this.ledger = means.ledger();
    this.mirror = mirror;
  }

  /** The files to get; makes the local folders. */
  List<FileTask> down(Path target) {
    makeLocalFolders(target);
    NameSense sense = localSense(target);
    Set<String> places = new HashSet<>();
    List<FileTask> downloads = new ArrayList<>();
    for (Map.Entry<String, ListingEntry> file : remoteFiles.entrySet()) {
      RemotePath source = remote.top().resolve(file.getKey());
      Optional<Path> place = LocalNames.placeOf(target, file.getKey());
      if (place.isEmpty()) {
        ledger.failed(source.toString(), "", Cause.LOCAL, "its name cannot be had here");
      } else if (!places.add(sense.key(place.get().toString()))) {
        // The same name in two charsets, say, or with small letters where size does not matter.
        ledger.failed(source.toString(), "", Cause.LOCAL, "another file has that name here");
      } else if (mayStay(place.get(), file.getValue())) {
        unchanged(source.toString(), place.get().toString());
      } else {
        downloads.add(new Download(source, file.getValue(), place.get(), means));
      }
    }
    return downloads;
  }

  private NameSense localSense(Path target) {
    boolean matters = NameSense.hasTwins(remoteFiles.keySet());
    return matters && !means.settings().dryRun() ? NameSense.of(target) : NameSense.EXACT;
  }

  private void makeLocalFolders(Path target) {
    if (means.settings().dryRun()) {
      return;
    }
    makeLocalFolder(target);
    for (String folder : remote.folders()) {
      LocalNames.placeOf(target, folder).ifPresent(this::makeLocalFolder);
    }
  }

  private void makeLocalFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      // The files that belong into it will fail, each by its name.
      ledger.note(folder + " could not be made: " + Words.of(e));
    }
  }

  /**
   * Whether the local file is left as it is: it has the size and, as far as the listing tells it,
   * the time; or it is newer, and only older ones are to be replaced.
   */
  private boolean mayStay(Path local, ListingEntry listed) {
    try {
      BasicFileAttributes file = Files.readAttributes(local, BasicFileAttributes.class);
      OptionalLong size = listed.sizeBytes();
      boolean isSame =
          size.isPresent()
              && size.getAsLong() == file.size()
              && listed.modified().map(time -> time.mayBe(instant(file))).orElse(true);
      return file.isRegularFile() && (isSame || (isChoosy() && isNewer(file, listed)));
    } catch (IOException notThere) {
      return false;
    }
  }

  private boolean isChoosy() {
    return mirror.choice() == MirrorSettings.Choice.NEWER;
  }

  private static boolean isNewer(BasicFileAttributes local, ListingEntry listed) {
    return listed.modified().map(time -> time.latest().isBefore(instant(local))).orElse(false);
  }

  private static boolean isOlder(BasicFileAttributes local, ListingEntry listed) {
    return listed.modified().map(time -> time.earliest().isAfter(instant(local))).orElse(false);
  }

  /**
   * The folders that the server lacks, outer ones first; the target itself and those above it, if
   * need be.
   */
  List<RemotePath> missingFolders(LocalTree local, NameSense sense) {
    List<RemotePath> missing = new ArrayList<>();
    if (!remote.isListed()) {
      for (RemotePath path = remote.top(); !path.equals(RemotePath.ROOT); path = path.parent()) {
        missing.addFirst(path);
      }
    }
    Set<String> there = sense.keys(remote.folders());
    there.addAll(sense.keys(links.keySet()));
    for (String folder : local.folders()) {
      if (isSendable(folder) && !there.contains(sense.key(folder)) && linkAbove(folder).isEmpty()) {
        missing.add(remote.top().resolve(folder));
      }
    }
    return missing;
  }

  /** The files to put. */
  List<FileTask> up(LocalTree local, Path source, NameSense sense) {
    Map<String, ListingEntry> there = new HashMap<>();
    remoteFiles.forEach((path, entry) -> there.put(sense.key(path), entry));
    Set<String> places = new HashSet<>();
    List<FileTask> uploads = new ArrayList<>();
    for (Map.Entry<String, BasicFileAttributes> file : local.files().entrySet()) {
      Path path = source.resolve(file.getKey());
      Optional<String> fault = fault(file.getKey(), places.add(sense.key(file.getKey())));
      if (fault.isPresent()) {
        ledger.failed(printable(path), "", Cause.LOCAL, fault.get());
        continue;
      }
      RemotePath target = remote.top().resolve(file.getKey());
      ListingEntry listed = there.get(sense.key(file.getKey()));
      if (listed != null && mayStay(listed, file.getValue())) {
        unchanged(path.toString(), target.toString());
      } else {
        uploads.add(new Upload(path, file.getValue().size(), target, means));
      }
    }
    return uploads;
  }

  /** Why a file cannot be put. */
  private Optional<String> fault(String file, boolean isFirstOfItsName) {
    if (!isSendable(file)) {
      return Optional.of(UNSENDABLE);
    }
    if (!isFirstOfItsName) {
      return Optional.of("another file has that name there");
    }
    return linkAbove(file).map(link -> link + " is a link on the server, which is not followed");
  }

  /** The link on the server that stands where a folder of this pathname is to be, if any. */
  private Optional<String> linkAbove(String path) {
    for (int slash = path.indexOf('/');
        slash >= 0 && !links.isEmpty();
        slash = path.indexOf('/', slash + 1)) {
      if (links.containsKey(path.substring(0, slash))) {
        return Optional.of(path.substring(0, slash));
      }
    }
    return Optional.empty();
  }

  /** Whether a command can hold a name (RFC 959 section 5.3.1 ends commands with CR LF). */
  static boolean isSendable(String relative) {
    return relative.chars().noneMatch(c -> c == '\r' || c == '\n');
  }

  static String printable(Path path) {
    return Octets.printable(path.toString().replace('\n', '\0'));
  }

  private boolean mayStay(ListingEntry listed, BasicFileAttributes local) {
    return isUpToDate(listed, local) || (isChoosy() && isOlder(local, listed));
  }

  /**
   * Whether a file of the server looks as if the server did not take the time that it was given
   * when it was put: it is whole, and only its time is later.
   */
  Optional<RemotePath> mayLackTime(LocalTree local) {
    return remoteFiles.entrySet().stream()
        .filter(file -> {
          BasicFileAttributes here = local.files().get(file.getKey());
          return here != null
              && file.getValue().sizeBytes().equals(OptionalLong.of(here.size()))
              && isOlder(here, file.getValue());
        })
        .map(file -> remote.top().resolve(file.getKey()))
        .findFirst();
  }

  /**
   * Where the server keeps the times that we set, sizes and times are equal. Elsewhere it notes
   * when a file was stored: then it is up to date if that is not before the local file's last
   * change.
   */
  private boolean isUpToDate(ListingEntry listed, BasicFileAttributes local) {
    OptionalLong size = listed.sizeBytes();
    if (size.isEmpty() || size.getAsLong() != local.size()) {
      return false;
    }
    Optional<Modified> time = listed.modified();
    if (time.isEmpty()) {
      return true;
    }
    return remote.keepsTimes()
        ? time.get().mayBe(instant(local))
        : !time.get().latest().isBefore(instant(local));
  }

  private void unchanged(String source, String target) {
    ledger.ended(new FileResult(source, target, new FileResult.Unchanged()));
  }

  private static Instant instant(BasicFileAttributes file) {
    return file.lastModifiedTime().toInstant();
  }
}
