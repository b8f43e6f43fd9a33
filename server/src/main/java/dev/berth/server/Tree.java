package dev.berth.server;

import dev.berth.session.Denial;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * All that is below one home folder, and nothing else. Every pathname is walked from the top, name
 * by name, from open folder to open folder, none of them a link: what a link holds is walked in its
 * place, from the top again. So no race can lead outside. Any thread may call it.
 */
final class Tree {
  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  private final Path top;
  private final Links links;
  private final Names names;
  private final Staging staging;
  private final OwnerNames owners;

  /**
   * Below a folder.
   *
   * @param top its real path
   */
  Tree(Path top, Links links, OwnerNames owners) {
    this.top = top;
    this.links = links;
    this.owners = owners;
    this.names = new Names(top.getFileSystem());
    this.staging = new Staging(top);
  }

  Names names() {
    return names;
  }

  Links links() {
    return links;
  }

  /** Opens the top; closed by the caller. */
  @SuppressWarnings("StreamResourceLeak") // The folder has it.
  Folder open() throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(top);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return new SecureFolder(secure, top, staging, owners);
    }
    stream.close();
    return new PathFolder(top);
  }

  /** Where a pathname leads, a link at its end followed if it may be; closed by the caller. */
  Spot find(RemotePath path) throws IOException {
    return new Walk(parts(path), true).go();
  }

  /** As {@link #find}, and a link at the end is what is looked for. */
  Spot findItself(RemotePath path) throws IOException {
    return new Walk(parts(path), false).go();
  }

  /** As {@link #find}, of a thing in a folder that was found before. */
  Spot find(List<Path> folder, Path name) throws IOException {
    Deque<Path> parts = new ArrayDeque<>(folder);
    parts.addLast(name);
    return new Walk(parts, true).go();
  }

  private Deque<Path> parts(RemotePath path) throws Denial {
    Deque<Path> parts = new ArrayDeque<>();
    for (String name : path.value().substring(1).split("/", -1)) {
      if (!name.isEmpty()) {
        parts.addLast(names.path(name));
      }
    }
    return parts;
  }

  /**
   * Whether what a link holds, taken by its names alone, leads to something below the top.
   *
   * @param folder in which the link is
   */
  boolean staysByName(Folder folder, Path text) {
    int depth = folder.path().getNameCount() - top.getNameCount();
    for (Path part : text) {
      depth +=
          switch (part.toString()) {
            case ".." -> -1;
            case ".", "" -> 0;
            default -> 1;
          };
      if (depth < 0) {
        return false;
      }
    }
    return !text.isAbsolute();
  }

  /** One walk from the top. Confined to the thread that walks. */
  private final class Walk {
    private final Deque<Path> ahead;
    private final boolean followsLast;
    private final List<Path> way = new ArrayList<>();
    private int followed;

    Walk(Deque<Path> ahead, boolean followsLast) {
      this.ahead = ahead;
      this.followsLast = followsLast;
    }

    Spot go() throws IOException {
      Folder at = open();
      boolean found = false;
      try {
        while (!ahead.isEmpty()) {
          Path name = ahead.removeFirst();
          Optional<BasicFileAttributes> thing = look(at, name);
          if (isFollowed(at, name, thing)) {
            at.close();
            at = open();
          } else if (ahead.isEmpty()) {
            way.add(name);
            found = true;
            return new Spot(at, way, thing.orElse(null));
          } else {
            Folder next = enter(at, name, thing);
            at.close();
            at = next;
            way.add(name);
          }
        }
        found = true;
        return new Spot(at, way, at.attributes());
      } finally {
        if (!found) {
          at.close();
        }
      }
    }

    private Optional<BasicFileAttributes> look(Folder at, Path name) throws IOException {
      if (name.toString().equals("..")) {
        return Optional.empty();
      }
      if (Names.isReserved(name.toString())) {
        throw Denials.notFound();
      }
      return at.find(name);
    }

    /** Puts what a link holds, or the folder above, before what is still to be walked. */
    private boolean isFollowed(Folder at, Path name, Optional<BasicFileAttributes> thing)
        throws IOException {
      if (name.toString().equals("..")) {
        if (way.isEmpty()) {
          throw Denials.linkNotFollowed();
        }
        way.removeLast();
        restart(List.of());
        return true;
      }
      boolean isLink = thing.map(BasicFileAttributes::isSymbolicLink).orElse(false);
      if (!isLink || (ahead.isEmpty() && !followsLast)) {
        return false;
      }
      Optional<List<Path>> target =
          links == Links.FOLLOW_INSIDE ? inside(at, name) : Optional.empty();
      if (target.isPresent()) {
        if (++followed > MOST_LINKS) {
          throw new Denial(Denial.Reason.NOT_FOUND, "Too many links.");
        }
        restart(target.get());
        return true;
      }
      if (!ahead.isEmpty()) {
        throw links == Links.HIDE ? Denials.notFound() : Denials.linkNotFollowed();
      }
      return false;
    }

    /** Walks the way again, then what is given, then what was still to be walked. */
    private void restart(List<Path> more) {
      for (Path name : more.reversed()) {
        ahead.addFirst(name);
      }
      for (Path name : way.reversed()) {
        ahead.addFirst(name);
      }
      way.clear();
    }

    /**
     * The names that a link holds, to be walked from where it stands; nothing if it leads outside.
     * One that holds an absolute pathname, or climbs above the top, is looked at as the system sees
     * it: it may come back in. What it was taken for is then walked like any other.
     */
    private Optional<List<Path>> inside(Folder at, Path name) throws IOException {
      Path text = at.linkTarget(name);
      if (staysByName(at, text)) {
        return Optional.of(partsOf(text));
      }
      try {
        Path real = at.path().resolve(text).toRealPath();
        if (!real.startsWith(top)) {
          return Optional.empty();
        }
        way.clear();
        return Optional.of(partsOf(top.relativize(real)));
      } catch (IOException leadsNowhere) {
        return Optional.empty();
      }
    }

    private List<Path> partsOf(Path text) {
      List<Path> parts = new ArrayList<>();
      for (Path part : text) {
        if (!part.toString().isEmpty() && !part.toString().equals(".")) {
          parts.add(part);
        }
      }
      return parts;
    }

    private Folder enter(Folder at, Path name, Optional<BasicFileAttributes> thing)
        throws IOException {
      if (thing.isEmpty()) {
        throw Denials.notFound();
      }
      if (!thing.get().isDirectory()) {
        throw Denials.notAFolder();
      }
      try {
        return at.open(name);
      } catch (NotDirectoryException swapped) {
        throw Denials.notAFolder();
      }
    }
  }
}
