package dev.berth.transfer;

import dev.berth.dialects.ListingEntry;
import dev.berth.wire.RemotePath;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What stands below one folder on a server, by pathnames relative to it with {@code /} between
 * names. Filled by the threads of a crew, read when they have ended.
 */
final class RemoteTree {
  /** What a file costs until it is moved: as an entry, as a task, in the plan. Measured: 1,300. */
  private static final int BYTES_PER_FILE = 1500;

  private static final int BYTES_PER_FOLDER = 1000;

  /** Its pathname stands in the tree, in the task, and in local paths; in 16 bits if need be. */
  private static final int COPIES = 6;

  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final NavigableMap<String, ListingEntry> files = new TreeMap<>(); // guarded by lock
  private final NavigableSet<String> folders = new TreeSet<>(); // guarded by lock
  private final NavigableMap<String, ListingEntry> others = new TreeMap<>(); // guarded by lock
  private final NavigableSet<String> left = new TreeSet<>(); // guarded by lock
  private RemotePath top = RemotePath.ROOT; // guarded by lock
  private long bytes; // guarded by lock; of memory, about
  private boolean toldFull; // guarded by lock
  private boolean listed; // guarded by lock
  private boolean keepsTimes; // guarded by lock

  /** An empty tree, which may take two fifths of the memory that this program may use. */
  RemoteTree() {
    this(Runtime.getRuntime().maxMemory() / 5 * 2);
  }

  /**
   * An empty tree. It is full some time: a server can make up folders without end, by links that
   * lead back up for instance.
   *
   * @param mostBytes how much memory it may take, about
   */
  RemoteTree(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The top folder was resolved; whether the server sets times decides how files are compared. */
  void found(RemotePath path, boolean setsTimes) {
    lock.lock();
    try {
      top = path;
      keepsTimes = setsTimes;
    } finally {
      lock.unlock();
    }
  }

  /** The top folder exists and was listed. */
  void listed() {
    lock.lock();
    try {
      listed = true;
    } finally {
      lock.unlock();
    }
  }

  void addFile(String relative, ListingEntry entry) {
    lock.lock();
    try {
      files.put(relative, entry);
      bytes += BYTES_PER_FILE + (long) COPIES * relative.length();
    } finally {
      lock.unlock();
    }
  }

  /** Adds a folder; false if it is there already. */
  boolean addFolder(String relative) {
    lock.lock();
    try {
      bytes += BYTES_PER_FOLDER + (long) COPIES * relative.length();
      return folders.add(relative);
    } finally {
      lock.unlock();
    }
  }

  /** Adds a link that is not followed, or a thing that is neither file nor folder. */
  void addOther(String relative, ListingEntry entry) {
    lock.lock();
    try {
      bytes += BYTES_PER_FILE + (long) COPIES * relative.length();
      others.put(relative, entry);
    } finally {
      lock.unlock();
    }
  }

  /** Something is there that is to be left alone: it is excluded, or a file under way. */
  void leave(String relative) {
    lock.lock();
    try {
      bytes += BYTES_PER_FOLDER + (long) COPIES * relative.length();
      left.add(relative);
    } finally {
      lock.unlock();
    }
  }

  /** A folder turned out to be one above it: it is left alone. */
  void turnBack(String relative) {
    lock.lock();
    try {
      folders.remove(relative);
      left.add(relative);
    } finally {
      lock.unlock();
    }
  }

  /** Whether it holds so much that no more folders are to be listed. */
  boolean isFull() {
    lock.lock();
    try {
      return bytes >= mostBytes;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is the first time that this is asked: that it is full is told once. */
  boolean isNewlyFull() {
    lock.lock();
    try {
      boolean isNew = !toldFull;
      toldFull = true;
      return isNew;
    } finally {
      lock.unlock();
    }
  }

  /** How much it holds, for people. */
  String extent() {
    lock.lock();
    try {
      return files.size() + " files and " + folders.size() + " folders";
    } finally {
      lock.unlock();
    }
  }

  RemotePath top() {
    lock.lock();
    try {
      return top;
    } finally {
      lock.unlock();
    }
  }

  boolean isListed() {
    lock.lock();
    try {
      return listed;
    } finally {
      lock.unlock();
    }
  }

  boolean keepsTimes() {
    lock.lock();
    try {
      return keepsTimes;
    } finally {
      lock.unlock();
    }
  }

  NavigableMap<String, ListingEntry> files() {
    lock.lock();
    try {
      return new TreeMap<>(files);
    } finally {
      lock.unlock();
    }
  }

  NavigableSet<String> folders() {
    lock.lock();
    try {
      return new TreeSet<>(folders);
    } finally {
      lock.unlock();
    }
  }

  NavigableMap<String, ListingEntry> others() {
    lock.lock();
    try {
      return new TreeMap<>(others);
    } finally {
      lock.unlock();
    }
  }

  NavigableSet<String> left() {
    lock.lock();
    try {
      return new TreeSet<>(left);
    } finally {
      lock.unlock();
    }
  }
}
