package dev.berth.limits;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Machines made for tests: no name is asked of anybody, and the kernel's tables are files. */
final class Neighbourhood {
  private Neighbourhood() {}

  /** One whose kernel tells nothing, and where no name has an address. */
  static Machine in(Path folder) {
    return new Machine(folder, folder.resolve("no-proc"), host -> List.of());
  }

  /** One with tables, and names with addresses. */
  static Machine in(Path folder, Path proc, Map<String, List<String>> names) {
    return new Machine(
        folder,
        proc,
        host -> names.getOrDefault(host, List.of()).stream().map(Neighbourhood::address).toList());
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
