package dev.berth.server;

import dev.berth.session.Denial;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much stands in one home folder. It is counted by a walk when the first account with a quota
 * asks, and kept up by what is stored and deleted here. What others write beside is not seen until
 * it is counted again, which {@link FileBackend#maintain} has done from time to time; until then a
 * quota may be passed by as much as they wrote. Any thread may call it.
 *
 * <p>What others store while it is counted may be counted twice, for nobody knows whether the walk
 * has been there already. So it is counted once more, when the next asks and nobody stores.
 */
final class Usage {
  /** Bytes and files. */
  record Amount(long bytes, long files) {
    Amount plus(Amount other) {
      return new Amount(bytes + other.bytes, files + other.files);
    }

    Amount minus(Amount other) {
      return new Amount(bytes - other.bytes, files - other.files);
    }
  }

  /** Walks over the home folder. */
  @FunctionalInterface
  interface Count {
    Amount run() throws IOException;
  }

  private enum State {
    UNKNOWN,
    BEING_COUNTED,
    KNOWN
  }

  private static final Amount NOTHING = new Amount(0, 0);

  /** A home that is never at rest is not walked for every upload. */
  private static final int MOST_COUNTS_MORE = 3;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition counted = lock.newCondition();
  private State state = State.UNKNOWN; // guarded by lock
  private Amount used = NOTHING; // guarded by lock; while it is counted, what has changed since
  private boolean isDoubtful; // guarded by lock; somebody stored or deleted while it was counted
  private int countsMore; // guarded by lock; since it was last forgotten
  private long credit; // guarded by lock; bytes that running uploads are going to replace
  private int uploads; // guarded by lock

  /** Counts, if that has not been done; blocks as long as it takes. */
  void know(Count count) throws IOException {
    if (mustCount()) {
      Amount found = NOTHING;
      boolean done = false;
      try {
        found = count.run();
        done = true;
      } finally {
        finish(found, done);
      }
    }
  }

  private boolean mustCount() {
    lock.lock();
    try {
      while (state == State.BEING_COUNTED) {
        counted.awaitUninterruptibly();
      }
      if (state == State.KNOWN) {
        if (!isDoubtful || uploads > 0 || countsMore == MOST_COUNTS_MORE) {
          return false;
        }
        countsMore++;
      }
      state = State.BEING_COUNTED;
      used = NOTHING;
      isDoubtful = uploads > 0; // They write what they have taken already.
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void finish(Amount found, boolean done) {
    lock.lock();
    try {
      state = done ? State.KNOWN : State.UNKNOWN;
      used = used.plus(found);
      counted.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the next who asks count again, unless somebody stores just now. */
  void forget() {
    lock.lock();
    try {
      if (state == State.KNOWN && uploads == 0) {
        state = State.UNKNOWN;
        countsMore = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Something has come, or (less than nothing) gone. */
  void change(Amount by) {
    lock.lock();
    try {
      changeLocked(by);
    } finally {
      lock.unlock();
    }
  }

  private void changeLocked(Amount by) {
    assert lock.isHeldByCurrentThread();
    used = used.plus(by);
    isDoubtful |= state == State.BEING_COUNTED;
  }

  /** How many bytes a quota leaves; nothing if it has no such bound. */
  OptionalLong left(Quota quota) {
    lock.lock();
    try {
      return quota.bytes() instanceof Bound.AtMost(long most)
          ? OptionalLong.of(Math.max(0, most - used.bytes()))
          : OptionalLong.empty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins an upload.
   *
   * @param replaces what goes when it is whole
   * @param isNewFile whether there will be a file more from now on
   */
  Charge begin(Quota quota, long replaces, boolean isNewFile) throws Denial {
    lock.lock();
    try {
      if (isNewFile
          && quota.files() instanceof Bound.AtMost(long most)
          && used.files() + 1 > most) {
        throw over("There may be " + most + " files and no more.");
      }
      changeLocked(new Amount(0, isNewFile ? 1 : 0));
      credit += replaces;
      uploads++;
      return new Charge(quota, replaces, isNewFile);
    } finally {
      lock.unlock();
    }
  }

  private static Denial over(String text) {
    return new Denial(Denial.Reason.OVER_QUOTA, text);
  }

  /** What one upload adds. Confined to the thread that stores. */
  final class Charge {
    private final Quota quota;
    private final long replaces;
    private final boolean isNewFile;
    private long taken;
    private boolean isOver;

    private Charge(Quota quota, long replaces, boolean isNewFile) {
      this.quota = quota;
      this.replaces = replaces;
      this.isNewFile = isNewFile;
    }

    /** Asked before bytes are written. */
    void take(long bytes) throws Denial {
      lock.lock();
      try {
        if (quota.bytes() instanceof Bound.AtMost(long most)
            && used.bytes() - credit > most - bytes) {
          throw over("The quota of " + most + " bytes is used up.");
        }
        changeLocked(new Amount(bytes, 0));
        taken += bytes;
      } finally {
        lock.unlock();
      }
    }

    /** Of what was taken, so much has not been written. */
    void giveBack(long bytes) {
      if (bytes == 0) {
        return; // So it is mostly, and the lock is of the whole home.
      }
      taken -= bytes;
      change(new Amount(-bytes, 0));
    }

    /** It is whole, and so much has gone for it. */
    void replaced(Amount gone) {
      end(NOTHING.minus(gone));
    }

    /** What has come stays. */
    void stays() {
      end(NOTHING);
    }

    /** What has come is gone. */
    void isGone() {
      end(new Amount(-taken, isNewFile ? -1 : 0));
    }

    private void end(Amount by) {
      if (isOver) {
        return;
      }
      isOver = true;
      lock.lock();
      try {
        changeLocked(by);
        credit -= replaces;
        uploads--;
      } finally {
        lock.unlock();
      }
    }
  }
}
