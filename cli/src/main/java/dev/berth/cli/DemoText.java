package dev.berth.cli;

import dev.berth.demo.Act;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code berth demo} shows. Pure.
 *
 * @param jobs how many jobs run at once
 * @param limit how many connections the server lets an address have
 */
record DemoText(int jobs, int limit) {
  private static final int LEFT = 14;
  private static final int COLUMN = 26;

  String opening(InetSocketAddress address) {
    return String.join(
        System.lineSeparator(),
        jobs
            + " jobs start in the same second, as cron does it at the full hour. Each fetches files"
            + " by FTP",
        "from "
            + address.getAddress().getHostAddress()
            + ":"
            + address.getPort()
            + ", where an address may have "
            + limit
            + " connections.",
        "",
        "1. The usual way: each job for itself ...");
  }

  String between() {
    return "2. The same jobs through Berth ...";
  }

  List<String> table(Act usual, Act berth) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(row("", "the usual way", "through Berth"));
    for (int i = 0; i < jobs; i++) {
      lines.add(row("job " + (i + 1), files(usual.jobs().get(i)), files(berth.jobs().get(i))));
    }
    lines.add(row("", "", ""));
    lines.add(row("files", all(usual), all(berth)));
    lines.add(row("refused", connections(usual), connections(berth)));
    lines.add(row("time", seconds(usual.time()), seconds(berth.time())));
    lines.add("");
    said(usual).ifPresent(said -> lines.add("The usual jobs heard: " + said));
    said(berth).ifPresent(said -> lines.add("Through Berth: " + said));
    lines.add(verdict(usual, berth));
    return lines;
  }

  private static String row(String left, String middle, String right) {
    StringBuilder row = new StringBuilder("  ");
    row.append(left).repeat(" ", Math.max(1, LEFT - left.length()));
    row.append(middle).repeat(" ", Math.max(1, COLUMN - middle.length()));
    return row.append(right).toString().stripTrailing();
  }

  private static String files(Act.JobResult job) {
    String mark = job.isComplete() ? "complete" : "FAILED";
    return String.format("%3d of %d files  %s", job.arrived(), job.files(), mark);
  }

  private static String all(Act act) {
    return act.arrived() + " of " + act.files();
  }

  private static String connections(Act act) {
    return act.refused() == 1 ? "1 connection" : act.refused() + " connections";
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1000 + "." + time.toMillis() % 1000 / 100 + " s";
  }

  private static Optional<String> said(Act act) {
    return act.jobs().stream()
        .map(Act.JobResult::said)
        .filter(said -> !said.isEmpty())
        .findFirst()
        .map(said -> Shown.line(serversWords(said)));
  }

  /** Without what the client puts before them. */
  private static String serversWords(String said) {
    int refusal = said.indexOf("421 ");
    return (refusal < 0 ? said : said.substring(refusal)).strip();
  }

  private String verdict(Act usual, Act berth) {
    int missing = usual.files() - usual.arrived();
    if (!berth.isComplete()) {
      return "Through Berth "
          + (berth.files() - berth.arrived())
          + " files are missing: that is a fault.";
    }
    return missing
        + " files missing the usual way; none through Berth: its "
        + jobs
        + " processes found the limit and shared the "
        + limit
        + " connections.";
  }
}
