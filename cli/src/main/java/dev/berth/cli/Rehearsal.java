package dev.berth.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs through what most runs do: the build records the classes that this loads and links (JEP
 * 483), so that the program starts in a fraction of the time. Files go from and to a {@link
 * RehearsalServer}.
 */
public final class Rehearsal {
  private static final List<List<String>> LOCAL_RUNS =
      List.of(
          List.of("--version"),
          List.of("--help"),
          List.of("help", "explain"),
          List.of("explain", "--json", "-"),
          List.of("explain", "-"),
          List.of("nonsense"));

  private final Path folder;
  private final Program program;

  private Rehearsal(Path folder) {
    this.folder = folder;
    Engine engine = Interruption.armed(Thread.currentThread()).guarding(new FtpEngine());
    this.program = new Program(Commands.all(engine), silent(folder));
  }

  /**
   * Runs everything once and shows nothing.
   *
   * @param arguments none
   * @throws IOException when there is no place for its files
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("berth-rehearsal-");
    try {
      Rehearsal rehearsal = new Rehearsal(folder);
      LOCAL_RUNS.forEach(rehearsal::run);
      for (RehearsalServer.Kind kind : RehearsalServer.Kind.values()) {
        rehearsal.moveFiles(kind);
      }
    } finally {
      remove(folder);
    }
  }

  private void moveFiles(RehearsalServer.Kind kind) throws IOException {
    Path got = folder.resolve(kind + "/got");
    try (RehearsalServer server = RehearsalServer.start(kind)) {
      String url = "ftp://somebody:secret@127.0.0.1:" + server.port() + "/";
      run(transfer("mirror", url, got.toString()));
      run(transfer("mirror", url, got.toString()));
      run(transfer("mirror", got.toString(), url));
      run(transfer("get", url + "file-1.dat", got.resolve("again").toString()));
      run(transfer("put", got.resolve("file-1.dat").toString(), url));
      run(transfer("history"));
      run(transfer("ls", url));
      run(transfer("ls", "--json", url));
      run(transfer("cat", url + "file-1.dat"));
      run(transfer("stat", url + "file-1.dat"));
      run(transfer("stat", "--json", url + "file-1.dat"));
      run(transfer("mkdir", url + "new"));
      run(transfer("mv", "-f", url + "file-1.dat", url + "new/"));
      run(transfer("rm", "-r", url + "new"));
    }
  }

  private List<String> transfer(String command, String... arguments) {
    return Stream.concat(
            Stream.of(command, "--state-dir", folder.resolve("state").toString()),
            Stream.of(arguments))
        .toList();
  }

  private void run(List<String> arguments) {
    program.run(arguments.toArray(String[]::new));
  }

  private static Surroundings silent(Path home) {
    byte[] reply = "PASS\t530 Login incorrect.\n".getBytes(StandardCharsets.UTF_8);
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Surroundings(
        Map.of("BERTH_SHARE_DIR", home.resolve("share").toString()),
        new ByteArrayInputStream(reply),
        nowhere,
        nowhere,
        home,
        home,
        question -> Optional.empty(),
        () -> false);
  }

  private static void remove(Path tree) throws IOException {
    try (Stream<Path> walk = Files.walk(tree)) {
      walk.sorted(Comparator.reverseOrder())
          .forEach(path -> {
            try {
              Files.delete(path);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
