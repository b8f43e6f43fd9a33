package dev.berth.transfer;

import dev.berth.wire.RemotePath;

/**
 * What outlives a run: which files were under way from where to where, so that a later run goes on
 * with them, and which temporary files on servers are ours. One for a job on one account of one
 * server; any thread may call it.
 *
 * <p>No method fails, and none waits for long: where nothing can be kept, files start anew.
 */
public interface Journal {
  /** One that knows only its own job: a run that is killed starts anew. */
  static Journal inMemory() {
    return new MemoryJournal();
  }

  /** The job's own word in the names of its temporary files: twelve hexadecimal digits. */
  String token();

  /**
   * Claims a file for this job, before its first byte moves, and notes how it is to be recognised.
   * What an earlier job has left of the same source goes on under its old temporary name.
   */
  Claim claim(Way way, Mark mark);

  /** Nothing of a file is left to go on with: it has arrived, or was given up. */
  void done(Way way);

  /** Files are about to be stored in a folder of the server. */
  void storesIn(RemotePath folder, Reach reach);

  /** Whether jobs that were killed stored there, and nobody has looked for what they left. */
  boolean mayHoldLeftovers(RemotePath folder);

  /** All that killed jobs left so far was found, and is deleted or goes on. */
  void swept(RemotePath folder, Reach reach);

  /**
   * Gives up a temporary file that was met on the server.
   *
   * @return whether the caller may delete it: it is of a job of ours that has ended, and none goes
   *     on with it, or is likely to
   */
  boolean abandon(RemotePath temporary);

  /** How much of a folder is meant. */
  enum Reach {
    /** What stands in it. */
    FOLDER,
    /** The folders below it too. */
    TREE
  }

  /** Which way a file goes. */
  enum Direction {
    /** From the server. */
    DOWN,
    /** To the server. */
    UP
  }

  /**
   * From where to where.
   *
   * @param remote the absolute pathname on the server
   * @param local the absolute local pathname
   */
  record Way(Direction direction, String remote, String local) {}

  /**
   * How a file under way is recognised.
   *
   * @param temporary the name under which it grows
   * @param source the size and the time of the source; equal texts mean that it did not change
   */
  record Mark(String temporary, String source) {}

  /** What came of a claim. */
  sealed interface Claim {
    /** Nobody has begun it. */
    record Free() implements Claim {}

    /**
     * An earlier job has begun it.
     *
     * @param temporary the name under which that grew
     * @param isSameSource whether the source is as it was: then the claim keeps that name
     */
    record Left(String temporary, boolean isSameSource) implements Claim {}

    /**
     * Nothing is noted: a living job moves the same file, and what that one has must not be
     * touched; or nothing can be kept.
     */
    record Unnoted() implements Claim {}
  }
}
