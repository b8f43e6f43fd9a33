package dev.berth.session;

import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Guard;
import dev.berth.lifetime.Scope;
import dev.berth.lifetime.Watchdog;
import dev.berth.transport.AcceptedControl;
import dev.berth.wire.Command;
import dev.berth.wire.CommandLine;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hears the commands of one session. The session's thread reads by itself; while a transfer keeps
 * it busy for more than a moment, a thread of its own reads for it, so that ABOR is heard at once
 * and what is sent ahead is kept in order (RFC 959 section 4.1.3, and section 5.4: queue what
 * arrives while a command is in progress).
 *
 * <p>Woken, it serves no further line. A wait for one ends at once; a transfer that is under way
 * goes on to be listened to, or its client could neither end it nor be known to have been killed.
 *
 * <p>Invariant: one thread reads at a time: the listener while {@code listening}, else the
 * session's.
 */
final class CommandReader {
  /** Most transfers are over before; then nobody had to be started. */
  private static final Duration MOMENT = Duration.ofMillis(50);

  /**
   * Of a client that was killed, the control connection ends with the data: seen up to some
   * milliseconds later, as another thread sees it. Without the wait two of three were missed.
   */
  private static final Duration MOMENT_OF_END = Duration.ofMillis(5);

  /** A listener that has just begun finds long before that what was received before it. */
  private static final Duration LOOKING_THROUGH = Duration.ofSeconds(1);

  /** Who sends more ahead is read no further until it is done; TCP holds the rest. */
  private static final int MOST_AHEAD = 64;

  private final Watchdog watchdog;
  private final Scope scope;
  private final String name;

  /** Confined to the thread that reads; handed over under the lock. */
  private final LineSource source;

  /** Fires when a transfer lasts. Confined to the session's thread. */
  private Guard patience;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition heard = lock.newCondition();
  private final Deque<Heard> ahead = new ArrayDeque<>(0); // guarded by lock
  private boolean listening; // guarded by lock; a listener runs
  private boolean isLookingThrough; // guarded by lock; it has received nothing itself yet
  private @Nullable Attention attention; // guarded by lock; of the transfer under way
  private boolean reading; // guarded by lock; the session's thread reads, or shakes hands
  private boolean woken; // guarded by lock
  private boolean stopped; // guarded by lock; no transfer goes on, nor begins

  /**
   * A reader that has read nothing yet.
   *
   * @param early what others have read before
   */
  CommandReader(
      AcceptedControl control, Watchdog watchdog, Scope scope, String name, ByteBuffer early) {
    this.source = new LineSource(control, name, early);
    this.watchdog = watchdog;
    this.scope = scope;
    this.name = name;
    this.patience = watchdog.guard(name + "/listener", this::beginListening);
  }

  /**
   * Whether the client has ended its side, as far as is known now: a client that was killed ends
   * all its connections at once. The session's thread asks, when all of a transfer has come; from
   * then on nobody begins to listen in it, or two would read at once. Waits for a moment where
   * somebody else listens.
   */
  boolean hasHeardEnd() throws InterruptedException {
    lock.lock();
    try {
      Deadline moment = Deadline.after(MOMENT_OF_END);
      while (listening && !moment.isOver()) {
        heard.awaitNanos(moment.remainingNanos());
      }
      if (listening || !ahead.isEmpty()) {
        return ahead.stream().anyMatch(Heard.Ended.class::isInstance);
      }
      attention = null;
    } finally {
      lock.unlock();
    }
    boolean isEnded = source.hasEndedNow();
    if (isEnded) {
      lock.lock();
      try {
        ahead.add(new Heard.Ended());
      } finally {
        lock.unlock();
      }
    }
    return isEnded;
  }

  /**
   * Any thread: no further line is served.
   *
   * @return whether the session's thread reads just now, and is to be interrupted in that; nothing
   *     that it reads is served, so it begins no transfer before the interruption comes
   */
  boolean wake() {
    lock.lock();
    try {
      woken = true;
      heard.signal();
      return reading;
    } finally {
      lock.unlock();
    }
  }

  /** Any thread: ends the transfer that is under way, or is about to begin. */
  void stopTransfers() {
    Attention ended;
    lock.lock();
    try {
      stopped = true;
      ended = attention;
    } finally {
      lock.unlock();
    }
    if (ended != null) {
      ended.abort.ask(Abort.Cause.STOPPED);
    }
  }

  /**
   * The session's thread reads by itself, until {@link #endReading}.
   *
   * @return false if it was woken, and shall not
   */
  boolean beginReading() {
    lock.lock();
    try {
      reading = !woken;
      return reading;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What it reads by itself has come.
   *
   * @return false if it was woken meanwhile, and shall leave that unserved
   */
  boolean endReading() {
    lock.lock();
    try {
      reading = false;
      return !woken;
    } finally {
      lock.unlock();
    }
  }

  /** Lets so much time pass, unless it is woken. The session's thread calls it. */
  void rest(Duration time) throws InterruptedException {
    Deadline end = Deadline.after(time);
    lock.lock();
    try {
      while (!woken && !end.isOver()) {
        heard.awaitNanos(end.remainingNanos());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is heard any more. */
  void close() {
    patience.close();
  }

  /**
   * Whether something was heard behind the command that is served, or somebody listens for it. In
   * plain text, before TLS, it must not be.
   */
  boolean hasMore() {
    lock.lock();
    try {
      return listening || !ahead.isEmpty() || source.hasMore();
    } finally {
      lock.unlock();
    }
  }

  /** What was received behind the last line. */
  ByteBuffer unread() {
    return source.unread();
  }

  /** Goes on with what was received outside of TLS behind its end. */
  void goOnWith(ByteBuffer plain) {
    source.goOnWith(plain);
  }

  /** Whether a listener reads, so that nobody else may. */
  boolean isListening() {
    lock.lock();
    try {
      return listening;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next line if it is here already, without waiting for the client.
   *
   * @return nothing if a read would be needed
   */
  Optional<Heard> poll() {
    lock.lock();
    try {
      if (woken) {
        return Optional.of(ahead.peekLast() instanceof Heard.Ended end ? end : new Heard.Woken());
      }
      if (listening || !ahead.isEmpty()) {
        return Optional.ofNullable(ahead.poll());
      }
    } finally {
      lock.unlock();
    }
    return source.next();
  }

  /**
   * Takes the next command of a transfer's time if it shall not wait.
   *
   * @param isDue whether nobody begins to listen for this transfer any more: then it is looked for
   * @param isEarly which verbs do not wait
   */
  Optional<Command> pollEarly(boolean isDue, Predicate<String> isEarly)
      throws InterruptedException {
    lock.lock();
    try {
      if (isDue) {
        attention = null;
        awaitListenerLocked();
      }
      if (listening || !ahead.isEmpty() || !isDue) {
        return takeEarlyLocked(isEarly);
      }
    } finally {
      lock.unlock();
    }
    if (source.hasEndedNow()) {
      return Optional.empty(); // The next read tells.
    }
    Optional<Heard> line = source.next();
    lock.lock();
    try {
      line.ifPresent(ahead::add);
      return takeEarlyLocked(isEarly);
    } finally {
      lock.unlock();
    }
  }

  /** Until a listener that has just begun has looked through what was received before it. */
  private void awaitListenerLocked() throws InterruptedException {
    assert lock.isHeldByCurrentThread();
    Deadline bound = Deadline.after(LOOKING_THROUGH);
    while (listening && isLookingThrough && !bound.isOver()) {
      heard.awaitNanos(bound.remainingNanos());
    }
  }

  private Optional<Command> takeEarlyLocked(Predicate<String> isEarly) {
    assert lock.isHeldByCurrentThread();
    if (ahead.peek() instanceof Heard.Line(CommandLine.Complete(Command command))
        && isEarly.test(command.verb())) {
      ahead.remove();
      return Optional.of(command);
    }
    return Optional.empty();
  }

  /** Waits for the next line. The session's thread calls it. */
  Heard next(Deadline deadline) throws InterruptedException {
    lock.lock();
    try {
      while (listening && ahead.isEmpty() && !woken) {
        if (deadline.isOver()) {
          return new Heard.TimedOut();
        }
        heard.awaitNanos(deadline.remainingNanos());
      }
      Heard first = woken ? new Heard.Woken() : ahead.poll();
      if (first != null) {
        return first;
      }
    } finally {
      lock.unlock();
    }
    return read(deadline);
  }

  private Heard read(Deadline deadline) {
    if (!beginReading()) {
      return new Heard.Woken();
    }
    Heard one = source.await(deadline);
    return endReading() || one instanceof Heard.Ended ? one : new Heard.Woken();
  }

  /**
   * A transfer begins: if it lasts, somebody else listens until it is closed.
   *
   * @param abort is asked when the client wants the transfer to end, or has gone
   */
  Attention attend(Abort abort) {
    Attention begun = new Attention(abort);
    boolean isStopped;
    lock.lock();
    try {
      attention = begun;
      isStopped = stopped;
    } finally {
      lock.unlock();
    }
    if (isStopped) {
      abort.ask(Abort.Cause.STOPPED);
    }
    expectListener();
    return begun;
  }

  private void expectListener() {
    if (patience.isFired()) {
      patience = watchdog.guard(name + "/listener", this::beginListening);
    }
    patience.expect(Deadline.after(MOMENT));
  }

  private void beginListening() {
    lock.lock();
    try {
      if (attention == null || listening) {
        return;
      }
      listening = true;
      isLookingThrough = true;
    } finally {
      lock.unlock();
    }
    try {
      scope.fork(name + "/listener", this::listen);
    } catch (IllegalStateException e) {
      stopListening(); // All sessions are being ended; this one is told in another way.
    }
  }

  private void stopListening() {
    lock.lock();
    try {
      listening = false;
    } finally {
      lock.unlock();
    }
  }

  private void listen() {
    boolean goesOn = true;
    while (goesOn) {
      Heard one = hear();
      Optional<Runnable> answer = statusAnswer(one);
      if (answer.isPresent()) {
        answer.get().run(); // Still listening: the session's thread serves nothing meanwhile.
      }
      Attention attending;
      lock.lock();
      try {
        if (answer.isEmpty()) {
          ahead.add(one);
        }
        attending = attention;
        goesOn = attending != null && one instanceof Heard.Line && ahead.size() < MOST_AHEAD;
        listening = goesOn;
        heard.signal();
      } finally {
        lock.unlock();
      }
      if (attending != null) {
        attending.judge(one);
      }
    }
  }

  private Heard hear() {
    Optional<Heard> there = source.next();
    if (there.isPresent()) {
      return there.get();
    }
    lock.lock();
    try {
      isLookingThrough = false;
      heard.signal();
    } finally {
      lock.unlock();
    }
    return source.await(Deadline.after(Timers.NEVER));
  }

  /**
   * What answers STAT if it is the next thing that was heard during a transfer: it alone is
   * answered meanwhile (RFC 959 section 4.1.3). With an argument it asks for a listing, and waits.
   */
  private Optional<Runnable> statusAnswer(Heard one) {
    lock.lock();
    try {
      Attention attending = attention;
      return attending != null && ahead.isEmpty() && isStatus(one)
          ? Optional.ofNullable(attending.status)
          : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private static boolean isStatus(@Nullable Heard one) {
    return one instanceof Heard.Line(CommandLine.Complete(Command command))
        && command.verb().equals("STAT")
        && command.argument().isEmpty();
  }

  /** The time of one transfer, in which another thread may listen. */
  final class Attention implements AutoCloseable {
    private final Abort abort;
    private @Nullable Runnable status; // guarded by lock

    private Attention(Abort abort) {
      this.abort = abort;
    }

    /**
     * From now on STAT is answered at once, by whoever listens, even if the transfer stalls.
     *
     * @param answer run by another thread, at the latest before the next line is served; here if
     *     STAT has come already
     */
    void answerStatus(Runnable answer) {
      boolean isDue;
      lock.lock();
      try {
        status = answer;
        isDue = isStatus(ahead.peek());
        if (isDue) {
          ahead.remove();
        }
      } finally {
        lock.unlock();
      }
      if (isDue) {
        answer.run();
      }
    }

    /** What is to be closed when the transfer shall end; in place of what was before. */
    void register(Closeable thing) {
      abort.register(thing);
    }

    /**
     * Somebody listens again, behind {@link #hasHeardEnd}: the transfer lasts all the same. The
     * session's thread calls it, and reads nothing before the transfer is over.
     */
    void goOn() {
      lock.lock();
      try {
        attention = this;
      } finally {
        lock.unlock();
      }
      patience.relax();
      expectListener();
    }

    private void judge(Heard one) {
      switch (one) {
        case Heard.Line(CommandLine.Complete(var command)) when command.verb().equals("ABOR") ->
            abort.ask(Abort.Cause.ASKED);
        case Heard.Line line -> {}
        case Heard.Ended ended -> abort.ask(Abort.Cause.CONTROL_ENDED);
        case Heard.TimedOut timedOut -> {}
        case Heard.Woken none -> {} // The session is closed, and has no transfer any more.
      }
    }

    /** The transfer is over. A listener that waits goes on to wait for the next line. */
    @Override
    public void close() {
      patience.relax();
      lock.lock();
      try {
        attention = null;
      } finally {
        lock.unlock();
      }
    }
  }
}
