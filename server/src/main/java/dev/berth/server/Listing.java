package dev.berth.server;

import dev.berth.session.Denial;
import dev.berth.session.Entries;
import dev.berth.session.Entry;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What is in a folder, read as it is asked for: a folder of a million files takes no more memory
 * than one of ten. Confined to the thread that lists.
 */
final class Listing implements Entries {
  private final Tree tree;
  private final Describer describer;
  private final Folder folder;
  private final List<Path> way;
  private final DirectoryStream<Path> stream;
  private final Iterator<Path> names;

  /**
   * Of a folder.
   *
   * @param folder closed with this
   * @param way its names from the top
   */
  Listing(Tree tree, Describer describer, Folder folder, List<Path> way) throws IOException {
    this.tree = tree;
    this.describer = describer;
    this.folder = folder;
    this.way = way;
    this.stream = folder.names();
    this.names = stream.iterator();
  }

  @Override
  public Optional<Entry> next() throws IOException {
    try {
      while (names.hasNext()) {
        Optional<Entry> entry = describe(names.next().getFileName());
        if (entry.isPresent()) {
          return entry;
        }
      }
      return Optional.empty();
    } catch (DirectoryIteratorException e) {
      throw Denials.told(Denials.cause(e));
    }
  }

  private Optional<Entry> describe(Path found) throws IOException {
    String name = tree.names().text(found);
    if (Names.isReserved(name) || !Names.canBeSaid(name)) {
      return Optional.empty();
    }
    try {
      BasicFileAttributes attributes = folder.attributes(found);
      if (!attributes.isSymbolicLink()) {
        return Optional.of(describer.found(name, folder, found, attributes));
      }
      return switch (tree.links()) {
        case HIDE -> Optional.empty();
        case REFUSE -> Optional.of(describer.found(name, folder, found, attributes));
        case FOLLOW_INSIDE -> Optional.of(followed(name, found, attributes));
      };
    } catch (NoSuchFileException vanished) {
      return Optional.empty();
    }
  }

  /** What it leads to, under its name; a link that leads nowhere as a link. */
  private Entry followed(String name, Path found, BasicFileAttributes link) throws IOException {
    Optional<Entry> target;
    try {
      target = Denials.told(() -> target(name, found));
    } catch (Denial leadsNowhere) {
      target = Optional.empty();
    }
    return target.isPresent() ? target.get() : describer.found(name, folder, found, link);
  }

  private Optional<Entry> target(String name, Path found) throws IOException {
    try (Spot spot = tree.find(way, found)) {
      if (spot.isTop()) {
        return Optional.of(describer.top(spot.folder(), name));
      }
      Optional<BasicFileAttributes> there = spot.found();
      return there.isEmpty()
          ? Optional.empty()
          : Optional.of(describer.found(name, spot.folder(), spot.name(), there.get()));
    }
  }

  @Override
  public void close() throws IOException {
    try (folder) {
      stream.close();
    }
  }
}
