package dev.berth.transfer;

import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what a job does and tells its listener, one thing at a time. Any thread may call it. */
final class Ledger {
  private final JobListener listener;
  private final Bandwidth bandwidth;
  private final ReentrantLock counts = new ReentrantLock();
  private final ReentrantLock telling = new ReentrantLock();
  private int files; // guarded by counts
  private int ended; // guarded by counts
  private int failed; // guarded by counts
  private int unchanged; // guarded by counts
  private long bytes; // guarded by counts
  private long moved; // guarded by counts
  private long resumed; // guarded by counts
  private int deleted; // guarded by counts

  Ledger(JobListener listener) {
    this(listener, Bandwidth.unlimited());
  }

  Ledger(JobListener listener, Bandwidth bandwidth) {
    this.listener = listener;
    this.bandwidth = bandwidth;
  }

  void planned(int moreFiles, long moreBytes) {
    counts.lock();
    try {
      files += moreFiles;
      bytes += moreBytes;
    } finally {
      counts.unlock();
    }
    tell(() -> listener.planned(moreFiles, moreBytes));
  }

  /**
   * Bytes of a file were moved. Blocks as long as they take at the rate allowed.
   *
   * @throws ClosedByInterruptException as a channel does, if the thread is interrupted
   */
  void moved(long count) throws ClosedByInterruptException {
    counts.lock();
    try {
      moved += count;
    } finally {
      counts.unlock();
    }
    pay(count);
  }

  /**
   * Bytes of a file came again, only to be compared. They are not counted, and take their time as
   * all others do.
   *
   * @throws ClosedByInterruptException as {@link #moved}
   */
  void pay(long count) throws ClosedByInterruptException {
    try {
      bandwidth.pay(count);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var closed = new ClosedByInterruptException();
      closed.initCause(e);
      throw closed;
    }
  }

  void ended(FileResult result) {
    counts.lock();
    try {
      switch (result.outcome()) {
        case FileResult.Done done -> {
          ended++;
          resumed += done.resumedBytes();
        }
        case FileResult.Failed failure -> {
          ended++;
          failed++;
        }
        case FileResult.Planned planned -> ended++;
        case FileResult.Changed changed -> ended++;
        case FileResult.Unchanged same -> unchanged++;
        case FileResult.Deleted gone -> deleted++;
        case FileResult.DeletionPlanned plan -> deleted += plan.isRefused() ? 0 : 1;
      }
    } finally {
      counts.unlock();
    }
    tell(() -> listener.finished(result));
  }

  /**
   * Something that was never planned has failed: a folder that cannot be listed, a name that is
   * none.
   */
  void failed(String source, String target, FileResult.Cause cause, String reason) {
    counts.lock();
    try {
      files++;
    } finally {
      counts.unlock();
    }
    ended(new FileResult(source, target, new FileResult.Failed(cause, reason)));
  }

  void note(String sentence) {
    tell(() -> listener.noted(sentence));
  }

  /**
   * The listener is called under a lock of its own: it sees one call at a time, and holds up no
   * count.
   */
  private void tell(Runnable call) {
    telling.lock();
    try {
      call.run();
    } finally {
      telling.unlock();
    }
  }

  JobProgress progress() {
    counts.lock();
    try {
      return new JobProgress(files, ended, bytes, moved);
    } finally {
      counts.unlock();
    }
  }

  JobSummary summary() {
    counts.lock();
    try {
      return summaryLocked(failed);
    } finally {
      counts.unlock();
    }
  }

  /** Of a job that is broken off now: what has not ended has not arrived. */
  JobSummary summarySoFar() {
    counts.lock();
    try {
      return summaryLocked(failed + Math.max(0, files - ended));
    } finally {
      counts.unlock();
    }
  }

  private JobSummary summaryLocked(int missing) {
    return new JobSummary(files, missing, unchanged, moved, resumed, deleted);
  }
}
