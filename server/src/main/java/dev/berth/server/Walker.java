package dev.berth.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Looks at every file below a home, folder by open folder, following no link. */
final class Walker {
  /** Each has a folder open; deeper, nothing is looked at. */
  private static final int DEEPEST = 256;

  /** Is told of a file. */
  @FunctionalInterface
  interface Visitor {
    void found(Folder folder, Path name, BasicFileAttributes attributes) throws IOException;
  }

  private final Visitor visitor;

  private Walker(Visitor visitor) {
    this.visitor = visitor;
  }

  /** Tells of every regular file. What vanishes meanwhile, or may not be read, is left out. */
  static void walk(Tree tree, Visitor visitor) throws IOException {
    try (Folder top = tree.open()) {
      new Walker(visitor).walk(top, 0);
    }
  }

  /** How much there is, what has come of cut uploads among it. */
  static Usage.Amount count(Tree tree) throws IOException {
    long[] sums = new long[2];
    walk(
        tree,
        (folder, name, attributes) -> {
          sums[0] += attributes.size();
          sums[1]++;
        });
    return new Usage.Amount(sums[0], sums[1]);
  }

  private void walk(Folder folder, int depth) throws IOException {
    for (Path name : foldersIn(folder)) {
      if (depth < DEEPEST) {
        enter(folder, name, depth);
      }
    }
  }

  private void enter(Folder folder, Path name, int depth) throws IOException {
    try (Folder below = folder.open(name)) {
      walk(below, depth + 1);
    } catch (NoSuchFileException | AccessDeniedException leftOut) {
      return;
    }
  }

  /** Tells of the files; the folders come later, so that no listing stays open meanwhile. */
  private List<Path> foldersIn(Folder folder) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> names = folder.names()) {
      for (Path found : names) {
        look(folder, found.getFileName(), folders);
      }
    } catch (DirectoryIteratorException e) {
      throw Denials.cause(e);
    }
    return folders;
  }

  private void look(Folder folder, Path name, List<Path> folders) throws IOException {
    try {
      BasicFileAttributes attributes = folder.attributes(name);
      if (attributes.isDirectory()) {
        folders.add(name);
      } else if (attributes.isRegularFile()) {
        visitor.found(folder, name, attributes);
      }
    } catch (NoSuchFileException vanished) {
      return;
    }
  }
}
