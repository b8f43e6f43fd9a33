package dev.berth.session;

import java.nio.ByteBuffer;

/**
 * How far a client was greeted before its session began.
 *
 * @param hasBegun whether lines of the greeting have gone out, and TLS is up where it is implicit
 * @param early what the client has said meanwhile: between position and limit, up to {@link
 *     LineSource#RECEIVE_BYTES}
 */
record Greeted(boolean hasBegun, ByteBuffer early) {
  /** One who has just come. */
  static final Greeted NOTHING_YET = new Greeted(false, ByteBuffer.allocate(0));
}
