package dev.berth.session;

import dev.berth.lifetime.Deadline;
import dev.berth.transport.AcceptedControl;
import dev.berth.wire.CommandParser;
import dev.berth.wire.ProtocolException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The lines of one control connection. Confined to the thread that reads just now. */
final class LineSource {
  private static final Logger LOG = System.getLogger(LineSource.class.getName());

  /** How much is read at once. */
  static final int RECEIVE_BYTES = 512;

  private final AcceptedControl control;
  private final String name;
  private final CommandParser parser = new CommandParser();
  private ByteBuffer received = ByteBuffer.allocate(RECEIVE_BYTES);

  /**
   * Reads on.
   *
   * @param name of the session, for the log
   * @param early what others have read before
   */
  LineSource(AcceptedControl control, String name, ByteBuffer early) {
    this.control = control;
    this.name = name;
    goOnWith(early);
  }

  /** Goes on with what others have read meanwhile; nothing else must be unread. */
  void goOnWith(ByteBuffer others) {
    if (received.capacity() < others.remaining()) {
      received = ByteBuffer.allocate(others.remaining());
    }
    received.clear().put(others).flip();
  }

  /**
   * The next line if it is here already. Whoever sends no commands at all, line after line, is
   * heard no more.
   */
  Optional<Heard> next() {
    try {
      return parser.parse(received).map(Heard.Line::new);
    } catch (ProtocolException e) {
      LOG.log(Level.DEBUG, "event=not-ftp session=" + name, e);
      return Optional.of(new Heard.Ended());
    }
  }

  /** Waits for the next line. */
  Heard await(Deadline deadline) {
    Optional<Heard> line = next();
    while (line.isEmpty()) {
      received.clear();
      AcceptedControl.Reading reading;
      try {
        reading = control.read(received, deadline);
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "event=control-lost session=" + name, e);
        reading = AcceptedControl.Reading.ENDED;
      } finally {
        received.flip();
      }
      switch (reading) {
        case ARRIVED -> line = next();
        case ENDED -> {
          return new Heard.Ended();
        }
        case TIMED_OUT -> {
          return new Heard.TimedOut();
        }
        case WOKEN -> {
          return new Heard.Woken();
        }
      }
    }
    return line.get();
  }

  /** Whether the client has ended its side, as far as is known now. In TLS nobody looks. */
  boolean hasEndedNow() {
    if (received.hasRemaining()) {
      return false; // It goes on to speak.
    }
    received.clear();
    try {
      return control.readNow(received).equals(Optional.of(AcceptedControl.Reading.ENDED));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "event=control-lost session=" + name, e);
      return true;
    } finally {
      received.flip();
    }
  }

  /** Whether something was received behind the last line. */
  boolean hasMore() {
    return received.hasRemaining() || parser.isWithinLine();
  }

  /** What was received behind the last line. */
  ByteBuffer unread() {
    return received;
  }
}
