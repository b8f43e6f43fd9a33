package dev.berth.server;

import dev.berth.session.Denial;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a pathname led: an open folder, a name in it, and what has that name, if anything has. Who
 * finds it closes it, and the folder with it. Confined to one thread.
 */
final class Spot implements Closeable {
  private final Folder folder;
  private final List<Path> way; // the names from the top to the thing itself; empty for the top
  private final @Nullable BasicFileAttributes attributes;

  Spot(Folder folder, List<Path> way, @Nullable BasicFileAttributes attributes) {
    this.folder = folder;
    this.way = List.copyOf(way);
    this.attributes = attributes;
  }

  /** Whether it is the home folder itself, which is in no folder. */
  boolean isTop() {
    return way.isEmpty();
  }

  /** The folder that holds it; of the top the top. */
  Folder folder() {
    return folder;
  }

  /** Its name in the folder. */
  Path name() {
    return way.getLast();
  }

  /** The names from the top to the thing itself, none of them a link's; empty for the top. */
  List<Path> way() {
    return way;
  }

  /** Whether another stands below this. */
  boolean holds(Spot other) {
    return other.way.size() > way.size() && other.way.subList(0, way.size()).equals(way);
  }

  /** Of what has the name, a link that was not followed among it. */
  Optional<BasicFileAttributes> found() {
    return Optional.ofNullable(attributes);
  }

  BasicFileAttributes existing() throws Denial {
    if (attributes == null) {
      throw Denials.notFound();
    }
    return attributes;
  }

  /** The same spot, with what is there now; only one of both is to be closed. */
  Spot again() throws IOException {
    return new Spot(folder, way, folder.find(name()).orElse(null));
  }

  /** The folder that it is, open; closed by the caller, before this. */
  Folder open() throws IOException {
    if (!existing().isDirectory()) {
      throw Denials.notAFolder();
    }
    return isTop() ? folder : folder.open(name());
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
