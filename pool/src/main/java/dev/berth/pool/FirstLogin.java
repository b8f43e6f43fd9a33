package dev.berth.pool;

import dev.berth.lifetime.Deadline;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread try credentials that nobody has seen to work, while the others wait: a wrong
 * password is sent once, however many want a connection, for a server may lock the account for
 * more. Any thread may call it.
 */
final class FirstLogin {
  /** What is known of the credentials. */
  private enum State {
    UNPROVEN,
    BEING_TRIED,
    PROVEN,
    CONDEMNED
  }

  /** What a thread may do next. */
  enum Turn {
    /** The credentials work. */
    GO,
    /** Try them, and tell with {@link #proven}, {@link #condemned} or {@link #undecided}. */
    TRY,
    /** They do not work; {@link #refusal} says why. */
    STOP,
    /** The deadline passed first. */
    TOO_LATE
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition decided = lock.newCondition();
  private State state = State.UNPROVEN; // guarded by lock
  private Leasing.@Nullable Refused refusal; // guarded by lock

  Turn enter(Deadline deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (state == State.BEING_TRIED) {
        if (deadline.isOver()) {
          return Turn.TOO_LATE;
        }
        decided.awaitNanos(deadline.remainingNanos());
      }
      return switch (state) {
        case PROVEN -> Turn.GO;
        case CONDEMNED -> Turn.STOP;
        case UNPROVEN, BEING_TRIED -> {
          state = State.BEING_TRIED;
          yield Turn.TRY;
        }
      };
    } finally {
      lock.unlock();
    }
  }

  void proven() {
    decide(State.PROVEN);
  }

  void condemned(Leasing.Refused why) {
    lock.lock();
    try {
      refusal = why;
    } finally {
      lock.unlock();
    }
    decide(State.CONDEMNED);
  }

  /** The one that tried gave up without having shown them: the next may try. */
  void undecided() {
    lock.lock();
    try {
      if (state == State.BEING_TRIED) {
        state = State.UNPROVEN;
        decided.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isProven() {
    lock.lock();
    try {
      return state == State.PROVEN;
    } finally {
      lock.unlock();
    }
  }

  /** Why the credentials do not work, once that is known. */
  Optional<Leasing.Refused> refusal() {
    lock.lock();
    try {
      return Optional.ofNullable(refusal);
    } finally {
      lock.unlock();
    }
  }

  private void decide(State decision) {
    lock.lock();
    try {
      if (state != State.CONDEMNED) {
        state = decision;
      }
      decided.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
