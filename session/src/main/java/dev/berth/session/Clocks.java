package dev.berth.session;

import dev.berth.lifetime.Deadline;
import java.util.function.Supplier;

/** When a session that awaits a command is to end, and why. Confined to the session's thread. */
final class Clocks {
  private final Supplier<Timers> timers;
  private final Deadline sessionEnd;
  private Deadline loginEnd;
  private Deadline noTransferEnd;

  /**
   * The session begins now.
   *
   * @param timers those that hold at the time
   */
  Clocks(Supplier<Timers> timers) {
    this.timers = timers;
    this.sessionEnd = Deadline.after(timers.get().session());
    this.loginEnd = Deadline.after(timers.get().login());
    this.noTransferEnd = Deadline.after(timers.get().noTransfer());
  }

  /** Somebody has to log in, from now on. */
  void loggedOut() {
    loginEnd = Deadline.after(timers.get().login());
  }

  /** A transfer, or a login, has just come to its end. */
  void worked() {
    noTransferEnd = Deadline.after(timers.get().noTransfer());
  }

  /** By when the next command has to come, if it is awaited from now on. */
  Deadline next(boolean isLoggedIn) {
    Deadline next = sessionEnd.atMost(timers.get().idle());
    return next.earlier(isLoggedIn ? noTransferEnd : loginEnd);
  }

  /** Why the session ends, as it has not come. */
  Farewell overdue(boolean isLoggedIn) {
    if (sessionEnd.isOver()) {
      return Farewell.session(timers.get().session());
    }
    if (!isLoggedIn && loginEnd.isOver()) {
      return Farewell.login(timers.get().login());
    }
    if (isLoggedIn && noTransferEnd.isOver()) {
      return Farewell.noTransfer(timers.get().noTransfer());
    }
    return Farewell.idle(timers.get().idle());
  }
}
