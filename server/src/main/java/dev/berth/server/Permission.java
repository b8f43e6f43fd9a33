package dev.berth.server;

import java.util.Set;

/** What an account may do. */
public enum Permission {
  /** List folders, and be told of files. */
  LIST,
  /** Retrieve files. */
  READ,
  /** Store files under names that nothing has. */
  STORE,
  /**
   * Change files that are there: store over them, append to them, set their time and mode; go on
   * with an upload that was cut.
   */
  OVERWRITE,
  /** Delete files and empty folders. */
  DELETE,
  /** Rename; over a file only with {@link #OVERWRITE}. */
  RENAME,
  /** Make folders. */
  MAKE_FOLDER;

  /** Everything. */
  public static final Set<Permission> ALL = Set.of(values());

  /** Look and take, change nothing. */
  public static final Set<Permission> READ_ONLY = Set.of(LIST, READ);

  /** Leave new files, see none. */
  public static final Set<Permission> DROP_BOX = Set.of(STORE);
}
