package dev.berth.monitor;

import dev.berth.gateway.GatewaySnapshot;
import dev.berth.gateway.GatewaySnapshot.ClientState;
import dev.berth.gateway.GatewaySnapshot.Doing;
import dev.berth.gateway.GatewaySnapshot.Lending;
import dev.berth.gateway.GatewaySnapshot.PoolState;
import dev.berth.gateway.GatewaySnapshot.Totals;
import dev.berth.gateway.GatewaySnapshot.UpstreamState;
import dev.berth.gateway.GatewaySnapshot.Wish;
import dev.berth.limits.PlaceState;
import dev.berth.wire.Octets;
import io.avaje.jsonb.Json;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages as docs/json.md describes them. Every key is always there; what is not so is null. */
public final class Pages {
  /** One server behind. */
  @Json
  public record Upstream(
      String upstream,
      String address,
      int limit,
      String evidence,
      String evidenceSince,
      int open,
      int leased,
      int idle,
      int opening,
      int closing,
      int settling,
      int refused,
      int elsewhere,
      int waiting,
      String state,
      @Nullable String pausedSince,
      @Nullable String opensAt,
      @Nullable String why) {}

  /** The connections of one account. */
  @Json
  public record Pool(
      String upstream,
      String user,
      int leased,
      int idle,
      int opening,
      int closing,
      int settling,
      int refused,
      int waiting) {}

  /** One client. */
  @Json
  public record Client(
      long session,
      String peer,
      String user,
      String upstream,
      String since,
      String state,
      String stateSince,
      double stateSeconds,
      @Nullable String command,
      @Nullable Integer position,
      @Nullable String why,
      boolean hasConnection,
      long bytesUp,
      long bytesDown) {}

  /** One who waits. */
  @Json
  public record Turn(
      String upstream,
      int position,
      String user,
      @Nullable Long session,
      String purpose,
      @Nullable String command,
      String since,
      double waitedSeconds,
      String why) {}

  /** What was counted of one upstream. */
  @Json
  public record Counts(
      String upstream,
      long loginsByMemory,
      long loginsAtServer,
      long loginsRefused,
      long leases,
      double waitedSeconds,
      long unserved,
      long refusals,
      long bytesUp,
      long bytesDown,
      long replays,
      long gaveWay) {}

  /** What was counted of the gateway. */
  @Json
  public record Stats(
      String since,
      double upSeconds,
      long sessions,
      long sessionsWaiting,
      long turnedAway,
      List<Counts> upstreams) {}

  /** What an order has done. */
  @Json
  public record Done(String done, List<String> upstreams, @Nullable Long session) {}

  /** Why a request was not answered otherwise. */
  @Json
  public record Fault(String error) {}

  /** The gateway lives. */
  @Json
  public record Health(String status, int upstreams, int paused) {}

  private static final Jsonb JSON =
      Jsonb.builder().serializeNulls(true).serializeEmpty(true).build();

  private Pages() {}

  static List<Upstream> upstreams(GatewaySnapshot now) {
    return now.upstreams().stream().map(Pages::upstream).toList();
  }

  private static Upstream upstream(UpstreamState it) {
    @Nullable String pausedSince = null;
    @Nullable String opensAt = null;
    @Nullable String why = null;
    String state = "usual";
    switch (it.lending()) {
      case Lending.Usual _ -> {}
      case Lending.Paused(Instant since) -> {
        state = "paused";
        pausedSince = time(since);
      }
      case Lending.OpensLater(Instant until, String reason) -> {
        state = "opensLater";
        opensAt = time(until);
        why = text(reason);
      }
    }
    return new Upstream(
        it.name(),
        it.address(),
        it.limit(),
        it.evidence().kind().name().toLowerCase(Locale.ROOT),
        time(it.evidence().at()),
        it.open(),
        count(it.places(), PlaceState.LEASED),
        count(it.places(), PlaceState.IDLE),
        count(it.places(), PlaceState.OPENING),
        count(it.places(), PlaceState.LEAVING),
        count(it.places(), PlaceState.SETTLING),
        count(it.places(), PlaceState.REFUSED),
        it.elsewhere(),
        it.waiting(),
        state,
        pausedSince,
        opensAt,
        why);
  }

  static List<Pool> pools(GatewaySnapshot now) {
    return now.pools().stream().map(Pages::pool).toList();
  }

  private static Pool pool(PoolState it) {
    return new Pool(
        it.upstream(),
        text(it.user()),
        count(it.places(), PlaceState.LEASED),
        count(it.places(), PlaceState.IDLE),
        count(it.places(), PlaceState.OPENING),
        count(it.places(), PlaceState.LEAVING),
        count(it.places(), PlaceState.SETTLING),
        count(it.places(), PlaceState.REFUSED),
        it.waiting());
  }

  private static int count(Map<PlaceState, Integer> places, PlaceState state) {
    return places.getOrDefault(state, 0);
  }

  static List<Client> clients(GatewaySnapshot now) {
    return now.clients().stream().map(it -> client(it, now.at())).toList();
  }

  private static Client client(ClientState it, Instant now) {
    @Nullable String command = null;
    @Nullable Integer position = null;
    @Nullable String why = null;
    boolean hasConnection = false;
    switch (it.doing()) {
      case Doing.LoggingIn _ -> {}
      case Doing.Idle idle -> hasConnection = idle.hasConnection();
      case Doing.Answered answered -> command = text(answered.command());
      case Doing.Opening opening -> command = text(opening.command());
      case Doing.Leased leased -> {
        command = text(leased.command());
        hasConnection = true;
      }
      case Doing.Waiting waiting -> {
        command = text(waiting.command());
        position = waiting.position();
        why = text(waiting.why());
      }
    }
    return new Client(
        it.session(),
        it.peer().getHostAddress(),
        text(it.user()),
        it.upstream(),
        time(it.since()),
        word(it.doing()),
        time(it.doing().since()),
        seconds(Duration.between(it.doing().since(), now)),
        command,
        position,
        why,
        hasConnection,
        it.bytesUp(),
        it.bytesDown());
  }

  /** Of all clients, as {@code state} tells it. */
  static String word(Doing doing) {
    return switch (doing) {
      case Doing.LoggingIn _ -> "loggingIn";
      case Doing.Idle _ -> "idle";
      case Doing.Answered _ -> "answered";
      case Doing.Waiting _ -> "waiting";
      case Doing.Opening _ -> "opening";
      case Doing.Leased _ -> "leased";
    };
  }

  static List<Turn> queue(GatewaySnapshot now) {
    return now.queue().stream().map(it -> turn(it, now.at())).toList();
  }

  private static Turn turn(GatewaySnapshot.Turn it, Instant now) {
    @Nullable Long session = null;
    @Nullable String command = null;
    String purpose =
        switch (it.wish()) {
          case Wish.Login _ -> "login";
          case Wish.Other _ -> "other";
          case Wish.Command(long number, String words) -> {
            session = number;
            command = text(words);
            yield "command";
          }
        };
    return new Turn(
        it.upstream(),
        it.position(),
        text(it.user()),
        session,
        purpose,
        command,
        time(it.since()),
        seconds(Duration.between(it.since(), now)),
        text(it.why()));
  }

  static Stats stats(GatewaySnapshot now, Watched.Door door) {
    return new Stats(
        time(now.since()),
        seconds(Duration.between(now.since(), now.at())),
        door.sessions(),
        door.waiting(),
        door.turnedAway(),
        now.upstreams().stream().map(it -> counts(it.name(), it.totals())).toList());
  }

  private static Counts counts(String upstream, Totals it) {
    return new Counts(
        upstream,
        it.loginsByMemory(),
        it.loginsAtServer(),
        it.loginsRefused(),
        it.leases(),
        seconds(it.waited()),
        it.unserved(),
        it.refusals(),
        it.bytesUp(),
        it.bytesDown(),
        it.replays(),
        it.gaveWay());
  }

  /** Names of FTP are octets. */
  private static String text(String octets) {
    return Octets.latin(octets);
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static double seconds(Duration time) {
    return Math.max(0, time.toMillis()) / 1000.0;
  }

  /** One object. */
  public static <T> String json(Class<T> type, T value) {
    return JSON.type(type).toJson(value);
  }

  /** A list of objects. */
  static <T> String list(Class<T> type, List<T> values) {
    return JSON.type(type).list().toJson(values);
  }

  /**
   * Reads an object.
   *
   * @throws RuntimeException of the library if it is none
   */
  public static <T> T read(Class<T> type, String json) {
    return JSON.type(type).fromJson(json);
  }

  /** Reads a list of objects; as {@link #read}. */
  public static <T> List<T> readList(Class<T> type, String json) {
    JsonType<List<T>> list = JSON.type(type).list();
    return list.fromJson(json);
  }
}
