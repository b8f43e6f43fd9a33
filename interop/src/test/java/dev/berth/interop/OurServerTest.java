package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.Await;
import dev.berth.testkit.FileTree;
import dev.berth.testkit.ServerTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our client and our server, which may know each other no better than anybody else. */
final class OurServerTest {
  private static final int LIMIT = 2;
  private static final int MOST_REFUSALS = 3;
  private static final Duration BOUND = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void eightAtOnceUnderALimitThatNobodyToldFailNothing() throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    FileTree.standard(2).writeTo(Files.createDirectory(root.resolve("tree")));
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    try (OurServer server = OurServer.start(root, LIMIT)) {
      Berth berth = Berth.in(folder);

      assertComplete(mirror(berth, url(server, "tree"), first), root, first);
      long learned = server.log().count("refused");
      assertComplete(mirror(berth, url(server, "tree"), second), root, second);
      assertComplete(mirror(berth, first, url(server, "up")), root, root.resolve("up"));

      assertThat(learned).as("refusals in the first run").isLessThanOrEqualTo(MOST_REFUSALS);
      assertThat(server.log().count("refused") - learned).as("refusals, the limit known").isZero();
      assertThat(mostAtOnce(server.log())).as("sessions at once").isLessThanOrEqualTo(LIMIT);
    }
  }

  @Test
  void clientKilledInItsUploadLeavesNoHalfFileAndGoesOn() throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    Path source = folder.resolve("source");
    FileTree.standard(3).writeTo(source);
    Path up = root.resolve("up");
    try (OurServer server = OurServer.start(root, LIMIT)) {
      Berth berth = Berth.in(folder);

      try (Berth.Running running = berth.start(words(source, url(server, "up")))) {
        Await.until(BOUND, "some files there", () -> files(up).size() > 20);
        running.kill();
      }
      Await.until(
          BOUND,
          "the sessions over",
          () -> server.log().count("connected") == server.log().count("ended"));
      for (Path file : files(up)) {
        Path name = up.relativize(file);
        if (!name.getFileName().toString().startsWith(".")) {
          assertThat(file).hasSameBinaryContentAs(source.resolve(name));
        }
      }
      mirror(berth, source, url(server, "up")).ended(0);

      FileTree.assertSame(source, up);
    }
  }

  private static List<Path> files(Path tree) {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(tree)) {
      all.filter(Files::isRegularFile).forEach(found::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      return List.of(); // Not there yet, or renamed while we looked.
    }
    return found;
  }

  private static int mostAtOnce(SessionLog log) {
    int now = 0;
    int most = 0;
    for (String line : log.lines()) {
      now += line.startsWith("event=connected ") ? 1 : 0;
      now -= line.startsWith("event=ended ") ? 1 : 0;
      most = Math.max(most, now);
    }
    return most;
  }

  private static Run mirror(Berth berth, Object source, Object target) throws IOException {
    return berth.run(words(source, target));
  }

  private static Object[] words(Object source, Object target) throws IOException {
    String trust = "--tls-trust=sha256:" + ServerTls.certificate().fingerprint();
    return new Object[] {"mirror", "--json", "--parallel", 8, trust, source, target};
  }

  private static String url(OurServer server, String path) throws IOException {
    return "ftp://%s@127.0.0.1:%d/%s".formatted(Server.USER, server.port(), path);
  }

  private static void assertComplete(Run run, Path root, Path target) throws IOException {
    run.ended(0);
    FileTree.assertSame(root.resolve("tree"), target);
    assertThat(run.count("files")).isEqualTo(202);
    assertThat(run.count("failed")).isZero();
  }
}
