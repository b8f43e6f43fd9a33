package dev.berth.session;

import dev.berth.lifetime.Deadline;
import dev.berth.transport.AcceptedControl;
import dev.berth.wire.ProtocolException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads the header of a proxy, an octet at a time: what comes behind it is the client's, and
 * nothing here may take it. Confined to one thread.
 */
final class ProxyHearing {
  private final AcceptedControl control;
  private final ByteBuffer header = ByteBuffer.allocate(ProxyHeader.LONGEST);

  ProxyHearing(AcceptedControl control) {
    this.control = control;
  }

  /**
   * For whom the proxy speaks.
   *
   * @return nothing if for itself, or if it hung up
   * @throws ProtocolException if that is no header
   */
  Optional<InetAddress> client(Deadline deadline) throws IOException {
    Optional<ProxyHeader> read = Optional.empty();
    while (read.isEmpty()) {
      ByteBuffer octet = header.slice(header.position(), 1);
      switch (control.read(octet, deadline)) {
        case ARRIVED -> header.position(header.position() + 1);
        case ENDED, WOKEN -> {
          return Optional.empty();
        }
        case TIMED_OUT -> throw new ProtocolException("no PROXY header in time");
      }
      read = ProxyHeader.read(header.duplicate().flip());
      if (read.isEmpty() && !header.hasRemaining()) {
        throw new ProtocolException("a PROXY header without end");
      }
    }
    return switch (read.get()) {
      case ProxyHeader.Client(var client, int length) -> Optional.of(client.getAddress());
      case ProxyHeader.Itself itself -> Optional.empty();
    };
  }
}
