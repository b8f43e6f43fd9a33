package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What a file system takes for the same name. */
enum NameSense {
  /** Only the same characters. */
  EXACT,
  /** Letters of either size, composed or not: Windows, macOS, vfat. */
  FOLDED;

  /** A text that is equal for names that are the same. */
  String key(String name) {
    return this == EXACT ? name : fold(name);
  }

  /** The keys of names. */
  Set<String> keys(Collection<String> names) {
    Set<String> keys = new HashSet<>();
    names.forEach(name -> keys.add(key(name)));
    return keys;
  }

  /** Whether names are among these that some file systems cannot hold beside each other. */
  static boolean hasTwins(Collection<String> names) {
    return FOLDED.keys(names).size() < names.size();
  }

  private static String fold(String name) {
    boolean isAscii = name.chars().allMatch(c -> c < 128);
    String composed = isAscii ? name : Normalizer.normalize(name, Normalizer.Form.NFC);
    return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  /**
   * That of a local folder: makes a file there, looks for it under a name of other letters, and
   * removes it. Where none can be made nothing else can, and names do not matter.
   */
  static NameSense of(Path folder) {
    String name = TemporaryName.random();
    try {
      Path probe = Files.createFile(folder.resolve(name));
      try {
        return Files.exists(folder.resolve(name.toUpperCase(Locale.ROOT))) ? FOLDED : EXACT;
      } finally {
        Files.delete(probe);
      }
    } catch (IOException unwritable) {
      return EXACT;
    }
  }

  /** That of a server, by a folder made and removed again as {@link #of(Path)} does. */
  static NameSense of(FtpConnection connection, RemotePath folder) throws IOException {
    RemotePath probe = folder.resolve(TemporaryName.random());
    connection.makeFolder(probe);
    try {
      RemotePath other = folder.resolve(probe.name().toUpperCase(Locale.ROOT));
      return connection.find(other).isPresent() ? FOLDED : EXACT;
    } finally {
      connection.removeFolder(probe);
    }
  }
}
