package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The examples in the tours of the libraries, as a reader would copy them: each is compiled for
 * Java 21 with nothing but its module and what that needs, and run as a program of its own.
 */
final class TourTest {
  private static final ModuleTable TABLE = ModuleTable.inThePaper();
  private static final Pattern EXAMPLE =
      Pattern.compile("(?ms)^ \\* <pre>\\{@code\n(.*?)^ \\* }</pre>$");
  private static final Pattern PROGRAM = Pattern.compile("(?m)^class (\\w+) \\{$");

  /** A library, and what its example prints, in whatever order. */
  enum Tour {
    LIFETIME("both have ended", "reads", "writes"),
    WIRE("19 bytes to send", "port 40001"),
    DIALECTS("LATER", "Limit[scope=ADDRESS, stated=Figure[value=8], words=Too many"),
    TRANSPORT("220 ready", "221 bye"),
    LIMITS("opened, then KEPT"),
    CLIENT("hello"),
    POOL("a.txt", "b.txt"),
    TRANSFER("all done: true"),
    ADMISSION(
        "220 ready", "220 ready", "421 Too many connections from your address 192.0.2.7: limit 2"),
    SESSION("220 Berth FTP server ready.", "331 ", "530 Login incorrect."),
    SERVER("alice goes on at 3", "hello"),
    GATEWAY("220 Berth FTP server ready.", "331 ", "230 ", "257 "),
    SIMULATOR("ready for test"),
    SIGHTINGS("vsftpd.log:17 192.0.2.7 [8005]"),
    LOGS("VSFTPD vsftpd.log:1");

    private final List<String> lines;

    Tour(String... lines) {
      this.lines = List.of(lines);
    }

    private String module() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @TempDir Path folder;

  @Test
  void everyLibraryHasATour() {
    assertThat(Stream.of(Tour.values()).map(Tour::module))
        .containsExactlyElementsOf(TABLE.libraries());
  }

  @ParameterizedTest
  @EnumSource
  void theExampleCompilesForJava21AndRunsOnItsModuleAlone(Tour tour) throws Exception {
    String example = example(tour);
    Matcher program = PROGRAM.matcher(example);
    assertThat(program.find()).isTrue();
    Path source = Files.writeString(folder.resolve(program.group(1) + ".java"), example);
    String classPath = classPath(tour.module());

    compile(source, classPath);
    CommandTable table =
        CommandTable.normal().file("/pub/a.txt", "hello").file("/pub/b.txt", "world");
    try (ScriptedServer server = ScriptedServer.start(table)) {
      assertThat(run(program.group(1), classPath, server.port()))
          .hasSameSizeAs(tour.lines)
          .allSatisfy(line -> assertThat(tour.lines).anyMatch(line::startsWith));
    }
  }

  @Test
  void theReadmeShowsTheExampleOfThePool() throws IOException {
    assertThat(Files.readString(root().resolve("README.md"))).contains(example(Tour.POOL));
  }

  private static String example(Tour tour) throws IOException {
    String module = tour.module();
    Path tourGuide = root().resolve(module + "/src/main/java/dev/berth/" + module);
    Matcher example = EXAMPLE.matcher(Files.readString(tourGuide.resolve("package-info.java")));
    assertThat(example.find()).as("an example in the tour of " + module).isTrue();
    return example.group(1).replaceAll("(?m)^ \\* ?", "");
  }

  /** The module and what it needs, of all that this test could see. */
  private static String classPath(String module) {
    Set<String> visible = TABLE.visibleFrom(module);
    Pattern ours =
        Pattern.compile(
            ".*(/(%1$s)/target/classes|berth-(%1$s)-[^/]*\\.jar)"
                .formatted(String.join("|", visible)));
    List<String> places =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(place -> ours.matcher(place).matches())
            .toList();
    assertThat(places).hasSameSizeAs(visible);
    return String.join(File.pathSeparator, places);
  }

  private void compile(Path source, String classPath) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of("--release", "21", "-proc:none", "-d", folder.toString(), "-classpath", classPath);
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean done =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(done).as(said.toString()).isTrue();
    }
  }

  private List<String> run(String program, String classPath, int port)
      throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                folder + File.pathSeparator + classPath,
                program,
                "127.0.0.1",
                Integer.toString(port),
                folder.resolve("target").toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    try (Stream<String> lines = Files.lines(said)) {
      return lines.collect(Collectors.toList());
    }
  }

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("ARCHITECTURE.md"))) {
      at = at.getParent();
    }
    return at;
  }
}
