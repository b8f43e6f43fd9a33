package dev.berth.cli;

import dev.berth.demo.Act;
import dev.berth.demo.Demonstration;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth demo}: the problem and the solution, against a server of its own. */
final class DemoCommand implements Command {
  /** What a demonstration runs with. */
  interface Stage {
    /** Starts a Berth; see {@link OwnProcess#start}. */
    Process start(List<String> arguments, Map<String, String> environment, Path said)
        throws IOException;
  }

  private final Stage stage;

  DemoCommand(Stage stage) {
    this.stage = stage;
  }

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "",
            List.of(
                "See what a connection limit does to eight jobs, and what Berth makes of it.",
                "Starts an FTP server on this machine that lets an address have two connections,"
                    + " and lets eight jobs fetch files from it at once: first each for itself,"
                    + " then the same eight through Berth. Nothing is installed, and nothing is"
                    + " left behind."),
            List.of(
                "Half a minute at the most:",
                "berth demo",
                "And leave the server running, to try things:",
                "berth demo --keep"));
    OptionTable.addToDemoCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context)
      throws IOException, InterruptedException {
    Options options = Options.of(arguments);
    PrintStream out = context.surroundings().out();
    ServerLog.level(Level.WARNING); // The screen is for the jobs.
    // A signal to this process alone must not leave the jobs behind.
    Interruption interruption = Interruption.armed(Thread.currentThread());
    interruption.begin();
    try (TemporaryFolder temporary = TemporaryFolder.make("berth-demo-");
        Demonstration demonstration = Demonstration.start(temporary.path())) {
      Path folder = temporary.path();
      boolean isComplete = play(demonstration, folder, options, out);
      if (options.isKeeping()) {
        tellWhatToTry(demonstration, folder, out);
        new CountDownLatch(1).await(); // Until Ctrl-C.
      }
      return isComplete ? ExitStatus.DONE : ExitStatus.INCOMPLETE;
    } finally {
      interruption.disarm();
    }
  }

  private boolean play(Demonstration demonstration, Path folder, Options options, PrintStream out)
      throws IOException, InterruptedException {
    DemoText text = new DemoText(Demonstration.JOBS, Demonstration.LIMIT);
    boolean isJson = options.isJson();
    if (!isJson) {
      out.println(text.opening(demonstration.address()));
    }
    Act usual = demonstration.theUsualWay();
    if (!isJson) {
      out.println(text.between());
    }
    Map<String, String> environment =
        Map.of(
            "BERTH_PASSWORD",
            demonstration.password(),
            "BERTH_SHARE_DIR",
            folder.resolve("share").toString());
    Act berth =
        demonstration.throughBerth(
            (command, password, said) -> stage.start(command, environment, said));
    if (isJson) {
      JsonLines.to(out).demo(usual, berth);
    } else {
      text.table(usual, berth).forEach(out::println);
    }
    return berth.isComplete();
  }

  private static void tellWhatToTry(Demonstration demonstration, Path folder, PrintStream out)
      throws IOException {
    out.println();
    out.println("The server runs until you press Ctrl-C; its user and password are demo. Try:");
    out.println();
    out.println("  BERTH_PASSWORD=demo berth ls " + demonstration.url());
    out.println(
        "  BERTH_PASSWORD=demo berth mirror --parallel 8 " + demonstration.url() + " /tmp/all");
    out.println("  BERTH_PASSWORD=demo berth probe " + demonstration.url());
    out.println("  berth top");
    out.println(
        "  for i in 1 2 3 4; do curl -sS -o /dev/null "
            + withPassword(demonstration)
            + " & done; wait");
    out.println();
    out.println("Its files are in " + folder.resolve("server") + ".");
    out.flush();
  }

  private static String withPassword(Demonstration demonstration) throws IOException {
    return demonstration.url().replace("demo@", "demo:demo@") + "job-1/file-1.bin";
  }
}
