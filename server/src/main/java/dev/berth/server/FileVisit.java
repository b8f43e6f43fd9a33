package dev.berth.server;

import dev.berth.session.Denial;
import dev.berth.session.Entries;
import dev.berth.session.Entry;
import dev.berth.session.Incoming;
import dev.berth.session.Outgoing;
import dev.berth.session.StoreWay;
import dev.berth.session.Throttle;
import dev.berth.session.Visit;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One account's view of its home: what may be done is judged here, and done by {@link Tree} and
 * {@link Uploads}. Nothing is open between two calls. Called by one thread at a time.
 */
final class FileVisit implements Visit {
  private final Account account;
  private final Home home;
  private final Uploads uploads;
  private final Throttle throttle;
  private final Describer describer;
  private final RemotePath start;

  FileVisit(Account account, Home home, Uploads uploads, Throttle throttle) throws IOException {
    this.account = account;
    this.home = home;
    this.uploads = uploads;
    this.throttle = throttle;
    this.describer = new Describer(home.tree(), account);
    this.start = isFolder(account.start()) ? account.start() : RemotePath.ROOT;
  }

  private boolean isFolder(RemotePath path) throws IOException {
    try (Spot spot = home.tree().find(path)) {
      return spot.found().map(BasicFileAttributes::isDirectory).orElse(false);
    } catch (Denial notThere) {
      return false;
    }
  }

  @Override
  public RemotePath home() {
    return start;
  }

  @Override
  public Entry entry(RemotePath path) throws IOException {
    return Denials.told(() -> {
      try (Spot spot = home.tree().find(path)) {
        return spot.isTop() ? describer.top(spot.folder(), "") : entry(path.name(), spot);
      }
    });
  }

  private Entry entry(String name, Spot spot) throws IOException {
    Optional<BasicFileAttributes> part =
        spot.found().isEmpty() && account.may(Permission.OVERWRITE)
            ? uploads.part(home, spot)
            : Optional.empty();
    if (part.isPresent()) {
      Path partName = home.tree().names().part(spot.name());
      return describer.part(name, spot.folder(), partName, part.get());
    }
    BasicFileAttributes found = seen(spot);
    if (!found.isDirectory() && !account.may(Permission.LIST) && !account.may(Permission.READ)) {
      throw Denials.notFound();
    }
    return describer.found(name, spot.folder(), spot.name(), found);
  }

  /** What is there, unless it is a link that is hidden. */
  private BasicFileAttributes seen(Spot spot) throws Denial {
    BasicFileAttributes found = spot.existing();
    if (found.isSymbolicLink() && home.tree().links() == Links.HIDE) {
      throw Denials.notFound();
    }
    return found;
  }

  @Override
  public Entries list(RemotePath folder) throws IOException {
    demand(Permission.LIST);
    return Denials.told(() -> {
      Spot spot = home.tree().find(folder);
      boolean opened = false;
      try {
        seen(spot);
        Folder open = spot.open();
        Listing listing = new Listing(home.tree(), describer, open, spot.way());
        opened = true;
        return listing;
      } finally {
        if (!opened || !spot.isTop()) {
          spot.close();
        }
      }
    });
  }

  private void demand(Permission permission) throws Denial {
    if (!account.may(permission)) {
      throw Denials.notPermitted();
    }
  }

  @Override
  public Outgoing retrieve(RemotePath file, long offset) throws IOException {
    demand(Permission.READ);
    return Denials.told(() -> {
      try (Spot spot = home.tree().find(file)) {
        demandFile(spot);
        SeekableByteChannel open =
            spot.folder().file(spot.name(), Set.of(StandardOpenOption.READ), 0);
        boolean positioned = false;
        try {
          Download download = new Download(open, offset);
          positioned = true;
          return download;
        } finally {
          if (!positioned) {
            open.close();
          }
        }
      }
    });
  }

  /** A pipe would hold whoever opens it. */
  private void demandFile(Spot spot) throws Denial {
    BasicFileAttributes found = seen(spot);
    if (found.isSymbolicLink()) {
      throw Denials.notPermitted();
    }
    if (!found.isRegularFile()) {
      throw Denials.notAFile();
    }
  }

  @Override
  public Incoming store(RemotePath file, StoreWay way) throws IOException {
    if (!account.may(Permission.STORE) && !account.may(Permission.OVERWRITE)) {
      throw Denials.notPermitted();
    }
    return Denials.told(() -> {
      if (!account.quota().isNone()) {
        home.usage().know(() -> Walker.count(home.tree()));
      }
      return uploads.begin(home, account, file, way);
    });
  }

  @Override
  public void makeFolder(RemotePath folder) throws IOException {
    demand(Permission.MAKE_FOLDER);
    Denials.told(() -> {
      if (folder.equals(RemotePath.ROOT)) {
        throw Denials.taken();
      }
      home.tree().names().newPath(folder.name());
      try (Spot spot = home.tree().findItself(folder)) {
        if (spot.isTop() || spot.found().isPresent()) {
          throw Denials.taken();
        }
        spot.folder().makeFolder(spot.name(), 0777 & ~account.umask());
      }
      return folder;
    });
  }

  @Override
  public void removeFolder(RemotePath folder) throws IOException {
    demand(Permission.DELETE);
    Denials.told(() -> {
      try (Spot spot = home.tree().findItself(folder)) {
        demandBelowStart(spot);
        if (!seen(spot).isDirectory()) {
          throw new Denial(Denial.Reason.NOT_A_FOLDER, "That is no folder.");
        }
        try {
          spot.folder().deleteFolder(spot.name());
        } catch (DirectoryNotEmptyException e) {
          deleteParts(spot);
          spot.folder().deleteFolder(spot.name());
        }
      }
      return folder;
    });
  }

  /** What is left of cut uploads, and seen by nobody, keeps no folder. */
  private void deleteParts(Spot spot) throws IOException {
    try (Folder folder = spot.open()) {
      List<Path> parts = folder.listed();
      if (!parts.stream().allMatch(part -> Names.isPart(part.toString()))) {
        throw new DirectoryNotEmptyException(spot.name().toString());
      }
      for (Path part : parts) {
        uploads.deletePart(home, folder, part);
      }
    }
  }

  /** The top, and where a session begins, stay. */
  private void demandBelowStart(Spot spot) throws IOException {
    if (spot.isTop() || startsWith(spot)) {
      throw Denials.notPermitted();
    }
  }

  private boolean startsWith(Spot spot) throws IOException {
    if (start.equals(RemotePath.ROOT)) {
      return false;
    }
    try (Spot begin = home.tree().find(start)) {
      return spot.way().equals(begin.way()) || spot.holds(begin);
    } catch (Denial gone) {
      return false;
    }
  }

  @Override
  public void delete(RemotePath file) throws IOException {
    demand(Permission.DELETE);
    Denials.told(() -> {
      try (Spot spot = home.tree().findItself(file)) {
        if (spot.isTop()) {
          throw Denials.notAFile();
        }
        if (spot.found().isEmpty() && uploads.deletePart(home, spot)) {
          return file;
        }
        BasicFileAttributes found = seen(spot);
        if (found.isDirectory()) {
          throw Denials.notAFile();
        }
        spot.folder().deleteFile(spot.name());
        gone(found);
      }
      return file;
    });
  }

  private void gone(BasicFileAttributes file) {
    if (file.isRegularFile()) {
      home.usage().change(new Usage.Amount(-file.size(), -1));
    }
  }

  @Override
  public void checkRenaming(RemotePath from) throws IOException {
    demand(Permission.RENAME);
    Denials.told(() -> {
      try (Spot spot = home.tree().findItself(from)) {
        demandBelowStart(spot);
        return seen(spot);
      }
    });
  }

  @Override
  public void rename(RemotePath from, RemotePath to) throws IOException {
    demand(Permission.RENAME);
    Denials.told(() -> {
      if (to.equals(RemotePath.ROOT)) {
        throw Denials.taken();
      }
      home.tree().names().newPath(to.name());
      try (Spot source = home.tree().findItself(from);
          Spot target = home.tree().findItself(to)) {
        demandBelowStart(source);
        seen(source);
        if (source.way().equals(target.way())) {
          return to;
        }
        demandRoom(source, target);
        if (target.found().isEmpty()) {
          uploads.deletePart(home, target);
        }
        source.folder().move(source.name(), target.folder(), target.name());
        target.found().ifPresent(this::gone);
      }
      return to;
    });
  }

  private void demandRoom(Spot source, Spot target) throws Denial {
    if (source.holds(target)) {
      throw new Denial(Denial.Reason.NOT_PERMITTED, "A folder cannot be moved into itself.");
    }
    Optional<BasicFileAttributes> taken = target.found();
    if (taken.isEmpty()) {
      return;
    }
    if (taken.get().isDirectory() || source.existing().isDirectory()) {
      throw Denials.taken();
    }
    demand(Permission.OVERWRITE);
  }

  @Override
  public void setModified(RemotePath file, Instant modified) throws IOException {
    change(file, spot -> spot.folder().setModified(spot.name(), FileTime.from(modified)));
  }

  @Override
  public void setMode(RemotePath file, int mode) throws IOException {
    change(file, spot -> spot.folder().setMode(spot.name(), mode & 0777 & ~account.umask()));
  }

  /** Something that is done to what has been found. */
  @FunctionalInterface
  private interface Change {
    void at(Spot spot) throws IOException;
  }

  private void change(RemotePath file, Change change) throws IOException {
    demand(Permission.OVERWRITE);
    Denials.told(() -> {
      try (Spot spot = home.tree().find(file)) {
        if (spot.isTop()) {
          throw Denials.notPermitted();
        }
        if (!seen(spot).isDirectory()) {
          demandFile(spot);
        }
        change.at(spot);
      }
      return file;
    });
  }

  @Override
  public OptionalLong available(RemotePath folder) throws IOException {
    return Denials.told(() -> {
      long disk;
      try (Spot spot = home.tree().find(folder);
          Folder open = spot.open()) {
        disk = Files.getFileStore(open.path()).getUsableSpace();
      }
      if (account.quota().isNone()) {
        return OptionalLong.of(disk);
      }
      home.usage().know(() -> Walker.count(home.tree()));
      OptionalLong left = home.usage().left(account.quota());
      return OptionalLong.of(Math.min(disk, left.orElse(disk)));
    });
  }

  @Override
  public Throttle throttle() {
    return throttle;
  }

  @Override
  public void close() {
    // Nothing is open between two calls.
  }
}
