package dev.berth.session;

import dev.berth.wire.Reply;
import java.io.IOException;

/** A relayed command came to nothing, and the client gets this reply. */
public final class RelayFailed extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Reply reply;

  /**
   * A failure to be told.
   *
   * @param reply negative
   */
  public RelayFailed(Reply reply) {
    super(reply.toString());
    this.reply = reply;
  }

  /** What the client gets. */
  public Reply reply() {
    return reply;
  }
}
