package dev.berth.session;

import dev.berth.wire.RemotePath;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * One user's view of the files, for the length of one session: made at the login, closed by the
 * session. Called by one thread at a time.
 *
 * <p>Pathnames are absolute and without {@code .} and {@code ..}; {@code /} is the top of what this
 * user can see. Every call may block. Each throws {@link Denial} for what the user has to be told,
 * and any other {@link IOException} for what only the operator can mend.
 */
public interface Visit extends Closeable {
  /** Where the session begins. */
  RemotePath home();

  /** What is there, links followed where that is allowed. */
  Entry entry(RemotePath path) throws IOException;

  /**
   * What is in a folder, without {@code .} and {@code ..}, in no order.
   *
   * @return closed by the caller
   */
  Entries list(RemotePath folder) throws IOException;

  /**
   * The content of a file.
   *
   * @param offset where to begin, in bytes
   * @return closed by the caller
   */
  Outgoing retrieve(RemotePath file, long offset) throws IOException;

  /**
   * Begins to store a file.
   *
   * @return ended by the caller with {@link Incoming#keep}, and closed
   */
  Incoming store(RemotePath file, StoreWay way) throws IOException;

  /** Makes a folder. */
  void makeFolder(RemotePath folder) throws IOException;

  /** Removes an empty folder. */
  void removeFolder(RemotePath folder) throws IOException;

  /** Deletes a file or a link. */
  void delete(RemotePath file) throws IOException;

  /** Asked at RNFR: whether there is something, and it may be renamed. */
  void checkRenaming(RemotePath from) throws IOException;

  /** Renames, in one step; a file that has the new name is replaced, a folder is not. */
  void rename(RemotePath from, RemotePath to) throws IOException;

  /** Sets when a file was last modified. */
  void setModified(RemotePath file, Instant modified) throws IOException;

  /**
   * Sets the permissions.
   *
   * @param mode 0 to 0777
   */
  void setMode(RemotePath file, int mode) throws IOException;

  /** How many bytes may still be stored in a folder; nothing if nobody knows. */
  OptionalLong available(RemotePath folder) throws IOException;

  /** Holds transfers to the rates that the user has. */
  Throttle throttle();
}
