package dev.berth.transfer;

import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What only the target of a mirror has, by pathnames relative to its top.
 *
 * @param things files, links, folders and all in them, in the order of their names
 * @param staying those of them that are folders and hold something that is to be left alone
 */
record Extraneous(NavigableSet<String> things, NavigableSet<String> staying) {
  /**
   * Compares.
   *
   * @param there all that the target has, but for what is to be left alone
   * @param left what is to be left alone
   * @param isInSource whether the source has something of this name, of whatever kind
   * @param isPassedOver whether the source has it, and nobody has looked what is behind it: a link
   */
  static Extraneous of(
      NavigableSet<String> there,
      NavigableSet<String> left,
      Predicate<String> isInSource,
      Predicate<String> isPassedOver) {
    NavigableSet<String> things = new TreeSet<>(there);
    things.removeIf(path -> isInSource.test(path) || isBehind(path, isPassedOver));
    NavigableSet<String> staying = new TreeSet<>();
    for (String path : left) {
      for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        String folder = path.substring(0, end);
        if (things.contains(folder)) {
          staying.add(folder);
        }
      }
    }
    return new Extraneous(things, staying);
  }

  private static boolean isBehind(String path, Predicate<String> isPassedOver) {
    for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (isPassedOver.test(path.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  /** What is to be removed, by name; what a folder holds comes after it. */
  NavigableSet<String> removable() {
    NavigableSet<String> removable = new TreeSet<>(things);
    removable.removeAll(staying);
    return removable;
  }

  /** The things whose folder is not one of them. */
  SortedSet<String> roots() {
    SortedSet<String> roots = new TreeSet<>(things);
    roots.removeIf(
        path -> path.indexOf('/') > 0 && things.contains(path.substring(0, path.lastIndexOf('/'))));
    return roots;
  }
}
