package dev.berth.transport;

import dev.berth.wire.Reply;

/**
 * The server answered a TLS handshake with a reply in plain text: as vsftpd 3.0.3 does on a port of
 * implicit TLS when it counts too many connections. Whoever is on the way could have said it too;
 * so it may cause a wait, and nothing more. The connection is closed.
 */
public final class PlainAnswer extends TlsFailed {
  private static final long serialVersionUID = 1;

  private final transient Reply reply;

  PlainAnswer(Reply reply, TlsFailed failure) {
    super(failure.getMessage() + ": " + reply, failure);
    this.reply = reply;
  }

  /** What the server said. */
  public Reply reply() {
    return reply;
  }
}
