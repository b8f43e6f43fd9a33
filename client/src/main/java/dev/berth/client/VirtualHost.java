package dev.berth.client;

import dev.berth.wire.Command;

/** Which of the hosts behind one address is meant (RFC 7151). */
public sealed interface VirtualHost {
  /** The only one, or the one that the server takes by itself. */
  record Unnamed() implements VirtualHost {}

  /**
   * One that is asked for by HOST.
   *
   * @param name as it goes after HOST; not empty
   */
  record Named(String name) implements VirtualHost {
    public Named {
      if (name.isBlank()) {
        throw new IllegalArgumentException("no name of a host");
      }
      Command.of("HOST", name);
    }
  }
}
