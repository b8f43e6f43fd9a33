package dev.berth.admission;

import dev.berth.lifetime.Deadline;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Who is in, who waits, and who may come in. A monitor: any thread may call it; nothing is done
 * under its lock but moves in memory, and it starts no thread.
 *
 * <p>Invariants, at every instant: of each listener and of the server no more sessions are in than
 * their limit. Of a prefix, an account, or an account from a prefix no more than their limit are in
 * that are neither provisional nor told to leave; and of those no more than the rule allows ({@link
 * Policy.ReplaceIdle}). A limit set lower by {@link #reload} ends nobody: it holds again once
 * enough have left. Who is turned away or waits is counted nowhere.
 */
public final class Admission {
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Register register; // guarded by lock

  /**
   * An admission with nobody in.
   *
   * @param clock a clock that does not step: {@link dev.berth.lifetime.SteadyClock}
   */
  public Admission(Rules rules, InstantSource clock) {
    this.clock = clock;
    this.register = new Register(this, rules);
  }

  /**
   * Asks for a place for a connection that was just accepted.
   *
   * @param caller from where, as told by a trusted proxy if there is one
   * @param listener the name of the listener by which it came
   */
  public Verdict<Slot> arrive(InetAddress caller, String listener) {
    return move(() -> register.arrive(caller, listener, lock.newCondition(), now()));
  }

  /**
   * Judges by other rules from now on. No session ends by it, nor is one forgotten; who waits is
   * judged anew, in the same order, and let in, turned away, or left waiting until the time first
   * set.
   */
  public void reload(Rules rules) {
    act(() -> register.reload(rules, now()));
  }

  /**
   * Lets nobody in any more, neither by a login; who waits is turned away. Who is logged in stays,
   * and may begin transfers.
   *
   * @param reason for the clients: a clause without a stop at its end
   */
  public void drain(String reason) {
    act(() -> register.drain(reason, now()));
  }

  /** Who is in and who waits, at this moment. */
  public Attendance attendance() {
    return move(() -> register.attendance(now()));
  }

  Instant now() {
    return clock.instant();
  }

  Verdict<Slot> logIn(Slot slot, String account) {
    return move(() -> register.logIn(slot, account, lock.newCondition(), now()));
  }

  void logOut(Slot slot) {
    act(() -> register.logOut(slot, now()));
  }

  Verdict<Transfer> beginTransfer(Slot slot) {
    return move(() -> register.beginTransfer(slot, lock.newCondition(), now()));
  }

  void endTransfer(Transfer transfer) {
    act(() -> register.endTransfer(transfer, now()));
  }

  Optional<Refusal> detain(Slot slot) {
    return move(() -> register.detain(slot, now()));
  }

  Optional<Refusal> readmit(Slot slot) {
    return move(() -> register.readmit(slot, now()));
  }

  void close(Slot slot) {
    act(() -> register.close(slot, now()));
  }

  void whenToLeave(Slot slot, Consumer<String> action) {
    act(() -> slot.whenToLeaveIs(action));
  }

  <T> Verdict<T> await(Turn<T> turn, Deadline step) throws InterruptedException {
    lock.lock(); // an interrupt is met below, where the turn is given up for it
    try {
      while (turn.outcome() == null) {
        if (turn.end().isOver()) {
          register.tooLate(turn, now());
        } else if (step.isOver()) {
          return register.waits(turn, now());
        } else {
          turn.called().awaitNanos(step.earlier(turn.end()).remainingNanos());
        }
      }
      return register.take(turn);
    } catch (InterruptedException e) {
      register.withdraw(turn, now());
      throw e;
    } finally {
      List<Slot> leaving = register.takeLeaving();
      lock.unlock();
      leaving.forEach(Slot::tellToLeave);
    }
  }

  void withdraw(Turn<?> turn) {
    act(() -> register.withdraw(turn, now()));
  }

  private void act(Runnable action) {
    move(() -> {
      action.run();
      return action;
    });
  }

  /** Who has to leave is told outside the lock: how a session wakes is its own affair. */
  private <R> R move(Supplier<R> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      List<Slot> leaving = register.takeLeaving();
      lock.unlock();
      leaving.forEach(Slot::tellToLeave);
    }
  }
}
