package dev.berth.gateway;

import dev.berth.client.Carriage;
import dev.berth.session.RelayedCommand;
import dev.berth.transport.DataConnection;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The two sides of one transfer, for whoever watches it: what has moved, and which of them is
 * waited for. Whoever has the server's side tells; the stall watch looks.
 *
 * <p>Invariant: while the stall watch hears the server's control connection nobody else does.
 */
final class TransferSides implements StallWatch.Transfer {
  private static final Logger LOG = System.getLogger(TransferSides.class.getName());

  /** Hearing does not wait; that one does is a fault, which shall not hold up a session. */
  private static final Duration HEARING = Duration.ofSeconds(5);

  private final RelayedCommand command;
  private final boolean isUpload;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Waits waits = Waits.FOR_SERVER; // guarded by lock
  private boolean isAnswered; // guarded by lock; the server did not want the end of the upload
  private volatile @Nullable Carriage carriage;
  private volatile @Nullable DataConnection client;

  private enum Waits {
    FOR_SERVER,
    FOR_CLIENT,
    /** Likewise, and the stall watch has the server's control connection for a moment. */
    FOR_CLIENT_AND_HEARS
  }

  TransferSides(RelayedCommand command, boolean isUpload) {
    this.command = command;
    this.isUpload = isUpload;
  }

  /** The server has begun, and the client is to come. */
  void begun(Carriage begun) {
    carriage = begun;
    awaitClient();
  }

  /** The client's data connection is there. */
  void connected(DataConnection data) {
    client = data;
  }

  /** From now on the client is waited for. */
  void awaitClient() {
    lock.lock();
    try {
      waits = Waits.FOR_CLIENT;
    } finally {
      lock.unlock();
    }
  }

  /** From now on the server is: its connection is the caller's alone. */
  void awaitServer() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = HEARING.toNanos();
      while (waits == Waits.FOR_CLIENT_AND_HEARS && left > 0) {
        left = changed.awaitNanos(left);
      }
      waits = Waits.FOR_SERVER;
    } finally {
      lock.unlock();
    }
  }

  /** The same where nobody hears the server beside it: in a download. */
  void awaitServerAlone() {
    lock.lock();
    try {
      waits = Waits.FOR_SERVER;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the server has said something to an upload that has not come to its end. */
  boolean isAnswered() {
    lock.lock();
    try {
      return isAnswered;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long moved() {
    Carriage begun = carriage;
    DataConnection data = client;
    return (begun == null ? 0 : begun.data().moved()) + (data == null ? 0 : data.moved());
  }

  @Override
  public boolean awaitsClient() {
    lock.lock();
    try {
      return waits != Waits.FOR_SERVER;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void giveWay() {
    command.giveWay("Ended: nothing has moved for some time, and others wait. You may try again.");
  }

  @Override
  public void hearServer() {
    Carriage begun = carriage;
    DataConnection data = client;
    if (!isUpload || begun == null || data == null || !beginHearing()) {
      return;
    }
    boolean hasSpoken = false;
    try {
      hasSpoken = begun.hasServerSpoken();
    } finally {
      endHearing(hasSpoken);
    }
    if (hasSpoken) {
      wake(data);
    }
  }

  private boolean beginHearing() {
    lock.lock();
    try {
      boolean mayHear = waits == Waits.FOR_CLIENT;
      waits = mayHear ? Waits.FOR_CLIENT_AND_HEARS : waits;
      return mayHear;
    } finally {
      lock.unlock();
    }
  }

  private void endHearing(boolean hasSpoken) {
    lock.lock();
    try {
      isAnswered |= hasSpoken;
      waits = waits == Waits.FOR_CLIENT_AND_HEARS ? Waits.FOR_CLIENT : waits;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The session's thread reads from it, and sees then why it is closed. */
  private static void wake(DataConnection data) {
    try {
      data.abort();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "event=close-failed", e);
    }
  }
}
