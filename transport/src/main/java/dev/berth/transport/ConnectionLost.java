package dev.berth.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A connection ended, or never came about, without the peer having said why. The connection is
 * closed. Its message says with whom, what was awaited, and how long.
 */
public final class ConnectionLost extends IOException {
  private static final long serialVersionUID = 1;

  /** How it ended. */
  public enum Manner {
    /** Nobody listens there: the peer's host answered the connect with RST. */
    CONNECT_REFUSED("connection refused"),
    /** There is no way to the peer's host. */
    UNREACHABLE("not reachable"),
    /** The deadline, or the time without any progress, passed; also in connect and handshake. */
    TIMED_OUT("timed out"),
    /** The peer closed its side (FIN) without a word: no byte of what was awaited had come. */
    END_OF_STREAM("closed by the peer without a word"),
    /** The peer closed its side in the middle of a reply. */
    CUT_REPLY("closed by the peer in the middle of a reply"),
    /** RST from the peer, or the network failed. */
    RESET("reset"),
    /** The thread was interrupted; its interrupt flag is set. Says nothing about the peer. */
    INTERRUPTED("interrupted here"),
    /** Another thread closed or aborted the connection. Says nothing about the peer. */
    CLOSED_HERE("closed here");

    private final String text;

    Manner(String text) {
      this.text = text;
    }

    /** Whether it was this program, not the peer or the network, that ended the connection. */
    public boolean isOurs() {
      return this == INTERRUPTED || this == CLOSED_HERE;
    }
  }

  private final Manner manner;

  ConnectionLost(Manner manner, String peer, Wait wait, @Nullable Throwable cause) {
    super(peer + ": " + manner.text + " " + wait.description(), cause);
    this.manner = manner;
  }

  /** How it ended. */
  public Manner manner() {
    return manner;
  }
}
