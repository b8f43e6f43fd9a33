package dev.berth.server;

import dev.berth.session.Denial;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/** Removes from one home what uploads and makers of folders have left that nobody will end. */
final class Cleaning {
  private final Home home;
  private final Uploads uploads;
  private final Instant before;

  /**
   * A cleaning.
   *
   * @param before what was last changed then or later stays
   */
  Cleaning(Home home, Uploads uploads, Instant before) {
    this.home = home;
    this.uploads = uploads;
    this.before = before;
  }

  void run() throws IOException {
    Walker.walk(home.tree(), this::look);
    try (Folder top = home.tree().open()) {
      Path staging = top.path().getFileSystem().getPath(Names.STAGING);
      if (top.find(staging).map(BasicFileAttributes::isDirectory).orElse(false)) {
        clear(top, staging);
      }
    }
  }

  private void look(Folder folder, Path name, BasicFileAttributes attributes) throws IOException {
    if (Names.isPart(name.toString()) && isOld(attributes)) {
      try {
        uploads.deletePart(home, folder, name);
      } catch (Denial running) {
        return;
      }
    }
  }

  private boolean isOld(BasicFileAttributes attributes) {
    return attributes.lastModifiedTime().toInstant().isBefore(before);
  }

  /** Folders that were made and never moved, as the program died between. */
  private void clear(Folder top, Path staging) throws IOException {
    try (Folder staged = top.open(staging)) {
      for (Path name : staged.listed()) {
        // One that is not old may be moved to its place just now.
        if (staged.find(name).filter(this::isOld).isPresent()) {
          staged.deleteFolder(name);
        }
      }
    }
  }
}
