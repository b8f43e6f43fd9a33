package dev.berth.session;

import dev.berth.admission.Refusal;
import dev.berth.admission.Slot;
import dev.berth.admission.Turn;
import dev.berth.admission.Verdict;
import dev.berth.lifetime.Deadline;
import dev.berth.session.ListenerSettings.TlsUse;
import dev.berth.transport.AcceptedControl;
import dev.berth.transport.AcceptedControl.Reading;
import dev.berth.wire.ProtocolException;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where connections of one listener are attended to that have no slot, or not yet: those of
 * proxies, those who wait, those who are turned away. Each in a thread of its own, and no more than
 * a few hundred of them.
 */
final class Anteroom {
  private static final Logger LOG = System.getLogger(Anteroom.class.getName());
  private static final Duration HEADER_WITHIN = Duration.ofSeconds(5);
  private static final Duration GOODBYE = Duration.ofSeconds(1);

  /** Lines to who waits: FileZilla, WinSCP and FluentFTP give up after 15 s of silence. */
  static final Duration LINE_EVERY = Duration.ofSeconds(5);

  private static final int MOST_INSIDE = 512;

  private final Service service;
  private final ListenerSettings listener;
  private final Entrance entrance;
  private final Duration lineEvery;
  private final AtomicInteger inside = new AtomicInteger();

  /**
   * An empty one.
   *
   * @param entrance to where who gets a slot goes on
   * @param lineEvery how often a line goes to who waits
   */
  Anteroom(Service service, ListenerSettings listener, Entrance entrance, Duration lineEvery) {
    this.service = service;
    this.listener = listener;
    this.entrance = entrance;
    this.lineEvery = lineEvery;
  }

  /** What is done with a connection that has no slot. */
  @FunctionalInterface
  interface Matter {
    void attend(AcceptedControl control) throws IOException, InterruptedException;
  }

  /** In a thread of its own, if there are not too many; else false, and nothing was done. */
  boolean admit(SocketChannel accepted, Matter matter) throws IOException {
    if (inside.incrementAndGet() > MOST_INSIDE) {
      inside.decrementAndGet();
      return false;
    }
    try {
      AcceptedControl control = AcceptedControl.of(accepted, service.watchdog());
      service.scope().fork("aside-" + control.remote().getPort(), () -> attend(control, matter));
    } catch (IOException | RuntimeException e) {
      inside.decrementAndGet();
      throw e;
    }
    return true;
  }

  private void attend(AcceptedControl control, Matter matter) throws InterruptedException {
    try {
      matter.attend(control);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "event=aside-ended address=" + control.remote(), e);
      closeQuietly(control);
    } catch (InterruptedException e) {
      closeQuietly(control); // A wait for a turn is one for no socket.
      throw e;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "event=aside-failed address=" + control.remote(), e);
      closeQuietly(control);
    } finally {
      inside.decrementAndGet();
    }
  }

  /** What a trusted proxy says; then its client is judged like any other. */
  void hearProxy(AcceptedControl control, InetAddress proxy)
      throws IOException, InterruptedException {
    Deadline deadline = Deadline.after(HEADER_WITHIN);
    ProxyHearing hearing = new ProxyHearing(control);
    Optional<InetAddress> client;
    try {
      client = hearing.client(deadline);
    } catch (ProtocolException e) {
      LOG.log(
          Level.WARNING,
          "event=proxy-header-unread listener={0} proxy={1} text={2}",
          listener.name(),
          proxy.getHostAddress(),
          Service.logged(String.valueOf(e.getMessage())));
      control.close();
      return;
    }
    if (client.isEmpty()) {
      control.close(); // The proxy looks whether we live.
      return;
    }
    judgeAside(control, client.get());
  }

  private void judgeAside(AcceptedControl control, InetAddress client)
      throws IOException, InterruptedException {
    switch (service.judge(client, listener.name())) {
      case Verdict.Granted<Slot>(Slot slot) ->
          entrance.begin(control, client, slot, Greeted.NOTHING_YET);
      case Verdict.Waits<Slot> waits -> hold(control, client, waits);
      case Verdict.TurnedAway<Slot> away -> {
        service.logRefusal(client, listener, away.refusal(), away.inStorm());
        turnAway(control, client, away);
      }
    }
  }

  /**
   * The greeting, a line at a time, until there is room: one reply of many lines has no time limit
   * between them (RFC 959 section 4.2), where 120 is misread by many.
   */
  void hold(AcceptedControl control, InetAddress client, Verdict.Waits<Slot> waits)
      throws IOException, InterruptedException {
    try (Turn<Slot> turn = waits.turn()) {
      if (listener.tls() == TlsUse.IMPLICIT) {
        shakeHands(control);
      }
      ByteBuffer early = ByteBuffer.allocate(LineSource.RECEIVE_BYTES);
      Verdict<Slot> verdict = waits;
      while (verdict instanceof Verdict.Waits<Slot> still) {
        if (hasHungUp(control, early)) {
          control.close();
          return;
        }
        write(control, "220-" + waitText(still) + "\r\n");
        verdict = turn.await(Deadline.after(lineEvery));
      }
      switch (verdict) {
        case Verdict.Granted<Slot>(Slot slot) ->
            entrance.begin(control, client, slot, new Greeted(true, early.flip()));
        case Verdict.TurnedAway<Slot>(Refusal refusal, Duration heldBack, boolean inStorm) -> {
          service.logRefusal(client, listener, refusal, inStorm);
          // What has begun as 220 has to end so; the 421 answers whatever is sent next.
          write(control, "220 That is all of the greeting.\r\n");
          say(control, client, refusal);
        }
        case Verdict.Waits<Slot> still -> throw new IllegalStateException("still waiting");
      }
    }
  }

  /**
   * Nobody reads what a client says who waits; whether it still is there is looked at with each
   * line.
   *
   * @param early gets what it has said meanwhile; once it is full, nobody looks any more
   */
  private static boolean hasHungUp(AcceptedControl control, ByteBuffer early) throws IOException {
    return early.hasRemaining() && control.readNow(early).equals(Optional.of(Reading.ENDED));
  }

  private static String waitText(Verdict.Waits<Slot> waits) {
    return "You wait, as number " + waits.position() + ": " + waits.full().text();
  }

  void turnAway(AcceptedControl control, InetAddress client, Verdict.TurnedAway<Slot> away)
      throws IOException {
    Deadline end = Deadline.after(away.heldBack());
    if (listener.tls() == TlsUse.IMPLICIT) {
      shakeHands(control); // What is dropped below would be its first message.
    }
    ByteBuffer dropped = ByteBuffer.allocate(64);
    // Who speaks first, instead of awaiting a greeting, does not get it sooner.
    while (!end.isOver()) {
      if (control.read(dropped.clear(), end) == Reading.ENDED) {
        control.close();
        return;
      }
    }
    say(control, client, away.refusal());
  }

  private void say(AcceptedControl control, InetAddress client, Refusal refusal)
      throws IOException {
    Optional<byte[]> words = service.refusal(client, refusal);
    if (words.isEmpty()) {
      control.reset();
      return;
    }
    write(control, words.get());
    control.closeGracefully(Deadline.after(GOODBYE));
  }

  private void shakeHands(AcceptedControl control) throws IOException {
    control.startTls(
        service.tls().orElseThrow(),
        ByteBuffer.allocate(0),
        Deadline.after(FrontSettings.REPLY_WITHIN));
  }

  private static void write(AcceptedControl control, String line) throws IOException {
    write(control, line.getBytes(StandardCharsets.US_ASCII));
  }

  private static void write(AcceptedControl control, byte[] bytes) throws IOException {
    control.write(ByteBuffer.wrap(bytes), Deadline.after(FrontSettings.REPLY_WITHIN));
  }

  static void closeQuietly(Closeable connection) {
    try {
      connection.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "event=close-failed", e);
    }
  }
}
