package dev.berth.transfer;

import dev.berth.wire.RemotePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Temporary files that were met on the server. Those of jobs of ours that were killed are deleted
 * when the job has moved its files, unless it went on with them; those of others stay. Any thread
 * may call it.
 */
final class Leftovers {
  /** More are left to the next run. */
  private static final int MOST = 100_000;

  private final Journal journal;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> seen = new TreeSet<>(); // guarded by lock
  private final Set<String> used = new TreeSet<>(); // guarded by lock

  Leftovers(Journal journal) {
    this.journal = journal;
  }

  /** A temporary file stands in a folder that was listed. */
  void seen(RemotePath file) {
    lock.lock();
    try {
      if (seen.size() < MOST && TemporaryName.token(file.name()).isPresent()) {
        seen.add(file.value());
      }
    } finally {
      lock.unlock();
    }
  }

  /** This job goes on with it, or has dealt with it. */
  void used(RemotePath file) {
    lock.lock();
    try {
      used.add(file.value());
    } finally {
      lock.unlock();
    }
  }

  /** Takes out those that may be deleted. */
  List<RemotePath> abandoned() {
    List<String> candidates;
    lock.lock();
    try {
      seen.removeAll(used);
      candidates = new ArrayList<>(seen);
      seen.clear();
    } finally {
      lock.unlock();
    }
    return candidates.stream().map(RemotePath::new).filter(journal::abandon).toList();
  }
}
