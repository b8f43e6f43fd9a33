package dev.berth.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * TLS of a server after its handshake, of which one thread reads while another writes; the engine
 * bears that. The reader never writes: what the protocol wants said (the answer to a key update)
 * goes ahead of the next thing that is written. A new handshake is not to be had: a client that
 * asks for one in TLS 1.2 is done with.
 *
 * <p>Holds little while nothing is said: it is a control connection's, and they are many.
 */
final class DuplexTls {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int COMMAND_BYTES = 512;

  /** Records read while an answer is due. Each key update costs memory until something is said. */
  private static final int MOST_UNANSWERED = 1000;

  private final PlainStream plain;
  private final SSLEngine engine;

  // Confined to the thread that reads.
  private ByteBuffer netIn; // what to decrypt: between position and limit
  private ByteBuffer decrypted = NOTHING; // not handed out yet: between position and limit
  private boolean peerClosed; // by close_notify
  private int unanswered;

  /**
   * Goes on after a handshake.
   *
   * @param undecrypted what came with its end
   */
  DuplexTls(PlainStream plain, SSLEngine engine, ByteBuffer undecrypted) {
    this.plain = plain;
    this.engine = engine;
    int size = Math.max(COMMAND_BYTES, undecrypted.remaining());
    this.netIn = ByteBuffer.allocate(size).put(undecrypted).flip();
  }

  /** As {@link ByteStream#read}. */
  int read(ByteBuffer into, Wait wait) throws IOException {
    int start = into.position();
    handOut(into);
    try {
      while (into.position() == start && !peerClosed) {
        if (!unwrap(into) && !receive(wait)) {
          return -1;
        }
      }
    } catch (SSLException e) {
      throw failed("TLS broke", e);
    }
    int count = into.position() - start;
    return count == 0 ? -1 : count;
  }

  /** Decrypts one record; false if none is whole. */
  private boolean unwrap(ByteBuffer into) throws SSLException {
    SSLEngineResult result = engine.unwrap(netIn, into);
    if (result.getStatus() == Status.BUFFER_OVERFLOW) { // Said before the record is whole, too.
      decrypted = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
      result = engine.unwrap(netIn, decrypted);
      decrypted.flip();
      handOut(into);
    }
    switch (result.getStatus()) {
      case OK -> judge();
      case CLOSED -> peerClosed = true;
      case BUFFER_UNDERFLOW -> {
        return false;
      }
      case BUFFER_OVERFLOW -> throw new SSLException("a record that is longer than any");
    }
    return true;
  }

  private void judge() throws SSLException {
    TlsStream.refuseRenegotiation(engine);
    boolean answerIsDue = engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
    unanswered = answerIsDue ? unanswered + 1 : 0;
    if (unanswered > MOST_UNANSWERED) {
      throw new SSLException("the client asks for new keys without end");
    }
  }

  private void handOut(ByteBuffer into) {
    int count = Math.min(into.remaining(), decrypted.remaining());
    into.put(into.position(), decrypted, decrypted.position(), count);
    into.position(into.position() + count);
    decrypted.position(decrypted.position() + count);
    if (!decrypted.hasRemaining()) {
      decrypted = NOTHING;
    }
  }

  /** Waits for more to decrypt; false at the end of the stream. */
  private boolean receive(Wait wait) throws IOException {
    if (!netIn.hasRemaining() && netIn.capacity() > COMMAND_BYTES) {
      netIn = ByteBuffer.allocate(COMMAND_BYTES);
    } else {
      netIn.compact();
    }
    if (!netIn.hasRemaining()) {
      // The engine bounds a record.
      netIn = ByteBuffer.allocate(netIn.capacity() * 2).put(netIn.flip());
    }
    int count = plain.read(netIn, wait);
    netIn.flip();
    return count >= 0;
  }

  /** As {@link ByteStream#write}; the buffer for it lives no longer than that. */
  void write(ByteBuffer from, Wait wait) throws IOException {
    try {
      while (from.hasRemaining()) {
        SSLEngineResult result = send(from, wait);
        if (result.getStatus() != Status.OK
            || result.bytesConsumed() + result.bytesProduced() == 0) {
          throw new SSLException("the client has ended it, or wants to renegotiate");
        }
      }
    } catch (SSLException e) {
      throw failed("TLS takes no more", e);
    }
  }

  private SSLEngineResult send(ByteBuffer from, Wait wait) throws IOException {
    var record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    SSLEngineResult result = engine.wrap(from, record);
    plain.write(record.flip(), wait);
    return result;
  }

  /** As {@link ByteStream#finish}. */
  void finish(Wait wait) throws IOException {
    closeOutput(wait);
    plain.finish(wait);
  }

  /**
   * Ends TLS both ways; the connection goes on without it.
   *
   * @return what came behind the peer's close_notify
   */
  ByteBuffer end(Wait wait) throws IOException {
    closeOutput(wait);
    try {
      var said = ByteBuffer.allocate(COMMAND_BYTES);
      while (!peerClosed) {
        if (decrypted.hasRemaining() || said.position() > 0) {
          throw new SSLException("the peer goes on in it");
        }
        if (!unwrap(said) && !receive(wait)) {
          throw plain.lostAtEnd(wait);
        }
      }
    } catch (SSLException e) {
      throw failed("TLS was not ended", e);
    }
    return netIn;
  }

  private void closeOutput(Wait wait) throws IOException {
    engine.closeOutbound();
    try {
      while (!engine.isOutboundDone()) {
        SSLEngineResult result = send(NOTHING, wait);
        if (result.bytesProduced() == 0) {
          break;
        }
      }
    } catch (SSLException e) {
      throw failed("TLS close failed", e);
    }
  }

  private TlsFailed failed(String what, SSLException e) throws IOException {
    plain.close();
    return new TlsFailed(plain.peer() + ": " + what + ": " + e.getMessage(), e);
  }
}
