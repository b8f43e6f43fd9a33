package dev.berth.client;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The buffers of one connection, made when first needed. Confined to the connection's owner. */
final class Buffers {
  /** Measured as the fastest for data connections; smaller than what a core caches. */
  private static final int BYTES = 256 * 1024;

  private @Nullable ByteBuffer first;
  private @Nullable ByteBuffer second;

  /** The one that every transfer uses. */
  ByteBuffer first() {
    if (first == null) {
      first = ByteBuffer.allocateDirect(BYTES);
    }
    return first;
  }

  /** Another of the same size, for transfers that read and write at the same time. */
  ByteBuffer second() {
    if (second == null) {
      second = ByteBuffer.allocateDirect(BYTES);
    }
    return second;
  }
}
