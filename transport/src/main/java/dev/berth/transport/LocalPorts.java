package dev.berth.transport;

/** The local ports on which data connections are awaited in active mode. */
public sealed interface LocalPorts {
  /** Whatever the system chooses. */
  record Any() implements LocalPorts {}

  /**
   * Those that a firewall lets through.
   *
   * @param lowest 1024 to 65535: servers connect to no lower port, and few users may listen there
   * @param highest not less than the lowest, up to 65535
   */
  record Range(int lowest, int highest) implements LocalPorts {
    public Range {
      if (lowest < 1024 || highest > 65535 || lowest > highest) {
        throw new IllegalArgumentException(
            "not ports from 1024 to 65535: " + lowest + "-" + highest);
      }
    }

    @Override
    public String toString() {
      return lowest + "-" + highest;
    }
  }

  /** Whatever the system chooses. */
  static LocalPorts any() {
    return new Any();
  }
}
