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
  private final Ledger ledger;
  private final boolean dryRun;

  MirrorPlan(RemoteTree remote, Ledger ledger, boolean dryRun) {
    this.remote = remote;
    this.remoteFiles = remote.files();
    this.ledger = ledger;
    this.dryRun = dryRun;
  }

  /** The files to get; makes the local folders. */
  List<FileTask> down(Path target, Means means) {
    makeLocalFolders(target);
    Set<Path> places = new HashSet<>();
    List<FileTask> downloads = new ArrayList<>();
    for (Map.Entry<String, ListingEntry> file : remoteFiles.entrySet()) {
      RemotePath source = remote.top().resolve(file.getKey());
      Optional<Path> place = place(target, file.getKey());
      if (place.isEmpty()) {
        ledger.failed(source.toString(), "", Cause.LOCAL, "its name cannot be had here");
      } else if (!places.add(place.get())) {
        // The same name in two charsets, say.
        ledger.failed(source.toString(), "", Cause.LOCAL, "another file has that name here");
      } else if (hasSame(place.get(), file.getValue())) {
        unchanged(source.toString(), place.get().toString());
      } else {
        downloads.add(new Download(source, file.getValue(), place.get(), means));
      }
    }
    return downloads;
  }

  private void makeLocalFolders(Path target) {
    if (dryRun) {
      return;
    }
    makeLocalFolder(target);
    for (String folder : remote.folders()) {
      place(target, folder).ifPresent(this::makeLocalFolder);
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

  private static Optional<Path> place(Path target, String relative) {
    Optional<Path> place = Optional.of(target);
    for (String name : relative.split("/", -1)) {
      place = place.flatMap(folder -> LocalNames.place(folder, name));
    }
    return place;
  }

  /** Whether the local file has the size and, as far as the listing tells it, the time. */
  private static boolean hasSame(Path local, ListingEntry listed) {
    try {
      BasicFileAttributes file = Files.readAttributes(local, BasicFileAttributes.class);
      OptionalLong size = listed.sizeBytes();
      return file.isRegularFile()
          && size.isPresent()
          && size.getAsLong() == file.size()
          && listed.modified().map(time -> time.mayBe(instant(file))).orElse(true);
    } catch (IOException notThere) {
      return false;
    }
  }

  /**
   * The folders that the server lacks, outer ones first; the target itself and those above it, if
   * need be.
   */
  List<RemotePath> missingFolders(LocalTree local) {
    List<RemotePath> missing = new ArrayList<>();
    if (!remote.isListed()) {
      for (RemotePath path = remote.top(); !path.equals(RemotePath.ROOT); path = path.parent()) {
        missing.addFirst(path);
      }
    }
    for (String folder : local.folders()) {
      if (isSendable(folder) && !remote.folders().contains(folder)) {
        missing.add(remote.top().resolve(folder));
      }
    }
    return missing;
  }

  /** The files to put. */
  List<FileTask> up(LocalTree local, Path source, Means means) {
    List<FileTask> uploads = new ArrayList<>();
    for (Map.Entry<String, BasicFileAttributes> file : local.files().entrySet()) {
      Path path = source.resolve(file.getKey());
      ListingEntry listed = remoteFiles.get(file.getKey());
      if (!isSendable(file.getKey())) {
        ledger.failed(printable(path), "", Cause.LOCAL, UNSENDABLE);
        continue;
      }
      RemotePath target = remote.top().resolve(file.getKey());
      if (listed != null && isUpToDate(listed, file.getValue())) {
        unchanged(path.toString(), target.toString());
      } else {
        uploads.add(new Upload(path, file.getValue().size(), target, means));
      }
    }
    return uploads;
  }

  /** Whether a command can hold a name (RFC 959 section 5.3.1 ends commands with CR LF). */
  static boolean isSendable(String relative) {
    return relative.chars().noneMatch(c -> c == '\r' || c == '\n');
  }

  static String printable(Path path) {
    return Octets.printable(path.toString().replace('\n', '\0'));
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
