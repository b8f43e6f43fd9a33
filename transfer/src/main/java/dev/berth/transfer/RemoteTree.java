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
  /** A server can make up folders without end, by links that lead back up for instance. */
  private static final int MOST = 5_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final NavigableMap<String, ListingEntry> files = new TreeMap<>(); // guarded by lock
  private final NavigableSet<String> folders = new TreeSet<>(); // guarded by lock
  private final NavigableMap<String, ListingEntry> others = new TreeMap<>(); // guarded by lock
  private final NavigableSet<String> left = new TreeSet<>(); // guarded by lock
  private RemotePath top = RemotePath.ROOT; // guarded by lock
  private boolean listed; // guarded by lock
  private boolean keepsTimes; // guarded by lock

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
    } finally {
      lock.unlock();
    }
  }

  /** Adds a folder; false if it is there already. */
  boolean addFolder(String relative) {
    lock.lock();
    try {
      return folders.add(relative);
    } finally {
      lock.unlock();
    }
  }

  /** Adds a link that is not followed, or a thing that is neither file nor folder. */
  void addOther(String relative, ListingEntry entry) {
    lock.lock();
    try {
      others.put(relative, entry);
    } finally {
      lock.unlock();
    }
  }

  /** Something is there that is to be left alone: it is excluded, or a file under way. */
  void leave(String relative) {
    lock.lock();
    try {
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
      return files.size() + folders.size() + others.size() + left.size() >= MOST;
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
