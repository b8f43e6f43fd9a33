package dev.berth.limits;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How a program reaches the server of a budget, for the other programs of the machine. Immutable.
 *
 * @param server the name that it uses for the server; empty if it does not say
 * @param ports the local ports of its connections there, by which others know them in the kernel's
 *     tables
 */
public record Route(String server, SortedSet<Integer> ports) {
  /** Nothing is told. */
  public static final Route UNTOLD = new Route("", new TreeSet<>());

  private static final int MOST_PORTS = 256;

  public Route {
    server = Spoken.oneLine(server);
    ports = Collections.unmodifiableSortedSet(new TreeSet<>(ports));
  }

  /** The ports as they stand in a file: {@code 40001 40002}, no more than fit. */
  String portsText() {
    StringBuilder text = new StringBuilder();
    int count = 0;
    for (int port : ports) {
      if (count < MOST_PORTS) {
        text.append(count == 0 ? "" : " ").append(port);
      }
      count++;
    }
    return text.toString();
  }

  /**
   * Reads what was told.
   *
   * @throws IllegalArgumentException if a port is none
   */
  static Route read(String server, String ports) {
    SortedSet<Integer> read = new TreeSet<>();
    for (String port : ports.split(" ", MOST_PORTS + 1)) {
      if (!port.isEmpty()) {
        int number = Integer.parseInt(port);
        if (number < 1 || number > 65_535) {
          throw new IllegalArgumentException("not a port: " + number);
        }
        read.add(number);
      }
    }
    return new Route(server, read);
  }
}
