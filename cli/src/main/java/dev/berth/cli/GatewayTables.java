package dev.berth.cli;

import dev.berth.monitor.Pages;
import dev.berth.settings.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a gateway tells, in lines for people: as wide as the content, 80 where that can be. */
final class GatewayTables {
  private static final int LONGEST_NAME = 20;
  private static final int LONGEST_COMMAND = 28;

  private GatewayTables() {}

  static List<String> upstreams(List<Pages.Upstream> rows) {
    List<List<String>> table = new ArrayList<>();
    table.add(
        List.of("upstream", "address", "#limit", "#open", "#leased", "#idle", "#waiting", "state"));
    for (Pages.Upstream it : rows) {
      table.add(
          List.of(
              it.upstream(),
              it.address(),
              "" + it.limit(),
              "" + it.open(),
              "" + it.leased(),
              "" + it.idle(),
              "" + it.waiting(),
              state(it)));
    }
    return lines(table);
  }

  private static String state(Pages.Upstream it) {
    return switch (it.state()) {
      case "paused" -> "paused since " + it.pausedSince();
      case "opensLater" -> "opens none before " + it.opensAt() + ": " + it.why();
      default -> it.elsewhere() == 0 ? "usual" : "usual, " + it.elsewhere() + " elsewhere";
    };
  }

  static List<String> pools(List<Pages.Pool> rows) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("upstream", "user", "#leased", "#idle", "#opening", "#closing", "#waiting"));
    for (Pages.Pool it : rows) {
      table.add(
          List.of(
              it.upstream(),
              name(it.user()),
              "" + it.leased(),
              "" + it.idle(),
              "" + it.opening(),
              "" + (it.closing() + it.settling() + it.refused()),
              "" + it.waiting()));
    }
    return lines(table);
  }

  static List<String> clients(List<Pages.Client> rows) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("#session", "from", "user", "#for", "doing"));
    for (Pages.Client it : rows) {
      table.add(
          List.of(
              "" + it.session(),
              it.peer(),
              name(it.user() + "@" + it.upstream()),
              time(it.stateSeconds()),
              doing(it)));
    }
    return lines(table);
  }

  private static String doing(Pages.Client it) {
    String command = command(it.command());
    return switch (it.state()) {
      case "loggingIn" -> "logs in";
      case "idle" -> it.hasConnection() ? "idle, keeps a connection" : "idle";
      case "waiting" -> "waits as number " + it.position() + " for " + command + ": " + it.why();
      case "opening" -> "has a connection opened for " + command;
      default -> command;
    };
  }

  static List<String> queue(List<Pages.Turn> rows) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("upstream", "#turn", "#session", "user", "#for", "wants"));
    for (Pages.Turn it : rows) {
      String wish = it.command() == null ? it.purpose() : command(it.command());
      table.add(
          List.of(
              it.upstream(),
              "" + it.position(),
              it.session() == null ? "-" : "" + it.session(),
              name(it.user()),
              time(it.waitedSeconds()),
              wish + ": " + it.why()));
    }
    return lines(table);
  }

  static List<String> stats(Pages.Stats stats) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "up "
            + time(stats.upSeconds())
            + ", "
            + stats.sessions()
            + " sessions, "
            + stats.sessionsWaiting()
            + " waiting for one, "
            + stats.turnedAway()
            + " turned away");
    for (Pages.Counts it : stats.upstreams()) {
      lines.add(it.upstream() + ":");
      List<List<String>> table = new ArrayList<>();
      table.add(row("logins by memory", it.loginsByMemory()));
      table.add(row("logins at the server", it.loginsAtServer()));
      table.add(row("logins refused", it.loginsRefused()));
      table.add(row("leases", it.leases()));
      table.add(List.of("  waited for them", "#" + time(it.waitedSeconds())));
      table.add(row("commands unserved", it.unserved()));
      table.add(row("refusals by the server", it.refusals()));
      table.add(row("bytes up", it.bytesUp()));
      table.add(row("bytes down", it.bytesDown()));
      table.add(row("commands said again", it.replays()));
      table.add(row("transfers that gave way", it.gaveWay()));
      lines.addAll(lines(table));
    }
    return lines;
  }

  private static List<String> row(String what, long count) {
    return List.of("  " + what, "#" + count);
  }

  private static String name(String text) {
    return Shown.shortened(Shown.line(text), LONGEST_NAME);
  }

  private static String command(@Nullable String text) {
    return text == null ? "" : Shown.shortened(Shown.line(text), LONGEST_COMMAND);
  }

  private static String time(double seconds) {
    return DurationText.format(Duration.ofSeconds((long) seconds));
  }

  /** A column whose head begins with {@code #} is of numbers, and stands at the right. */
  private static List<String> lines(List<List<String>> table) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : table) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        boolean isNumber = table.getFirst().get(i).startsWith("#");
        line.append(i == 0 ? "" : "  ")
            .append(padded(plain(row.get(i)), width(table, i), isNumber));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static String plain(String cell) {
    return cell.startsWith("#") ? cell.substring(1) : cell;
  }

  private static int width(List<List<String>> table, int column) {
    return table.stream().mapToInt(row -> plain(row.get(column)).length()).max().orElse(0);
  }

  private static String padded(String text, int width, boolean isRight) {
    String blank = " ".repeat(width - text.length());
    return isRight ? blank + text : text + blank;
  }
}
