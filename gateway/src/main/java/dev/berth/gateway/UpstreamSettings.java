package dev.berth.gateway;

import dev.berth.client.ConnectSettings;
import dev.berth.limits.LimitSettings;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One server behind the gateway.
 *
 * @param name by which settings, logs and clients name it: letters, digits, {@code -} and {@code _}
 * @param server where connections go, and how
 * @param limits how many there may be, or how that is found out
 * @param pooling when a client holds a connection
 * @param idle a connection unused for so long is closed; more than zero
 * @param turns how clients take turns
 * @param clients what its clients are to it
 * @param spooling what of its files lies on our disk for a time
 */
public record UpstreamSettings(
    String name,
    ConnectSettings server,
    LimitSettings limits,
    Pooling pooling,
    Duration idle,
    TurnSettings turns,
    ClientSettings clients,
    Spooling spooling) {
  /** Less than the 120 s of IIS, the shortest idle limit that servers are shipped with. */
  public static final Duration IDLE = Duration.ofSeconds(60);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** When a client holds a connection. */
  public enum Pooling {
    /** From the login to the end of its session. */
    SESSION,
    /** From a command that needs the server to its last reply. */
    TRANSFER
  }

  public UpstreamSettings {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "an upstream's name is of letters, digits, - and _: " + name);
    }
    if (idle.isNegative() || idle.isZero()) {
      throw new IllegalArgumentException("an idle time is more than zero: " + idle);
    }
  }

  /** With all that can be set as usual, for clients that log in as at the server. */
  public static UpstreamSettings usual(String name, ConnectSettings server, LimitSettings limits) {
    return new UpstreamSettings(
        name,
        server,
        limits,
        Pooling.TRANSFER,
        IDLE,
        TurnSettings.USUAL,
        ClientSettings.usual(),
        Spooling.usual());
  }

  /** The same with another mode of pooling. */
  public UpstreamSettings with(Pooling other) {
    return new UpstreamSettings(name, server, limits, other, idle, turns, clients, spooling);
  }

  /** The same with other turns. */
  public UpstreamSettings with(TurnSettings other) {
    return new UpstreamSettings(name, server, limits, pooling, idle, other, clients, spooling);
  }

  /** The same with files here for a time. */
  public UpstreamSettings with(Spooling other) {
    return new UpstreamSettings(name, server, limits, pooling, idle, turns, clients, other);
  }

  /** The same for other clients. */
  public UpstreamSettings with(ClientSettings others) {
    return new UpstreamSettings(name, server, limits, pooling, idle, turns, others, spooling);
  }

  /** Whether they differ in nothing but the gateway's own users. */
  boolean isSameButForUsers(UpstreamSettings other) {
    return with(other.clients).equals(other) && clients.isSameButForUsers(other.clients);
  }

  /** Whether an upstream can be named so. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
