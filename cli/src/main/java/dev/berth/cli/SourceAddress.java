package dev.berth.cli;

import java.net.InetAddress;

/** The address that connections come from, on a host with several. */
sealed interface SourceAddress {
  /** The system chooses. */
  record Any() implements SourceAddress {}

  /** The user chooses. */
  record Fixed(InetAddress address) implements SourceAddress {}

  /**
   * Reads an IPv4 or IPv6 address; names are not looked up.
   *
   * @throws IllegalArgumentException when it is none
   */
  static SourceAddress parse(String text) {
    try {
      return new Fixed(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an address like 192.0.2.1 or 2001:db8::1", e);
    }
  }
}
