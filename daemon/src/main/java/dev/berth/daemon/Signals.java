package dev.berth.daemon;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * What the process is told by signals: SIGHUP to reload, SIGTERM and SIGINT to end. A second one to
 * end ends it at once, with 128 and its number.
 */
final class Signals {
  /** What to do. */
  enum Wish {
    /** Read everything again. */
    RELOAD,
    /** Drain, and end. */
    END
  }

  private static final int OF_SIGNALS = 128;

  private final LinkedBlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();
  private final AtomicBoolean isEnding = new AtomicBoolean();
  private boolean hearsHangup; // written before anybody else has this

  /** From now on signals of this process come here. */
  static Signals heard() {
    Signals signals = new Signals();
    SignalHandler before = Signal.handle(new Signal("HUP"), signal -> signals.wish(Wish.RELOAD));
    signals.hearsHangup = !SignalHandler.SIG_IGN.equals(before);
    Signal.handle(new Signal("TERM"), signal -> signals.end(signal.getNumber()));
    Signal.handle(new Signal("INT"), signal -> signals.end(signal.getNumber()));
    return signals;
  }

  /** False where SIGHUP was ignored from the start, as by nohup: the JVM leaves it so. */
  boolean hearsHangup() {
    return hearsHangup;
  }

  private void end(int number) {
    if (!isEnding.compareAndSet(false, true)) {
      Runtime.getRuntime().halt(OF_SIGNALS + number);
    }
    wish(Wish.END);
  }

  /** As if a signal had come. */
  void wish(Wish wish) {
    wishes.add(wish);
  }

  /** Waits for the next; null if none comes in time. */
  @Nullable Wish await(long nanos) throws InterruptedException {
    return wishes.poll(nanos, TimeUnit.NANOSECONDS);
  }
}
