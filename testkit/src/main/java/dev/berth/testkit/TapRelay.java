package dev.berth.testkit;

import dev.berth.testkit.TapSettings.Action;
import dev.berth.testkit.TapSettings.Fault;
import dev.berth.testkit.TapSettings.Trigger;
import dev.berth.testkit.TappedConnection.End;
import dev.berth.testkit.TappedConnection.Side;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One connection through a {@link WireTap}: a thread for each direction reads and records, and
 * another one delivers after the delay, so that bytes sent one after another are late, but not
 * slower.
 */
final class TapRelay {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final TapSettings settings;
  private final Socket client;
  private final Socket server = new Socket();
  private final TappedConnection record;
  private final List<Fault> faults;
  private final CountDownLatch bothEnded = new CountDownLatch(2);
  private volatile boolean isSilent;

  TapRelay(TapSettings settings, Socket client, TappedConnection record) {
    this.settings = settings;
    this.client = client;
    this.record = record;
    this.faults =
        settings.faults().stream().filter(fault -> fault.connection() == record.number()).toList();
  }

  void run() {
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.bind(new InetSocketAddress(settings.from(), 0));
      server.connect(settings.server(), (int) CONNECT.toMillis());
    } catch (IOException unreachable) {
      record.ended(Side.SERVER, End.RESET);
      reset();
      return;
    }
    start(Side.CLIENT, client, server);
    start(Side.SERVER, server, client);
    closeWhenBothEnded();
  }

  private void start(Side side, Socket from, Socket to) {
    Outlet outlet = new Outlet(to);
    Thread.ofVirtual().name("tap-deliver-" + record.number()).start(outlet::deliver);
    Thread.ofVirtual()
        .name("tap-read-" + record.number())
        .start(() -> new Direction(side, from, outlet).relay());
  }

  private void closeWhenBothEnded() {
    try {
      bothEnded.await();
      client.close();
      server.close();
    } catch (InterruptedException | IOException e) {
      reset();
    }
  }

  /** Ends both sides by RST. May be called twice and from any thread. */
  void reset() {
    reset(client);
    reset(server);
  }

  /** Ends a socket by RST, unless it is closed already. */
  static void reset(Socket socket) {
    try {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
    } catch (IOException alreadyGone) {
      // Then there is nothing left to reset.
      return;
    }
  }

  /** Reads one side to its end. */
  private final class Direction {
    private final Side side;
    private final Socket from;
    private final Outlet outlet;
    private final StringBuilder unfinishedLine = new StringBuilder();
    private int count;

    Direction(Side side, Socket from, Outlet outlet) {
      this.side = side;
      this.from = from;
      this.outlet = outlet;
    }

    void relay() {
      byte[] buffer = new byte[8192];
      while (true) {
        int length;
        try {
          length = from.getInputStream().read(buffer);
        } catch (IOException e) {
          if (from.isClosed()) {
            outlet.put(new byte[0], Outlet.Then.NOTHING);
          } else {
            end(End.RESET);
          }
          return;
        }
        if (length < 0) {
          end(End.FIN);
          return;
        }
        if (!pass(Arrays.copyOf(buffer, length))) {
          return;
        }
      }
    }

    private void end(End end) {
      record.ended(side, end);
      outlet.put(new byte[0], isSilent ? Outlet.Then.NOTHING : after(end));
    }

    private static Outlet.Then after(End end) {
      return switch (end) {
        case FIN -> Outlet.Then.FIN;
        case RESET -> Outlet.Then.RESET;
      };
    }

    /** False when a fault has ended the connection. */
    private boolean pass(byte[] bytes) {
      record.said(side, bytes);
      if (isSilent) {
        return true;
      }
      for (Fault fault : faults) {
        OptionalInt at = reached(fault.trigger(), bytes);
        if (at.isPresent()) {
          return strike(fault.action(), Arrays.copyOf(bytes, at.getAsInt()));
        }
      }
      count += bytes.length;
      outlet.put(bytes, Outlet.Then.GO_ON);
      return true;
    }

    /** How many of these bytes come before the fault, when it strikes among them. */
    private OptionalInt reached(Trigger trigger, byte[] bytes) {
      return switch (trigger) {
        case Trigger.Command(String verb) ->
            side == Side.CLIENT ? commandIn(bytes, verb) : OptionalInt.empty();
        case Trigger.ServerBytes(int limit) ->
            side == Side.SERVER && count + bytes.length >= limit
                ? OptionalInt.of(Math.max(0, limit - count))
                : OptionalInt.empty();
      };
    }

    private OptionalInt commandIn(byte[] bytes, String verb) {
      String text = new String(bytes, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
      int lineStart = 0;
      for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', lineStart)) {
        String line = (unfinishedLine + text.substring(lineStart, end)).strip();
        if (line.equals(verb) || line.startsWith(verb + " ")) {
          return OptionalInt.of(lineStart);
        }
        unfinishedLine.setLength(0);
        lineStart = end + 1;
      }
      unfinishedLine.append(text.substring(lineStart));
      return OptionalInt.empty();
    }

    private boolean strike(Action action, byte[] before) {
      switch (action) {
        case SILENCE -> {
          isSilent = true;
          outlet.put(before, Outlet.Then.GO_ON);
          return true;
        }
        case RESET -> {
          record.ended(Side.SERVER, End.RESET);
          outlet.put(before, Outlet.Then.RESET);
        }
        case CLOSE -> {
          record.ended(Side.SERVER, End.FIN);
          outlet.put(before, Outlet.Then.CLOSE_BOTH);
        }
      }
      return false;
    }
  }

  /** What is still to be delivered to one side, in order, each not before its time. */
  private final class Outlet {
    /** What comes after the bytes. */
    enum Then {
      GO_ON,
      NOTHING,
      FIN,
      RESET,
      CLOSE_BOTH
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Parcel(long dueNanos, byte[] bytes, Then then) {}

    private final Socket to;
    private final LinkedBlockingQueue<Parcel> parcels = new LinkedBlockingQueue<>();
    private final long delayNanos = settings.roundTrip().toNanos() / 2;

    Outlet(Socket to) {
      this.to = to;
    }

    void put(byte[] bytes, Then then) {
      parcels.add(new Parcel(System.nanoTime() + delayNanos, bytes, then));
    }

    void deliver() {
      try {
        Parcel parcel;
        do {
          parcel = parcels.take();
          long early = parcel.dueNanos - System.nanoTime();
          if (early > 0) {
            Thread.sleep(Duration.ofNanos(early));
          }
          to.getOutputStream().write(parcel.bytes);
        } while (parcel.then == Then.GO_ON);
        finish(parcel.then);
      } catch (IOException | InterruptedException gone) {
        // Nobody takes it any more: whoever sends sees what a sender sees then.
        record.ended(Side.SERVER, End.RESET);
        reset();
      }
    }

    private void finish(Then then) throws IOException {
      switch (then) {
        case GO_ON -> throw new IllegalStateException("not the last");
        case NOTHING -> bothEnded.countDown();
        case FIN -> {
          to.shutdownOutput();
          bothEnded.countDown();
        }
        case RESET -> reset();
        case CLOSE_BOTH -> {
          client.close();
          server.close();
        }
      }
    }
  }
}
