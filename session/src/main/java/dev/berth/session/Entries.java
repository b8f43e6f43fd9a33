package dev.berth.session;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** What is in a folder, one after the other. Confined to the thread that lists. */
public interface Entries extends Closeable {
  /** The next, or nothing at the end. What vanished since it was found is left out. */
  Optional<Entry> next() throws IOException;
}
