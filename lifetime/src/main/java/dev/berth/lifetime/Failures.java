package dev.berth.lifetime;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Many failures as one: the first, with the rest suppressed under it. */
final class Failures {
  private Failures() {}

  /** The first, or null if there is none. */
  static @Nullable Throwable combine(List<Throwable> failures) {
    if (failures.isEmpty()) {
      return null;
    }
    Throwable first = failures.get(0);
    for (Throwable other : failures.subList(1, failures.size())) {
      // One object may come twice (two tasks on one broken thing); suppressing itself would throw.
      if (!other.equals(first)) {
        first.addSuppressed(other);
      }
    }
    return first;
  }

  /** Throws what closing threw, if it did. */
  static void rethrow(@Nullable Throwable failure) throws IOException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IOException(failure);
    }
  }

  /** Throws what a task threw, if it did. */
  static void rethrowFromTask(@Nullable Throwable failure)
      throws IOException, InterruptedException {
    if (failure instanceof InterruptedException e) {
      throw e;
    }
    rethrow(failure);
  }
}
