package dev.berth.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server's processes. All of them can be found in /proc and ended by their ids, even when a
 * process in between ended first, as vsftpd's do: what it forks inherits the process session of the
 * first (setsid) and a mark in the environment. One of the two stays: vsftpd opens a new process
 * session for each client, ProFTPD writes its title over the environment. Of processes that do not
 * bear the server's name nothing but stat is read: what others keep in their environment is none of
 * our business.
 */
final class PeerProcess implements AutoCloseable {
  private static final Duration POLITE = Duration.ofMillis(500);
  private static final Duration BOUND = Duration.ofSeconds(10);

  private static final String MARK = "BERTH_TEST_PEER";

  private final Process first;
  private final String program;
  private final String mark;
  private final List<String> command;
  private final Path output;

  private PeerProcess(
      Process first, String program, String mark, List<String> command, Path output) {
    this.first = first;
    this.program = program;
    this.mark = mark;
    this.command = command;
    this.output = output;
  }

  /**
   * Starts a server.
   *
   * @param program the name that its processes bear in /proc
   * @param command program and arguments; it must stay in the foreground
   * @param folder where it runs and where its output goes ({@code output.log})
   * @throws IOException when it cannot be started
   */
  static PeerProcess start(
      String program, List<String> command, Path folder, Map<String, String> environment)
      throws IOException {
    List<String> whole = new ArrayList<>();
    whole.add("setsid");
    whole.addAll(command);
    Path output = folder.resolve("output.log");
    ProcessBuilder builder =
        new ProcessBuilder(whole)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().putAll(environment);
    builder.environment().put(MARK, folder.toString());
    return new PeerProcess(builder.start(), program, MARK + "=" + folder, command, output);
  }

  long pid() {
    return first.pid();
  }

  boolean isAlive() {
    return first.isAlive();
  }

  /** What the server printed, and how it was started: for messages. */
  String story() {
    try {
      return String.join(" ", command) + "\n" + Files.readString(output);
    } catch (IOException e) {
      return String.join(" ", command) + "\n(no output: " + e + ")";
    }
  }

  /**
   * Whether the first process is the only one: no session is left, and none waits to be reaped
   * (until then vsftpd counts it).
   */
  boolean isAlone() throws IOException {
    return members(true).equals(List.of(first.pid()));
  }

  /** The ids of the living processes of this server. */
  List<Long> living() throws IOException {
    return members(false);
  }

  private List<Long> members(boolean evenDead) throws IOException {
    List<Long> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (isMember(process, evenDead)) {
          found.add(Long.valueOf(process.getFileName().toString()));
        }
      }
    }
    return found;
  }

  /** proc(5), stat: after the name in brackets come state, parent, process group, session. */
  private boolean isMember(Path process, boolean evenDead) throws IOException {
    String stat = read(process.resolve("stat"));
    if (stat.isEmpty()) {
      return false;
    }
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
    boolean isChild = Long.parseLong(fields[1]) == first.pid();
    if (fields[0].equals("Z") || fields[0].equals("X")) {
      return evenDead && isChild;
    }
    return isChild
        || Long.parseLong(fields[3]) == first.pid()
        || (name(stat).equals(program) && read(process.resolve("environ")).contains(mark));
  }

  private static String name(String stat) {
    return stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
  }

  /** Empty when the process is gone: then the file is, or reading it fails with ESRCH. */
  private static String read(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException gone) {
      return "";
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("No such process")) {
        return "";
      }
      throw e;
    }
  }

  /**
   * Ends the server: the first process by SIGTERM, so that it accepts nobody more and may tidy up,
   * then everything that is left by SIGKILL. Returns when all are gone.
   *
   * @throws IOException when processes are left after 10 s
   */
  @Override
  public void close() throws IOException {
    first.destroy();
    try {
      first.waitFor(POLITE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    first.destroyForcibly();
    long start = System.nanoTime();
    for (List<Long> left = living(); !left.isEmpty(); left = living()) {
      left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      if (System.nanoTime() - start > BOUND.toNanos()) {
        throw new IOException("processes " + left + " are left of " + command);
      }
      Thread.onSpinWait();
    }
  }
}
