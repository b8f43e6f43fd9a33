package dev.berth.dialects;

import dev.berth.wire.Octets;
import dev.berth.wire.Reply;

/**
 * What was seen on a control connection: where in its life, what the server said, and whether it
 * closed.
 *
 * @param phase where in its life the connection was
 * @param said what the server said
 * @param closed whether the server closed the connection with it, or right after it
 */
public record Observation(Phase phase, Said said, boolean closed) {

  /** A reply, with the connection left open or closed after it. */
  public static Observation of(Phase phase, Reply reply, boolean closed) {
    return new Observation(phase, new Said.Coded(reply.code(), Octets.latin(reply.text())), closed);
  }

  /** Words without a reply code, as a log or a client quotes them. */
  public static Observation quoted(Phase phase, String text) {
    return new Observation(phase, new Said.Quoted(text), false);
  }

  /** A close, a reset or an endless wait, without a reply. */
  public static Observation silence(Phase phase) {
    return new Observation(phase, new Said.Nothing(), true);
  }

  /** What the server said, if anything. */
  public sealed interface Said {
    /**
     * A reply code and its text.
     *
     * @param text without the code; UTF-8, or a character per byte as in {@link Reply}; lines end
     *     in LF or CRLF
     */
    record Coded(int code, String text) implements Said {}

    /** Text alone. */
    record Quoted(String text) implements Said {}

    /** No reply at all. */
    record Nothing() implements Said {}
  }
}
