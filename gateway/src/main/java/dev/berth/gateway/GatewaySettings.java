package dev.berth.gateway;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a gateway does, checked as a whole.
 *
 * @param upstreams the servers behind it, at least one, each of another name; nobody gets anywhere
 *     else
 * @param usual where plain user names go
 * @param transferWait how long a transfer waits for a connection before it is answered 450
 * @param commandWait the same of all other commands: most clients wait 15 s and longer
 * @param loginMemory so long a password that the server took is believed without asking it again
 */
public record GatewaySettings(
    List<UpstreamSettings> upstreams,
    Usual usual,
    Duration transferWait,
    Duration commandWait,
    Duration loginMemory) {
  /** Where user names go that name no upstream. */
  public sealed interface Usual {
    /** Nowhere: they are refused. */
    record Nowhere() implements Usual {}

    /** To one of the upstreams. */
    record Upstream(String name) implements Usual {}

    /**
     * Where the listener leads on which a client comes.
     *
     * @param upstreams names of upstreams, by names of listeners
     * @param others of the other listeners
     */
    record ByListener(Map<String, String> upstreams, Usual others) implements Usual {
      public ByListener {
        upstreams = Map.copyOf(upstreams);
      }
    }

    /** All the upstreams that are named. */
    default Set<String> names() {
      return switch (this) {
        case Nowhere nowhere -> Set.of();
        case Upstream(String name) -> Set.of(name);
        case ByListener(Map<String, String> upstreams, Usual others) -> {
          Set<String> names = new HashSet<>(others.names());
          names.addAll(upstreams.values());
          yield names;
        }
      };
    }

    /** The upstream of those who come by a listener; empty if they are refused. */
    default Optional<String> of(String listener) {
      return switch (this) {
        case Nowhere nowhere -> Optional.empty();
        case Upstream(String name) -> Optional.of(name);
        case ByListener(Map<String, String> upstreams, Usual others) ->
            Optional.ofNullable(upstreams.get(listener)).or(() -> others.of(listener));
      };
    }
  }

  /** curl gives up 120 s after its command, whatever it hears meanwhile. */
  public static final Duration TRANSFER_WAIT = Duration.ofSeconds(100);

  /** FluentFTP and WinSCP give up after 15 s of silence. */
  public static final Duration COMMAND_WAIT = Duration.ofSeconds(10);

  /** The next job of a crontab costs no login. */
  public static final Duration LOGIN_MEMORY = Duration.ofMinutes(10);

  public GatewaySettings {
    upstreams = List.copyOf(upstreams);
    if (upstreams.isEmpty()) {
      throw new IllegalArgumentException("a gateway needs an upstream");
    }
    Set<String> names = new HashSet<>();
    for (UpstreamSettings upstream : upstreams) {
      if (!names.add(upstream.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("two upstreams are named " + upstream.name());
      }
    }
    for (String name : usual.names()) {
      if (!names.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("there is no upstream " + name);
      }
    }
  }

  /**
   * Whether a gateway with these can go on with others: if they differ in nothing but its own
   * users, see {@link Gateway#replaceUsers}.
   */
  public boolean hasUpstreamsOf(GatewaySettings others) {
    if (!usual.equals(others.usual) || upstreams.size() != others.upstreams.size()) {
      return false;
    }
    for (int i = 0; i < upstreams.size(); i++) {
      if (!upstreams.get(i).isSameButForUsers(others.upstreams.get(i))) {
        return false;
      }
    }
    return true;
  }
}
