package dev.berth.transport;

import dev.berth.lifetime.Deadline;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * A data connection: the bytes of one file or listing, one way (RFC 959 section 3.2). Made by
 * {@link ControlConnection#connectData}, {@link AcceptedControl#connectData} or {@link
 * DataListener#accept}; whoever connects, the FTP client is the TLS client (RFC 4217 section 7).
 * Whoever opened it ends it: with {@link #finish} when all is moved, else with {@link #abort}.
 *
 * <p>One thread owns it; any thread may ask {@link #moved}, or call {@link #abort} or {@link
 * #close}, which ends whatever the owner waits in. After any exception it is closed. An interrupt
 * of the owner while it waits closes it too: the exception is a {@link ConnectionLost} of the
 * manner {@code INTERRUPTED}, and the interrupt flag is set.
 *
 * <p>Fastest with direct buffers of 256 KiB.
 */
public final class DataConnection implements Closeable {
  private static final int BULK_BYTES = 256 * 1024;

  private final PlainStream plain;
  private final Wait wait;
  private final @Nullable TlsEngines engines;

  // Confined to the owning thread.
  private ByteStream stream;
  private @Nullable TlsDetails details;

  DataConnection(PlainStream plain, Duration stall, @Nullable TlsEngines engines) {
    this.plain = plain;
    this.engines = engines;
    this.stream = plain;
    this.wait = Wait.eachStep(stall, "data");
  }

  /**
   * Goes over to TLS, before the first byte (RFC 4217 section 9; protection level P). Resumes the
   * session of the control connection if both sides let it: {@link TlsDetails#resumed} tells. A
   * client that resumes has proved that it is the one of the control connection.
   *
   * @throws CertificateRejected if the server's certificate is not trusted
   * @throws TlsFailed if there is no agreement
   * @throws ConnectionLost if the connection ended
   * @throws IllegalStateException if the control connection was not in TLS, or this is already
   */
  public void startTls(Deadline deadline) throws IOException {
    if (engines == null || details != null) {
      throw new IllegalStateException(
          plain.peer()
              + (engines == null ? ": control connection not in TLS" : ": already in TLS"));
    }
    SSLEngine engine = engines.newEngine();
    var tls = new TlsStream(plain, engine, BULK_BYTES);
    tls.handshake(Wait.until(deadline, "the TLS handshake of the data connection"));
    details = engines.details(engine);
    stream = tls;
  }

  /** What TLS has agreed on; empty in plain text. */
  public Optional<TlsDetails> tls() {
    return Optional.ofNullable(details);
  }

  /**
   * Reads what is there, waiting for at least one byte.
   *
   * @return the number of bytes; -1 at the end of the stream, see {@link #endedCleanly}
   * @throws ConnectionLost if the peer stalls, resets, or the network fails
   */
  public int read(ByteBuffer into) throws IOException {
    return stream.read(into, wait);
  }

  /**
   * Writes all of it. The bytes are on their way then; only the reply on the control connection
   * says that they have arrived.
   *
   * @throws ConnectionLost if the peer stops reading, resets, or the network fails
   */
  public void write(ByteBuffer from) throws IOException {
    stream.write(from, wait);
  }

  /**
   * Sends a part of a file, as {@link #write} would: by the system itself where there is no TLS.
   *
   * @param position where the part begins, in bytes
   * @param count how much of it; less is sent if the file ends before that
   * @return how many bytes were sent
   * @throws ConnectionLost as for {@link #write}
   * @throws IOException if the file cannot be read; closed with RST
   */
  public long send(FileChannel file, long position, long count) throws IOException {
    try {
      // A platform thread in the system's own call would wait for the whole of it: no step, and so
      // no stall, would be seen.
      return details == null && Thread.currentThread().isVirtual()
          ? new FileSender(file, plain, wait).send(position, count)
          : copy(file, position, count);
    } catch (IOException | RuntimeException e) {
      plain.reset(); // A file that breaks off must not look like one that ends.
      throw e;
    }
  }

  private long copy(FileChannel file, long position, long count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, BULK_BYTES));
    long sent = 0;
    while (sent < count) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), count - sent));
      if (file.read(buffer, position + sent) < 0) {
        break;
      }
      buffer.flip();
      sent += buffer.remaining();
      stream.write(buffer, wait);
    }
    return sent;
  }

  /**
   * How many bytes have gone over it so far, both ways, as they went over the wire: in TLS some
   * more than were read and written, and in the middle of a read or write those that it has moved.
   * For whoever watches whether it moves; any thread may ask.
   */
  public long moved() {
    return plain.moved();
  }

  /**
   * Whether the end that {@link #read} has met is one that only the peer can have made: in TLS a
   * close_notify. Without it anybody on the way may have cut the data; some servers never send it,
   * so a caller that knows the size may judge by that. Without TLS always true at the end.
   */
  public boolean endedCleanly() {
    return stream.endedCleanly();
  }

  /**
   * Ends the connection when all is read or written: close_notify if in TLS, FIN, then waits for
   * the peer's end, and closes. Without that wait the session tickets that a TLS 1.3 server has
   * sent, and nobody read, turn the close into an RST, and vsftpd answers the upload with 426.
   *
   * @throws ConnectionLost if the peer does not end in time, or resets while data may still be on
   *     its way; the reply on the control connection may yet say that all has arrived
   */
  public void finish(Deadline deadline) throws IOException {
    stream.finish(Wait.until(deadline, "the end of the data connection"));
  }

  /** Closes at once with RST: the peer shall not take what it has for the whole. */
  public void abort() throws IOException {
    plain.reset();
  }

  /** Closes at once; what was written may not arrive. May be called twice. */
  @Override
  public void close() throws IOException {
    plain.close();
  }
}
