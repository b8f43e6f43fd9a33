package dev.berth.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Leaves facts out of the lines of MLSD (RFC 3659 section 7.2) as they come, in pieces of any size.
 * Whatever is no fact stays as it is, octet by octet, and so do the order of facts and the ends of
 * lines. It holds one fact at the most. Confined to one thread.
 */
final class FactFilter {
  /** Of a line that begins with more than that without a semicolon nothing is left out. */
  private static final int LONGEST_FACT = 4096;

  private final FactSelection facts;
  private final byte[] held = new byte[LONGEST_FACT]; // a fact that has not ended yet
  private int count; // of bytes in it
  private boolean isInName; // behind the facts of a line

  FactFilter(FactSelection facts) {
    this.facts = facts;
  }

  /** What is to be shown of the next bytes, and of what was held back before. */
  ByteBuffer apply(ByteBuffer bytes) {
    ByteBuffer shown = ByteBuffer.allocate(count + bytes.remaining());
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      if (isInName) {
        shown.put(next);
        isInName = next != '\n';
      } else {
        inFacts(next, shown);
      }
    }
    return shown.flip();
  }

  private void inFacts(byte next, ByteBuffer shown) {
    held[count++] = next;
    if (next == ';' && !facts.shows(name())) {
      count = 0;
    } else if (next == ';' || next == ' ' || next == '\n' || count == LONGEST_FACT) {
      isInName = next == ' ' || count == LONGEST_FACT;
      shown.put(held, 0, count);
      count = 0;
    }
  }

  private String name() {
    String fact = new String(held, 0, count - 1, StandardCharsets.ISO_8859_1);
    int end = fact.indexOf('=');
    return end < 0 ? fact : fact.substring(0, end);
  }

  /** What was held back of a last line that has no end. */
  ByteBuffer end() {
    ByteBuffer rest = ByteBuffer.wrap(held, 0, count);
    count = 0;
    return rest;
  }
}
