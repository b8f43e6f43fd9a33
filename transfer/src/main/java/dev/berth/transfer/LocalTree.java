package dev.berth.transfer;

import dev.berth.transfer.FileResult.Cause;
import dev.berth.transfer.MirrorSettings.Links;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What stands below a local folder, by pathnames relative to it with {@code /} between names.
 *
 * @param files with their sizes and times
 * @param folders without the top itself
 * @param others links that are not followed, and things that are neither file nor folder
 * @param left what is there and to be left alone: it is excluded, or a file under way
 */
record LocalTree(
    NavigableMap<String, BasicFileAttributes> files,
    NavigableSet<String> folders,
    NavigableSet<String> others,
    NavigableSet<String> left) {
  private LocalTree() {
    this(new TreeMap<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
  }

  /**
   * Walks a folder that is to be moved. Links that are not followed are passed over, and what
   * cannot be read has failed; both are told to the ledger.
   */
  static LocalTree walk(Path top, MirrorSettings mirror, Ledger ledger) throws IOException {
    return walk(top, mirror, mirror.links() == Links.FOLLOW, true, ledger);
  }

  /** Walks a folder in which things may be removed: no link is followed. */
  static LocalTree survey(Path top, MirrorSettings mirror, Ledger ledger) throws IOException {
    return walk(top, mirror, false, false, ledger);
  }

  private static LocalTree walk(
      Path top, MirrorSettings mirror, boolean follows, boolean tells, Ledger ledger)
      throws IOException {
    LocalTree tree = new LocalTree();
    // The top itself is meant wherever a link there leads.
    Path real = Files.isSymbolicLink(top) ? top.toRealPath() : top;
    Set<FileVisitOption> options =
        follows ? EnumSet.of(FileVisitOption.FOLLOW_LINKS) : EnumSet.noneOf(FileVisitOption.class);
    Files.walkFileTree(
        real, options, Integer.MAX_VALUE, new Visitor(real, tree, mirror.rules(), tells, ledger));
    return tree;
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path top;
    private final LocalTree tree;
    private final PathRules rules;
    private final boolean tells;
    private final Ledger ledger;

    Visitor(Path top, LocalTree tree, PathRules rules, boolean tells, Ledger ledger) {
      this.top = top;
      this.tree = tree;
      this.rules = rules;
      this.tells = tells;
      this.ledger = ledger;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (folder.equals(top)) {
        return FileVisitResult.CONTINUE;
      }
      String path = relative(folder);
      if (rules.excludes(path, true)) {
        tree.left().add(path);
        return FileVisitResult.SKIP_SUBTREE;
      }
      tree.folders().add(path);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String path = relative(file);
      if (TemporaryName.is(file.getFileName().toString()) || rules.excludes(path, false)) {
        tree.left().add(path);
      } else if (attributes.isRegularFile()) {
        tree.files().put(path, attributes);
      } else {
        passOver(file, attributes.isSymbolicLink() ? "a link" : "no file or folder");
      }
      return FileVisitResult.CONTINUE;
    }

    private void passOver(Path file, String why) {
      tree.others().add(relative(file));
      if (tells) {
        ledger.note("passed over, " + why + ": " + file);
      }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(top)) {
        throw failure;
      }
      if (rules.excludes(relative(file), Files.isDirectory(file))) {
        tree.left().add(relative(file));
      } else if (failure instanceof FileSystemLoopException) {
        passOver(file, "a link that leads back to where it stands");
      } else {
        ledger.failed(file.toString(), "", Cause.LOCAL, Words.of(failure));
      }
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
