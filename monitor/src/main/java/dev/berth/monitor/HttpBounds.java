package dev.berth.monitor;

import java.util.Map;

/**
 * The bounds of the JDK's own HTTP server. It has none unless told, and takes them from properties
 * of the system alone, once, when it is first used: so they are set here, where nobody has set
 * others.
 */
final class HttpBounds {
  private static final Map<String, String> BOUNDS =
      Map.of(
          // A request that dribbles is dropped, and an answer that nobody reads: seconds.
          "sun.net.httpserver.maxReqTime", "10",
          "sun.net.httpserver.maxRspTime", "30",
          "sun.net.httpserver.idleInterval", "10",
          "sun.net.httpserver.maxReqHeaders", "50",
          "sun.net.httpserver.maxReqHeaderSize", "16384",
          "jdk.httpserver.maxConnections", "64",
          // Without it the last part of an answer waits for an acknowledgement.
          "sun.net.httpserver.nodelay", "true");

  private HttpBounds() {}

  static void set() {
    BOUNDS.forEach((name, value) -> {
      if (System.getProperty(name) == null) {
        System.setProperty(name, value);
      }
    });
  }
}
