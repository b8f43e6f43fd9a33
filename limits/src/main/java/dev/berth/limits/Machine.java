package dev.berth.limits;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the programs of a machine have in common. Immutable.
 *
 * @param folder where all of them share connections; made if it is missing
 * @param proc where the kernel tells of connections and processes; it may not exist
 * @param resolver finds the addresses of servers
 */
public record Machine(Path folder, Path proc, Resolver resolver) {

  /** Finds the addresses of a server. */
  public interface Resolver {
    /**
     * The addresses that a name has just now. May block as long as the system's resolver does.
     *
     * @param host a name or an address
     * @return in no certain order; empty if none is known
     */
    List<InetAddress> addresses(String host);
  }

  /** This machine, whose programs share in a folder. */
  public static Machine sharingIn(Path folder) {
    return new Machine(folder, Path.of("/proc"), Machine::resolve);
  }

  private static List<InetAddress> resolve(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      // Whoever connects there will be told so.
      return List.of();
    }
  }

  /**
   * The name under which all programs share a budget: the server's address if there is no doubt
   * which one is used, so that its names and its address come to the same. A server with one IPv4
   * address has that, whatever IPv6 addresses it has beside. A name of several addresses stays:
   * which of them it tells first changes from one question to the next.
   */
  public BudgetName common(BudgetName name) {
    List<InetAddress> all = resolver.addresses(name.host());
    List<InetAddress> old = all.stream().filter(Inet4Address.class::isInstance).toList();
    List<InetAddress> usable = old.isEmpty() ? all : old;
    return usable.size() == 1
        ? new BudgetName(usable.getFirst().getHostAddress(), name.port(), name.source())
        : name;
  }
}
