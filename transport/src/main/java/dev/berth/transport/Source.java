package dev.berth.transport;

import java.net.InetAddress;

/** The local address from which connections go out. A server counts connections by it. */
public sealed interface Source {
  /** Whatever the system chooses. */
  record Unbound() implements Source {
    @Override
    public String toString() {
      return "any address";
    }
  }

  /**
   * An address of this host, of the same family as the server's.
   *
   * @param address the address to bind; the port is chosen by the system
   */
  record Address(InetAddress address) implements Source {
    @Override
    public String toString() {
      return address.getHostAddress();
    }
  }

  /** Whatever the system chooses. */
  static Source any() {
    return new Unbound();
  }

  /** A given address of this host. */
  static Source of(InetAddress address) {
    return new Address(address);
  }
}
