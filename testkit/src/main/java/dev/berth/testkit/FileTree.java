package dev.berth.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A tree of files made up from a seed: the same seed gives the same names, bytes and times.
 *
 * @param files what is in it
 * @param seed what the bytes come from
 */
public record FileTree(List<Entry> files, long seed) {
  private static final Instant FIRST_TIME = Instant.parse("2026-01-02T03:04:05Z");
  private static final int MOST_FAULTS = 10;

  /**
   * One file.
   *
   * @param path relative, with slashes
   * @param sizeBytes 0 or more
   * @param modified whole seconds, as FTP tells no more everywhere
   */
  public record Entry(String path, int sizeBytes, Instant modified) {}

  public FileTree {
    files = List.copyOf(files);
  }

  /**
   * How many small files, and where.
   *
   * @param folders how many folders, {@code folder-00} and so on
   * @param filesEach how many files in each
   * @param sizeBytes how large each is
   */
  public record Shape(int folders, int filesEach, int sizeBytes) {}

  /** The tree of the proofs: 200 files of 10 KiB in 10 folders, and 2 of 50 MiB. */
  public static FileTree standard(long seed) {
    int large = 50 << 20;
    return of(seed, new Shape(10, 20, 10 << 10))
        .with("large/0.bin", large)
        .with("large/1.bin", large);
  }

  /** Small files alone. */
  public static FileTree of(long seed, Shape shape) {
    List<Entry> files = new ArrayList<>();
    for (int folder = 0; folder < shape.folders(); folder++) {
      for (int file = 0; file < shape.filesEach(); file++) {
        String path = "folder-%02d/file-%03d.dat".formatted(folder, file);
        files.add(new Entry(path, shape.sizeBytes(), time(files.size())));
      }
    }
    return new FileTree(files, seed);
  }

  private static Instant time(int number) {
    return FIRST_TIME.plus(Duration.ofMinutes(number));
  }

  /** This tree and one more file, a minute younger than the last. */
  public FileTree with(String path, int sizeBytes) {
    return with(new Entry(path, sizeBytes, time(files.size())));
  }

  /** This tree and one more file. */
  public FileTree with(Entry file) {
    List<Entry> changed = new ArrayList<>(files);
    changed.add(file);
    return new FileTree(changed, seed);
  }

  /**
   * Writes all files into a folder.
   *
   * @throws IOException when that fails
   */
  public void writeTo(Path folder) throws IOException {
    for (Entry file : files) {
      Path path = folder.resolve(file.path());
      Files.createDirectories(path.getParent());
      byte[] content = new byte[file.sizeBytes()];
      new Random(seed ^ file.path().hashCode()).nextBytes(content);
      Files.write(path, content);
      Files.setLastModifiedTime(path, FileTime.from(file.modified()));
    }
  }

  /**
   * Fails unless two folders hold the same files with the same bytes, and no others. Times are not
   * compared.
   *
   * @throws AssertionError naming the files that differ and how (at most ten of them)
   * @throws IOException when one cannot be read
   */
  public static void assertSame(Path expected, Path actual) throws IOException {
    List<String> faults = differences(expected, actual);
    if (!faults.isEmpty()) {
      String shown = String.join("\n  ", faults.subList(0, Math.min(MOST_FAULTS, faults.size())));
      throw new AssertionError(
          "%s differs from %s in %d places:%n  %s"
              .formatted(actual, expected, faults.size(), shown));
    }
  }

  /**
   * What differs between two folders, a line each; empty when nothing does.
   *
   * @throws IOException when one cannot be read
   */
  public static List<String> differences(Path expected, Path actual) throws IOException {
    SortedMap<String, Path> wanted = filesIn(expected);
    SortedMap<String, Path> found = filesIn(actual);
    List<String> faults = new ArrayList<>();
    for (var file : wanted.entrySet()) {
      Path other = found.remove(file.getKey());
      if (other == null) {
        faults.add(file.getKey() + ": missing");
        continue;
      }
      long at = Files.mismatch(file.getValue(), other);
      if (at >= 0) {
        faults.add(
            "%s: differs from byte %d on; %d bytes expected, %d found"
                .formatted(file.getKey(), at, Files.size(file.getValue()), Files.size(other)));
      }
    }
    found.keySet().forEach(extra -> faults.add(extra + ": not expected"));
    return faults;
  }

  private static SortedMap<String, Path> filesIn(Path folder) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .forEach(path -> files.put(folder.relativize(path).toString(), path));
    }
    return files;
  }
}
