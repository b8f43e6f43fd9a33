package dev.berth.cli;

import dev.berth.monitor.Pages;
import dev.berth.monitor.RunningGateway;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ParseResult;

/** {@code berth gateway show|pause|resume|reconnect|kill|reload}: asks a gateway that runs. */
final class GatewayOrders {
  static final String SYNOPSIS =
      "[show pools|clients|upstreams|queue|stats | pause|resume|reconnect [UPSTREAM] | kill SESSION"
          + " | reload]";

  private static final List<String> PAGES =
      List.of("pools", "clients", "upstreams", "queue", "stats");
  private static final List<String> FOR_UPSTREAMS = List.of("pause", "resume", "reconnect");
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int SERVER_ERROR = 500;

  private final Surroundings surroundings;
  private final boolean isJson;
  private final Path stateFolder;
  private final Optional<String> pid;

  /** Which of several gateways is meant. */
  private sealed interface Choice {
    /** This one. */
    record One(RunningGateway gateway) implements Choice {}

    /**
     * None runs.
     *
     * @param why for the user
     */
    record Nothing(String why) implements Choice {}
  }

  GatewayOrders(ParseResult arguments, Options options, Surroundings surroundings) {
    this.surroundings = surroundings;
    this.isJson = options.isJson();
    this.stateFolder = options.stateFolder(surroundings);
    this.pid = ServerOptions.value(arguments, ServerOptions.PID);
  }

  /** Does what the words say; at least one of them. */
  ExitStatus run(List<String> words) throws IOException {
    String path = path(words);
    boolean isPage = words.getFirst().equals("show");
    return switch (choose()) {
      case Choice.Nothing(String why) -> nobody(why);
      case Choice.One(RunningGateway gateway) -> {
        RunningGateway.Answer answer;
        try {
          answer = gateway.ask(isPage ? "GET" : "POST", path);
        } catch (IOException e) {
          yield nobody(gateway + " does not answer: " + Failures.reason(e));
        }
        judge(answer);
        if (isPage) {
          show(words.getLast(), answer.body());
        } else {
          tell(answer.body());
        }
        yield ExitStatus.DONE;
      }
    };
  }

  private static String path(List<String> words) {
    String verb = words.getFirst();
    int count = words.size();
    if (verb.equals("show") && count == 2 && PAGES.contains(words.getLast())) {
      return "/" + words.getLast();
    }
    if (FOR_UPSTREAMS.contains(verb) && count <= 2) {
      return "/" + verb + (count == 1 ? "" : "?upstream=" + encoded(words.getLast()));
    }
    if (verb.equals("kill") && count == 2) {
      return "/kill?session=" + encoded(words.getLast());
    }
    if (verb.equals("reload") && count == 1) {
      return "/reload";
    }
    throw new UsageException(
        "'" + String.join(" ", words) + "' is no order: write berth gateway " + SYNOPSIS);
  }

  private static String encoded(String word) {
    return URLEncoder.encode(word, StandardCharsets.UTF_8);
  }

  private Choice choose() throws IOException {
    RunningGateway.Found found = RunningGateway.find(stateFolder);
    List<RunningGateway> meant =
        found.running().stream()
            .filter(it -> pid.isEmpty() || pid.get().equals(String.valueOf(it.pid())))
            .toList();
    if (meant.size() > 1) {
      throw new UsageException(
          meant.size()
              + " gateways run; say which by --pid:\n"
              + meant.stream()
                  .map(it -> "  --pid " + it.pid() + ": listening on " + it.listeners())
                  .collect(Collectors.joining("\n")));
    }
    if (meant.size() == 1) {
      return new Choice.One(meant.getFirst());
    }
    String killed =
        found.stale().isEmpty()
            ? ""
            : "; what " + found.stale().size() + " left there that did not end in order, is stale";
    String who = pid.map(number -> "no gateway with the process " + number).orElse("no gateway");
    return new Choice.Nothing(
        who + " runs that keeps its state in " + stateFolder + killed + "; see --state-dir");
  }

  private ExitStatus nobody(String why) {
    surroundings.err().println("berth: " + Shown.lines(why));
    if (isJson) {
      JsonLines.to(surroundings.out()).error(ExitStatus.NO_CONNECTION, why);
    }
    return ExitStatus.NO_CONNECTION;
  }

  private static void judge(RunningGateway.Answer answer) {
    if (answer.status() == OK || answer.status() == ACCEPTED) {
      return;
    }
    String words = Pages.read(Pages.Fault.class, answer.body()).error();
    if (answer.status() >= SERVER_ERROR) {
      throw new IllegalStateException("the gateway answered " + answer.status() + ": " + words);
    }
    throw new UsageException(words);
  }

  private void show(String page, String body) {
    switch (page) {
      case "pools" -> lines(Pages.Pool.class, body, GatewayTables::pools);
      case "clients" -> lines(Pages.Client.class, body, GatewayTables::clients);
      case "upstreams" -> lines(Pages.Upstream.class, body, GatewayTables::upstreams);
      case "queue" -> lines(Pages.Turn.class, body, GatewayTables::queue);
      default -> {
        Pages.Stats stats = Pages.read(Pages.Stats.class, body);
        if (isJson) {
          json(Pages.Stats.class, stats);
        } else {
          GatewayTables.stats(stats).forEach(this::print);
        }
      }
    }
  }

  /** Shows rows to people. */
  private interface Table<T> {
    List<String> lines(List<T> rows);
  }

  private <T> void lines(Class<T> type, String body, Table<T> table) {
    List<T> rows = Pages.readList(type, body);
    if (isJson) {
      rows.forEach(row -> json(type, row));
    } else {
      table.lines(rows).forEach(this::print);
    }
  }

  private <T> void json(Class<T> type, T value) {
    PrintStream out = surroundings.out();
    out.print(Shown.inJson(Pages.json(type, value)) + "\n");
  }

  private void tell(String body) {
    Pages.Done done = Pages.read(Pages.Done.class, body);
    if (isJson) {
      json(Pages.Done.class, done);
      return;
    }
    String upstreams = String.join(", ", done.upstreams());
    print(
        switch (done.done()) {
          case "pause" -> upstreams + ": paused; clients wait until berth gateway resume";
          case "resume" -> upstreams + ": resumed";
          case "reconnect" -> upstreams + ": what was open is not lent again";
          case "kill" -> "session " + done.session() + ": told to end";
          default -> "asked to reload; what came of it stands in the gateway's log";
        });
  }

  private void print(String line) {
    surroundings.out().println(Shown.line(line));
  }
}
