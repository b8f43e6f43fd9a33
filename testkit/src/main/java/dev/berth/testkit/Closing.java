package dev.berth.testkit;

import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Closes several things, each of them whatever becomes of the others. */
final class Closing {
  private Closing() {}

  /**
   * Closes all, in order.
   *
   * @throws IOException the first failure, the others suppressed under it
   */
  static void all(Collection<? extends AutoCloseable> things) throws IOException {
    @Nullable IOException first = null;
    for (AutoCloseable thing : things) {
      try {
        thing.close();
      } catch (Exception e) {
        IOException failure = e instanceof IOException io ? io : new IOException(e);
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
