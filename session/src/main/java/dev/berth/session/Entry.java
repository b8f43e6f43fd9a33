package dev.berth.session;

import java.time.Instant;
import java.util.Set;

/**
 * One thing in a folder, as far as a listing tells it.
 *
 * @param name the last part of its pathname; see {@link dev.berth.wire.Octets}
 * @param kind what it is
 * @param size in bytes; of a folder whatever its file system says
 * @param modified when its content was last changed
 * @param mode permissions as in chmod: 0 to 07777
 * @param links how many names it has
 * @param owner the name of its owner, or a number; never empty
 * @param group likewise
 * @param unique the same for two names of one thing, and for nothing else; empty if not known
 * @param rights what this user may do with it
 */
public record Entry(
    String name,
    Kind kind,
    long size,
    Instant modified,
    int mode,
    int links,
    String owner,
    String group,
    String unique,
    Set<Right> rights) {
  /** What a thing can be. */
  public sealed interface Kind {
    /** A file with content. */
    record File() implements Kind {}

    /** A folder. */
    record Folder() implements Kind {}

    /**
     * A symbolic link that is shown, not followed.
     *
     * @param target as it is written
     */
    record Link(String target) implements Kind {}

    /** A device, a socket, a pipe: shown, of no use. */
    record Other() implements Kind {}

    /**
     * What has come of a file whose upload was cut, while nothing has its name: asked for its size,
     * to store the rest of it behind that (STOR behind REST, APPE). It is not listed and cannot be
     * retrieved: no file is there yet.
     */
    record Part() implements Kind {}
  }

  /** The letters of the fact {@code perm} (RFC 3659 section 7.5.5). */
  public enum Right {
    /** APPE to it. */
    APPEND('a'),
    /** Store a new file in it. */
    CREATE('c'),
    /** Delete it. */
    DELETE('d'),
    /** CWD into it. */
    ENTER('e'),
    /** Rename it. */
    RENAME('f'),
    /** List it. */
    LIST('l'),
    /** MKD in it. */
    MAKE_FOLDER('m'),
    /** Delete what is in it. */
    PURGE('p'),
    /** RETR it. */
    RETRIEVE('r'),
    /** STOR over it. */
    STORE('w');

    private final char letter;

    Right(char letter) {
      this.letter = letter;
    }

    /** As RFC 3659 has it. */
    public char letter() {
      return letter;
    }
  }

  public Entry {
    rights = Set.copyOf(rights);
  }

  /** Whether it is a folder. */
  public boolean isFolder() {
    return kind instanceof Kind.Folder;
  }

  /** Whether it is a file with content. */
  public boolean isFile() {
    return kind instanceof Kind.File;
  }
}
