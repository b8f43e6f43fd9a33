package dev.berth.daemon;

import dev.berth.settings.PlaceText;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Whether, and where, operators ask a gateway how it is. */
public sealed interface Admin {
  /** Nowhere. */
  record Off() implements Admin {}

  /**
   * There.
   *
   * @param address of this host alone; port 0 takes a free one
   */
  record At(InetSocketAddress address) implements Admin {}

  /** On a free port. */
  static Admin usual() {
    return new At(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
  }

  /**
   * {@code 127.0.0.1:9121}, {@code [::1]:0}, {@code off}.
   *
   * @throws IllegalArgumentException if it is none, or others could reach it
   */
  static Admin parse(String text) {
    if (text.equals("off")) {
      return new Off();
    }
    InetSocketAddress address;
    try {
      address = PlaceText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not HOST:PORT; write 127.0.0.1:9121 or off", e);
    }
    if (!address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "others could reach it; write 127.0.0.1:PORT, [::1]:PORT or off");
    }
    return new At(address);
  }
}
