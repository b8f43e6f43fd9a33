package dev.berth.lifetime;

import java.io.IOException;
import java.util.List;

/** The deadline of a {@link Scope} passed while threads of it still ran. */
public final class LeftRunningException extends IOException {
  private static final long serialVersionUID = 1;

  private final List<String> threads;

  LeftRunningException(String message, List<String> threads) {
    super(message);
    this.threads = List.copyOf(threads);
  }

  /** The names of the threads that still ran, in the order of their start; at least one. */
  public List<String> threads() {
    return threads;
  }
}
