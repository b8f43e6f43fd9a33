package dev.berth.session;

import dev.berth.admission.Refusal;
import dev.berth.admission.Slot;
import dev.berth.admission.Verdict;
import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Pause;
import dev.berth.session.ListenerSettings.TlsUse;
import dev.berth.transport.AcceptedControl;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/**
 * One listener: accepts, asks the admission, and begins a session, a wait, or a refusal. One thread
 * accepts; it never waits for a client.
 */
final class Reception implements Closeable {
  private static final Logger LOG = System.getLogger(Reception.class.getName());

  /** After a failed accept nobody spins: those who leave make room. */
  private static final Duration AFTER_FAILURE = Duration.ofMillis(100);

  private static final Duration LEAVE_WITHIN = Duration.ofSeconds(2);

  private final Service service;
  private final ListenerSettings listener;
  private final ServerSocketChannel channel;
  private final Entrance entrance;
  private final Anteroom anteroom;
  private final Optional<Handover> handover;

  /**
   * A listener that accepts nobody yet.
   *
   * @param lineEvery how often a line goes to who waits: {@link Anteroom#LINE_EVERY}
   */
  Reception(
      Service service,
      Sessions sessions,
      ListenerSettings listener,
      ServerSocketChannel channel,
      Duration lineEvery)
      throws IOException {
    this.service = service;
    this.listener = listener;
    this.channel = channel;
    this.handover =
        Handover.isPossible(channel) ? Optional.of(Handover.of(channel)) : Optional.empty();
    this.entrance = new Entrance(service, sessions, listener);
    this.anteroom = new Anteroom(service, listener, entrance, lineEvery);
  }

  ListenerSettings listener() {
    return listener;
  }

  InetSocketAddress address() throws IOException {
    return (InetSocketAddress) channel.getLocalAddress();
  }

  /** Accepts until this is closed. */
  void acceptAll() throws InterruptedException {
    while (channel.isOpen()) {
      try {
        receive(handover.isPresent() ? handover.get().accept() : channel.accept());
      } catch (ClosedChannelException e) {
        LOG.log(Level.DEBUG, "event=accept-ended listener=" + listener.name(), e);
      } catch (IOException e) {
        // Out of file descriptors, mostly: those who leave make room.
        LOG.log(Level.WARNING, "event=accept-failed listener=" + listener.name(), e);
        Pause.of(AFTER_FAILURE);
      }
    }
  }

  /** A fault of one connection is its own: a storm of those that reset must not slow the others. */
  private void receive(SocketChannel accepted) {
    try {
      var remote = (InetSocketAddress) accepted.getRemoteAddress();
      if (!listener.proxies().test(remote.getAddress())) {
        judge(accepted, remote.getAddress());
      } else if (!anteroom.admit(
          accepted, control -> anteroom.hearProxy(control, remote.getAddress()))) {
        LOG.log(Level.WARNING, "event=too-many-aside listener={0}", listener.name());
        accepted.close();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "event=gone-at-accept listener=" + listener.name(), e);
      Anteroom.closeQuietly(accepted);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "event=accept-failed listener=" + listener.name(), e);
      Anteroom.closeQuietly(accepted);
    }
  }

  /** Without a thread of its own up to here: a storm of refusals has to be cheap. */
  private void judge(SocketChannel accepted, InetAddress client) throws IOException {
    switch (service.judge(client, listener.name())) {
      case Verdict.Granted<Slot>(Slot slot) -> begin(accepted, client, slot);
      case Verdict.Waits<Slot> waits -> letWait(accepted, client, waits);
      case Verdict.TurnedAway<Slot> away -> turnAway(accepted, client, away);
    }
  }

  private void turnAway(SocketChannel accepted, InetAddress client, Verdict.TurnedAway<Slot> away)
      throws IOException {
    service.logRefusal(client, listener, away.refusal(), away.inStorm());
    boolean isCheap = away.inStorm() && listener.tls() != TlsUse.IMPLICIT;
    if (isCheap || !anteroom.admit(accepted, control -> anteroom.turnAway(control, client, away))) {
      tellAndClose(accepted, client, away.refusal());
    }
  }

  private void letWait(SocketChannel accepted, InetAddress client, Verdict.Waits<Slot> waits)
      throws IOException {
    boolean isHeld = false;
    try {
      isHeld = anteroom.admit(accepted, control -> anteroom.hold(control, client, waits));
    } finally {
      if (!isHeld) {
        waits.turn().close(); // Else it would be handed a slot that nobody takes.
      }
    }
    if (!isHeld) {
      service.logRefusal(client, listener, waits.full(), false);
      tellAndClose(accepted, client, waits.full());
    }
  }

  private void begin(SocketChannel accepted, InetAddress client, Slot slot) throws IOException {
    try {
      AcceptedControl control = AcceptedControl.of(accepted, service.watchdog());
      entrance.begin(control, client, slot, Greeted.NOTHING_YET);
    } catch (IOException | RuntimeException e) {
      slot.close();
      throw e;
    }
  }

  /** In a storm: the first bytes on a new connection fit into the system's buffer. */
  private void tellAndClose(SocketChannel accepted, InetAddress client, Refusal refusal)
      throws IOException {
    try (accepted) {
      Optional<byte[]> words = service.refusal(client, refusal);
      if (words.isEmpty()) {
        accepted.setOption(StandardSocketOptions.SO_LINGER, 0); // Closes with RST.
      } else if (listener.tls() != TlsUse.IMPLICIT) {
        accepted.write(ByteBuffer.wrap(words.get()));
      }
    }
  }

  /** Whether another process may listen there as well. */
  boolean sharesItsPort() {
    return handover.isPresent();
  }

  /** Nobody is accepted any more; where the port is shared, not before all who wait are. */
  void leave() throws IOException, InterruptedException {
    if (handover.isPresent()) {
      handover.get().leave(Deadline.after(LEAVE_WITHIN));
    }
    close();
  }

  /** Nobody is accepted any more. May be called twice. */
  @Override
  public void close() throws IOException {
    channel.close();
    if (handover.isPresent()) {
      handover.get().close();
    }
  }
}
