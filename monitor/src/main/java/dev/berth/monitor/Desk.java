package dev.berth.monitor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.berth.gateway.GatewaySnapshot;
import dev.berth.gateway.GatewaySnapshot.Lending;
import dev.berth.gateway.GatewaySnapshot.UpstreamState;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask for what, and gets which answer. Whoever can open a port of this host is not yet an
 * operator: any user can, and any page in a browser. So all but {@code /health} and {@code
 * /metrics} wants the secret; and what is not addressed to this host by name is not answered, for a
 * page may have had its own name lead here.
 */
final class Desk implements HttpHandler {
  private static final Logger LOG = System.getLogger(Desk.class.getName());
  private static final int MOST_AT_ONCE = 16;
  private static final String JSON = "application/json; charset=utf-8";
  private static final Pattern HOST =
      Pattern.compile(
          "(?i)(localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1])(:[0-9]{1,5})?");

  private static final Set<String> OPEN = Set.of("/health", "/metrics");
  private static final Set<String> PAGES =
      Set.of("/health", "/metrics", "/upstreams", "/pools", "/clients", "/queue", "/stats");
  private static final Set<String> ORDERS =
      Set.of("/pause", "/resume", "/reconnect", "/kill", "/reload");

  private final Watched watched;
  private final byte[] authorization;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /** What goes out. */
  private record Answer(int status, String type, String body) {
    static <T> Answer of(int status, Class<T> type, T value) {
      return json(status, Pages.json(type, value));
    }

    static Answer fault(int status, String words) {
      return of(status, Pages.Fault.class, new Pages.Fault(words));
    }

    static Answer json(int status, String json) {
      return new Answer(status, JSON, json + "\n");
    }
  }

  Desk(Watched watched, String secret) {
    this.watched = watched;
    this.authorization = ("Bearer " + secret).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!places.tryAcquire()) {
        send(exchange, Answer.fault(503, "too many requests at once"));
        return;
      }
      Answer answer;
      try {
        answer = answer(exchange);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "event=admin-request-failed", e);
        answer = Answer.fault(500, "a fault of Berth: its log tells more");
      } finally {
        places.release();
      }
      send(exchange, answer);
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("Connection", "close");
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
    if (hosts.size() != 1 || !HOST.matcher(hosts.getFirst()).matches()) {
      return Answer.fault(403, "this is answered to 127.0.0.1, [::1] and localhost alone");
    }
    String path = exchange.getRequestURI().getPath();
    boolean isPage = PAGES.contains(path);
    if (!isPage && !ORDERS.contains(path)) {
      return Answer.fault(404, "there is no " + path);
    }
    if (!OPEN.contains(path) && !isOperator(exchange)) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      return Answer.fault(401, "the secret is needed: see docs/gateway.md");
    }
    String method = isPage ? "GET" : "POST";
    if (!exchange.getRequestMethod().equals(method)) {
      exchange.getResponseHeaders().set("Allow", method);
      return Answer.fault(405, path + " is asked for by " + method);
    }
    try {
      Map<String, String> parameters = parameters(exchange.getRequestURI().getRawQuery());
      return isPage ? page(path) : order(path, parameters);
    } catch (IllegalArgumentException e) {
      return Answer.fault(400, String.valueOf(e.getMessage()));
    }
  }

  /** In the same time, whatever is wrong with it. */
  private boolean isOperator(HttpExchange exchange) {
    String given =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization);
  }

  private static Map<String, String> parameters(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return Map.of();
    }
    String[] pair = query.split("=", 2);
    if (pair.length < 2 || pair[1].contains("&")) {
      throw new IllegalArgumentException("one parameter at the most, as upstream=NAME");
    }
    return Map.of(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
  }

  private Answer page(String path) throws IOException {
    GatewaySnapshot now = watched.snapshot();
    return switch (path) {
      case "/upstreams" -> Answer.json(200, Pages.list(Pages.Upstream.class, Pages.upstreams(now)));
      case "/pools" -> Answer.json(200, Pages.list(Pages.Pool.class, Pages.pools(now)));
      case "/clients" -> Answer.json(200, Pages.list(Pages.Client.class, Pages.clients(now)));
      case "/queue" -> Answer.json(200, Pages.list(Pages.Turn.class, Pages.queue(now)));
      case "/stats" -> Answer.of(200, Pages.Stats.class, Pages.stats(now, watched.door()));
      case "/metrics" -> new Answer(200, Scrape.CONTENT_TYPE, Scrape.of(now, watched.door()));
      default -> Answer.of(200, Pages.Health.class, health(now));
    };
  }

  private static Pages.Health health(GatewaySnapshot now) {
    int paused =
        (int) now.upstreams().stream().filter(it -> it.lending() instanceof Lending.Paused).count();
    return new Pages.Health("serving", now.upstreams().size(), paused);
  }

  private Answer order(String path, Map<String, String> parameters) {
    String log = path.substring(1);
    return switch (path) {
      case "/pause" -> forUpstreams(log, parameters, Watched::pause);
      case "/resume" -> forUpstreams(log, parameters, Watched::resume);
      case "/reconnect" -> forUpstreams(log, parameters, Watched::reconnect);
      case "/kill" -> kill(parameters);
      default -> {
        watched.reload();
        yield Answer.of(202, Pages.Done.class, new Pages.Done("reload", List.of(), null));
      }
    };
  }

  /** For the one that is named, or for all. */
  private Answer forUpstreams(
      String order, Map<String, String> parameters, BiConsumer<Watched, String> action) {
    List<String> all = watched.snapshot().upstreams().stream().map(UpstreamState::name).toList();
    List<String> meant = all;
    if (!parameters.isEmpty()) {
      String wanted = wanted(parameters, "upstream");
      meant = all.stream().filter(wanted::equalsIgnoreCase).toList();
      if (meant.isEmpty()) {
        return Answer.fault(
            404, "there is no upstream " + wanted + "; there is " + String.join(", ", all));
      }
    }
    for (String upstream : meant) {
      LOG.log(Level.INFO, "event=operator order={0} upstream={1}", order, upstream);
      action.accept(watched, upstream);
    }
    return Answer.of(200, Pages.Done.class, new Pages.Done(order, meant, null));
  }

  private Answer kill(Map<String, String> parameters) {
    String number = wanted(parameters, "session");
    if (!number.toLowerCase(Locale.ROOT).matches("(session-)?[0-9]{1,18}")) {
      throw new IllegalArgumentException("a session is a number: " + number);
    }
    long session = Long.parseLong(number.replaceFirst("(?i)session-", ""));
    if (!watched.end(session)) {
      return Answer.fault(404, "there is no session " + session);
    }
    LOG.log(Level.INFO, "event=operator order=kill session=" + session);
    return Answer.of(200, Pages.Done.class, new Pages.Done("kill", List.of(), session));
  }

  private static String wanted(Map<String, String> parameters, String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the parameter " + name + " is needed, and no other");
    }
    return value;
  }
}
