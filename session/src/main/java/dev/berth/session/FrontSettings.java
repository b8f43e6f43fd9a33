package dev.berth.session;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;

/**
 * How sessions are led. Can be replaced while they run; a session sees the new ones with its next
 * command.
 *
 * @param greeting what the 220 says, one line
 * @param hosts the names that HOST may give, in lower case; none for any
 * @param timers how long a session may rest
 * @param data how data connections are made
 * @param zone of the times in LIST, which clients cannot know: UTC is best
 * @param manner how it speaks
 */
public record FrontSettings(
    String greeting,
    Set<String> hosts,
    Timers timers,
    DataSettings data,
    ZoneId zone,
    Manner manner) {
  /** So long a client has for taking one reply. */
  static final Duration REPLY_WITHIN = Duration.ofSeconds(30);

  public FrontSettings {
    hosts = Set.copyOf(hosts);
    if (greeting.isBlank() || greeting.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("the greeting has to be one line of text");
    }
  }

  /** In our own manner. */
  public FrontSettings(
      String greeting, Set<String> hosts, Timers timers, DataSettings data, ZoneId zone) {
    this(greeting, hosts, timers, data, zone, Manner.OURS);
  }

  /** As they are unless set. */
  public static FrontSettings usual() {
    return new FrontSettings(
        "Berth FTP server ready.",
        Set.of(),
        Timers.usual(),
        DataSettings.usual(),
        ZoneId.of("UTC"));
  }

  /** The same with other timers. */
  public FrontSettings with(Timers other) {
    return new FrontSettings(greeting, hosts, other, data, zone, manner);
  }

  /** The same with data connections made otherwise. */
  public FrontSettings with(DataSettings other) {
    return new FrontSettings(greeting, hosts, timers, other, zone, manner);
  }

  /** The same in another manner. */
  public FrontSettings with(Manner other) {
    return new FrontSettings(greeting, hosts, timers, data, zone, other);
  }

  boolean hasHost(String name) {
    return hosts.isEmpty() || hosts.contains(name.toLowerCase(Locale.ROOT));
  }
}
