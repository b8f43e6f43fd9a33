package dev.berth.interop;

import java.nio.file.Path;

/** One thing that a guest is asked to do. Names of the server are relative to its home there. */
sealed interface Deed {
  /** Shows what stands in the home folder. */
  record Show() implements Deed {}

  /** Fetches a file. */
  record Get(String remote, Path local) implements Deed {}

  /** Stores a file. */
  record Put(Path local, String remote) implements Deed {}

  /** Fetches the rest of a file of which the first half is here. */
  record GoOnGet(String remote, Path local) implements Deed {}

  /** Stores the rest of a file of which the first half is there. */
  record GoOnPut(Path local, String remote) implements Deed {}

  /** Renames a file on the server. */
  record Rename(String from, String to) implements Deed {}

  /** Deletes a file on the server. */
  record Delete(String remote) implements Deed {}
}
