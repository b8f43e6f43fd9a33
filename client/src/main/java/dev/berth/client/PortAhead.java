package dev.berth.client;

import dev.berth.wire.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * The port of a data connection that was asked for (EPSV) with a command before the transfer: so it
 * costs no round trip of its own. Confined to the thread that has the connection.
 */
final class PortAhead {
  /** A firewall that follows the dialogue may shut it again. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final FtpConnection connection;
  private OptionalInt port = OptionalInt.empty();
  private long askedNanos;

  PortAhead(FtpConnection connection) {
    this.connection = connection;
  }

  /** Asks with other commands, where the server is known to take that. */
  void ask(Bundle bundle) {
    boolean mayAsk =
        !connection.usesActiveMode()
            && connection.traits().takesCommandsAhead()
            && PassiveWay.asksAhead(connection);
    if (mayAsk && !isFresh()) {
      port = OptionalInt.empty();
      bundle.add(PassiveWay.EPSV, Bundle.WhenRefused.GO_ON, this::told);
    }
  }

  /** A refusal is heard again when the transfer asks. */
  private void told(Reply reply) throws IOException {
    if (reply.code() == PassiveWay.ENTERING_EXTENDED_PASSIVE) {
      port = OptionalInt.of(PassiveWay.extendedPort(connection.dialogue(), reply));
      askedNanos = System.nanoTime();
    }
  }

  /** Whether the server listens for the next transfer. */
  boolean isFresh() {
    return port.isPresent() && System.nanoTime() - askedNanos < FRESH.toNanos();
  }

  /** The port, which is good for one data connection; nothing if none was asked for lately. */
  OptionalInt take() {
    OptionalInt taken = isFresh() ? port : OptionalInt.empty();
    port = OptionalInt.empty();
    return taken;
  }
}
