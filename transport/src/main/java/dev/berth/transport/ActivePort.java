package dev.berth.transport;

/** The port from which a server's data connections of active mode come. */
public sealed interface ActivePort {
  /** Whatever the system chooses. */
  record Any() implements ActivePort {}

  /**
   * Always the same: firewalls of old expect 20 (RFC 959 section 3.2).
   *
   * @param number 1 to 65535; below 1024 only a privileged program can have it
   */
  record Fixed(int number) implements ActivePort {
    public Fixed {
      if (number < 1 || number > 65_535) {
        throw new IllegalArgumentException("not a port from 1 to 65535: " + number);
      }
    }
  }

  /** Whatever the system chooses. */
  static ActivePort any() {
    return new Any();
  }
}
