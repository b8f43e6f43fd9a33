package dev.berth.daemon;

import dev.berth.server.Bound;
import dev.berth.session.Timers;
import dev.berth.settings.DurationText;
import dev.berth.settings.PlaceText;
import dev.berth.settings.SizeText;
import dev.berth.transport.LocalPorts;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what settings and options say. Each refuses by an {@link IllegalArgumentException} that
 * says what to write.
 */
final class Values {
  private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})");

  private Values() {}

  /** {@code 192.0.2.1:21}, {@code [2001:db8::1]:21}; of all addresses {@code [::]:21}. */
  static Listener.Place place(String text) {
    if (text.equals("inherited")) {
      return new Listener.Place.Inherited();
    }
    InetSocketAddress socket = PlaceText.parse(text);
    return PlaceText.isEverywhere(socket)
        ? new Listener.Place.Everywhere(socket.getPort())
        : new Listener.Place.Address(socket);
  }

  /** {@code 50000-50999}. */
  static LocalPorts ports(String text) {
    Matcher shape = PORTS.matcher(text);
    if (!shape.matches()) {
      throw new IllegalArgumentException("not LOW-HIGH; write 50000-50999");
    }
    return new LocalPorts.Range(Integer.parseInt(shape.group(1)), Integer.parseInt(shape.group(2)));
  }

  /** A span of time longer than nothing. */
  static Duration time(String text) {
    Duration time = DurationText.parse(text);
    if (time.isZero()) {
      throw new IllegalArgumentException("has to be longer than nothing");
    }
    return time;
  }

  /** A span of time longer than nothing, and of so many seconds at the most. */
  static Duration timeUpTo(String text, int seconds) {
    Duration time = time(text);
    if (time.compareTo(Duration.ofSeconds(seconds)) > 0) {
      throw new IllegalArgumentException("longer than " + seconds + "s: clients lose patience");
    }
    return time;
  }

  /** A span of time longer than nothing, or {@code never}. */
  static Duration timer(String text) {
    return text.equals("never") ? Timers.NEVER : time(text);
  }

  /** Bytes: a whole number, with K, M, G or T behind it for powers of 1024; or unlimited. */
  static Bound bytes(String text) {
    if (text.equals("unlimited")) {
      return new Bound.None();
    }
    return new Bound.AtMost(SizeText.parse(text));
  }

  /** Bytes a second, at least 1K. */
  static Bound rate(String text) {
    Bound rate = bytes(text);
    if (rate instanceof Bound.AtMost(long amount) && amount < 1024) {
      throw new IllegalArgumentException("at least 1K bytes a second, or unlimited");
    }
    return rate;
  }

  /** A number of files, or unlimited. */
  static Bound count(String text) {
    if (text.equals("unlimited")) {
      return new Bound.None();
    }
    if (!text.matches("[0-9]{1,12}")) {
      throw new IllegalArgumentException("not a number; write 10000 or unlimited");
    }
    return new Bound.AtMost(Long.parseLong(text));
  }

  /** Permissions to be left out, in octal. */
  static int umask(String text) {
    if (!text.matches("0?[0-7]{3}")) {
      throw new IllegalArgumentException("not three octal digits in quotes; write \"022\"");
    }
    return Integer.parseInt(text, 8);
  }

  /** A pathname from the root: the server's own folder says nothing to who reads the file. */
  static Path wholePath(String text) {
    Path path = path(text);
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("not a whole pathname; begin it with /");
    }
    return path;
  }

  /** A pathname. */
  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("no pathname: " + e.getReason(), e);
    }
  }

  /** {@code UTC}, {@code Europe/Berlin}. */
  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time zone; write UTC or Europe/Berlin", e);
    }
  }

  /** Text without control characters, and not blank. */
  static String line(String text) {
    if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("has to be one line of text");
    }
    return text;
  }
}
