package dev.berth.testkit;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a {@link WireTap} does. Start from {@link #to}.
 *
 * @param server where connections go on to
 * @param from the loopback address that the server sees, such as 127.0.0.2
 * @param roundTrip how much longer a question and its answer take; half of it in each direction
 * @param faults what goes wrong on the way
 */
public record TapSettings(
    InetSocketAddress server, String from, Duration roundTrip, List<Fault> faults) {

  /** What a fault waits for. */
  public sealed interface Trigger {
    /**
     * A command; neither it nor what follows gets through.
     *
     * @param verb such as {@code RETR}, in any case
     */
    record Command(String verb) implements Trigger {
      public Command {
        verb = verb.toUpperCase(Locale.ROOT);
      }
    }

    /**
     * A number of bytes from the server; so many get through.
     *
     * @param count 0 or more
     */
    record ServerBytes(int count) implements Trigger {}
  }

  /** What happens then. */
  public enum Action {
    /** Both sides see an RST. */
    RESET,
    /** Both sides see a FIN. */
    CLOSE,
    /**
     * Neither side hears of the other again, as through a gateway that has forgotten the
     * connection.
     */
    SILENCE
  }

  /**
   * Something that goes wrong once on one connection.
   *
   * @param connection the number of the connection, from 1
   * @param trigger what it waits for
   * @param action what happens then
   */
  public record Fault(int connection, Trigger trigger, Action action) {}

  public TapSettings {
    faults = List.copyOf(faults);
    if (roundTrip.isNegative()) {
      throw new IllegalArgumentException("a round trip of " + roundTrip);
    }
  }

  /** A tap that changes nothing; the server sees 127.0.0.1. */
  public static TapSettings to(InetSocketAddress server) {
    return new TapSettings(server, "127.0.0.1", Duration.ZERO, List.of());
  }

  /** These settings with this client address. */
  public TapSettings from(String address) {
    return new TapSettings(server, address, roundTrip, faults);
  }

  /** These settings with so much delay. */
  public TapSettings roundTrip(Duration time) {
    return new TapSettings(server, from, time, faults);
  }

  /** These settings and one more fault. */
  public TapSettings fault(int connection, Trigger trigger, Action action) {
    List<Fault> changed = new ArrayList<>(faults);
    changed.add(new Fault(connection, trigger, action));
    return new TapSettings(server, from, roundTrip, changed);
  }
}
