package dev.berth.transfer;

import dev.berth.transfer.FileResult.Cause;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What stands below a local folder, by pathnames relative to it with {@code /} between names.
 *
 * @param files with their sizes and times
 * @param folders without the top itself
 */
record LocalTree(NavigableMap<String, BasicFileAttributes> files, NavigableSet<String> folders) {
  /**
   * Walks a folder. Links are passed over, and what cannot be read has failed; both are told to the
   * ledger.
   */
  static LocalTree walk(Path top, Ledger ledger) throws IOException {
    LocalTree tree = new LocalTree(new TreeMap<>(), new TreeSet<>());
    Files.walkFileTree(top, new Visitor(top, tree, ledger));
    return tree;
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path top;
    private final LocalTree tree;
    private final Ledger ledger;

    Visitor(Path top, LocalTree tree, Ledger ledger) {
      this.top = top;
      this.tree = tree;
      this.ledger = ledger;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (!folder.equals(top)) {
        tree.folders().add(relative(folder));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (!attributes.isRegularFile()) {
        ledger.note("passed over, no file or folder: " + file);
      } else if (!TemporaryName.is(file.getFileName().toString())) {
        tree.files().put(relative(file), attributes);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(top)) {
        throw failure;
      }
      ledger.failed(file.toString(), "", Cause.LOCAL, Words.of(failure));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
      if (failure != null) {
        ledger.failed(folder.toString(), "", Cause.LOCAL, Words.of(failure));
      }
      return FileVisitResult.CONTINUE;
    }

    private String relative(Path path) {
      List<String> names = new ArrayList<>();
      top.relativize(path).forEach(name -> names.add(name.toString()));
      return String.join("/", names);
    }
  }
}
