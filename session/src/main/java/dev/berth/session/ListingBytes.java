package dev.berth.session;

import dev.berth.wire.Octets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/** A listing on its way to the client, a line for each entry. Confined to the thread that sends. */
final class ListingBytes implements Outgoing, ReadableByteChannel {
  private final Entries entries;
  private final Predicate<Entry> shown;
  private final Function<Entry, String> text;
  private ByteBuffer line = ByteBuffer.allocate(0);
  private boolean open = true;

  /**
   * The lines of a listing.
   *
   * @param entries closed with this
   * @param shown which of them
   * @param text of one, without line end
   */
  ListingBytes(Entries entries, Predicate<Entry> shown, Function<Entry, String> text) {
    this.entries = entries;
    this.shown = shown;
    this.text = text;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int before = into.position();
    while (into.hasRemaining() && (line.hasRemaining() || advance())) {
      int count = Math.min(into.remaining(), line.remaining());
      into.put(into.position(), line, line.position(), count);
      into.position(into.position() + count);
      line.position(line.position() + count);
    }
    return into.position() == before && into.hasRemaining() ? -1 : into.position() - before;
  }

  private boolean advance() throws IOException {
    Optional<Entry> next = entries.next();
    while (next.isPresent() && !shown.test(next.get())) {
      next = entries.next();
    }
    next.ifPresent(it -> line = ByteBuffer.wrap(Octets.toBytes(text.apply(it) + "\r\n")));
    return next.isPresent();
  }

  @Override
  public ReadableByteChannel bytes() {
    return this;
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.empty();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    entries.close();
  }
}
