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
    /** They worked, and then were refused: what they opened is used, they are not shown again. */
    DOUBTED,
    CONDEMNED
  }

  /** What a thread may do next. */
  enum Turn {
    /** The credentials work, or did. */
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
        case PROVEN, DOUBTED -> Turn.GO;
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

  /** They opened a connection. A doubt that came meanwhile stays. */
  void proven() {
    decide(State.PROVEN, null);
  }

  /** They worked before and were refused now, perhaps as wrong. */
  void doubted(Leasing.Refused why) {
    decide(State.DOUBTED, why);
  }

  /** They are not to be shown again, and nothing that they opened is left. */
  void condemned(Leasing.Refused why) {
    decide(State.CONDEMNED, why);
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
      return state == State.PROVEN || state == State.DOUBTED;
    } finally {
      lock.unlock();
    }
  }

  /** Why the credentials do not work, or are not shown again, once there is a reason. */
  Optional<Leasing.Refused> refusal() {
    lock.lock();
    try {
      return Optional.ofNullable(refusal);
    } finally {
      lock.unlock();
    }
  }

  /** The states come in an order, and no decision is taken back. */
  private void decide(State decision, Leasing.@Nullable Refused why) {
    lock.lock();
    try {
      if (decision.compareTo(state) > 0) {
        state = decision;
        refusal = why;
      }
      decided.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
