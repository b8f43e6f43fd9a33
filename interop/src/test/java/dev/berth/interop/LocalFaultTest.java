package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.testkit.FileTree;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.PeersOrSkip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Some files cannot be had or kept: they are named, and all others are done. */
@ExtendWith(PeersOrSkip.class)
final class LocalFaultTest {
  private static final String LARGE = "large.bin";
  private static final FileTree SMALL = FileTree.of(4, new FileTree.Shape(2, 5, 10 << 10));
  private static final FileTree TREE = SMALL.with(LARGE, 3 << 20);

  private static Server server;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException {
    server = Server.start(PeerKind.VSFTPD, PeerSettings.plain().perAddress(2));
    TREE.writeTo(Files.createDirectory(server.root().resolve("tree")));
    server.peer().own();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void aFullDiskHereFailsTheFileThatDoesNotFit() throws IOException {
    Path small = Files.createDirectory(folder.resolve("small"));
    try (Mount _ = Mount.memory(small, "1m")) {
      Run run = mirror(server.url("tree"), small).ended(3);

      assertFailed(run, "/tree/" + LARGE);
      assertThat(FileTree.differences(server.root().resolve("tree"), small))
          .containsExactly(LARGE + ": missing");
    }
  }

  /** A write that fails has cost a transfer. Thousands of files must not cost thousands. */
  @Test
  void onAFullDiskTheServerIsLeftInPeace() throws IOException {
    FileTree many = FileTree.of(5, new FileTree.Shape(1, 600, 10 << 10));
    many.writeTo(Files.createDirectory(server.root().resolve("many")));
    server.peer().own();
    Path small = Files.createDirectory(folder.resolve("small"));
    long logins = server.tap().commands("PASS");
    try (Mount _ = Mount.memory(small, "1m")) {
      Run run = mirror(server.url("many"), small).ended(3);

      assertThat(run.count("files")).isEqualTo(600);
      assertThat(run.count("failed")).isBetween(450L, 550L);
      assertThat(run.err()).contains("no room: 10240 bytes, ");
      assertThat(server.tap().commands("PASS") - logins).isLessThan(30);
    }
  }

  @Test
  void aFullDiskThereFailsTheFileThatDoesNotFit() throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    TREE.writeTo(source);
    Path small = Files.createDirectory(server.root().resolve("small"));
    try (Mount _ = Mount.memory(small, "1m")) {
      server.peer().own();
      Run run = mirror(source, server.url("small")).ended(3);

      assertFailed(run, source.resolve(LARGE).toString());
      assertThat(FileTree.differences(source, small)).containsExactly(LARGE + ": missing");
    }
  }

  @Test
  void aFolderThatCannotBeWrittenFailsItsFilesAlone() throws IOException {
    Path target = Files.createDirectory(folder.resolve("target"));
    Files.writeString(target.resolve("folder-00"), "no folder");

    Run run = mirror(server.url("tree"), target).ended(3);

    assertFailed(
        run,
        SMALL.files().stream()
            .map(FileTree.Entry::path)
            .filter(path -> path.startsWith("folder-00/"))
            .map("/tree/"::concat)
            .toArray(String[]::new));
    FileTree.assertSame(server.root().resolve("tree/folder-01"), target.resolve("folder-01"));
    assertThat(Files.size(target.resolve(LARGE))).isEqualTo(3 << 20);
    assertThat(target.resolve("folder-00")).hasContent("no folder");
  }

  @Test
  void aReadOnlyTargetFailsAllFilesAndSaysWhy() throws IOException {
    Path target = Files.createDirectory(folder.resolve("target"));
    try (Mount _ = Mount.memory(target, "1m,ro")) {
      Run run = mirror(server.url("tree"), target).ended(3);

      assertThat(run.count("failed")).isEqualTo(TREE.files().size());
      assertThat(run.err()).containsIgnoringCase("read-only").contains(LARGE);
    }
  }

  @Test
  void aSourceThatHasGoneFailsAlone() throws IOException {
    Path good = Files.writeString(folder.resolve("good.txt"), "good");
    Path gone = folder.resolve("gone.txt");
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling.txt"), gone);
    Path other = Files.writeString(folder.resolve("other.txt"), "other");
    Files.createDirectory(server.root().resolve("inbox"));
    server.peer().own();

    Run run =
        Berth.in(folder)
            .run("put", "--json", good, gone, dangling, other, server.url("inbox/"))
            .ended(3);

    assertFailed(run, gone.toString(), dangling.toString());
    assertThat(server.root().resolve("inbox/good.txt")).hasContent("good");
    assertThat(server.root().resolve("inbox/other.txt")).hasContent("other");
    assertThat(server.root().resolve("inbox")).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aFileThatTheServerDoesNotHaveIsNamed() {
    Run run = Berth.in(folder).run("get", "--json", server.url("none.txt")).ended(3);

    assertThat(run.err()).containsOnlyOnce("/none.txt");
  }

  @Test
  void aFolderThatTheServerDoesNotHaveIsNamed() {
    Path target = folder.resolve("target");

    Run run = mirror(server.url("none"), target).ended(3);

    assertThat(run.err()).containsOnlyOnce("berth: /none: ").contains("550");
    assertThat(target).doesNotExist();
  }

  private Run mirror(Object source, Object target) {
    return Berth.in(folder).run("mirror", "--json", "--parallel", 4, source, target);
  }

  /** For people on standard error, for machines on standard output, and no others. */
  private static void assertFailed(Run run, String... sources) {
    List<Map<String, Object>> failed =
        run.objects().stream().filter(object -> "failed".equals(object.get("result"))).toList();
    assertThat(failed).extracting("source").containsExactlyInAnyOrder((Object[]) sources);
    assertThat(failed).extracting("reason").doesNotContainNull();
    assertThat(run.count("failed")).isEqualTo(sources.length);
    assertThat(run.err()).contains(sources);
  }

  /** A small file system in memory, for as long as it is open. Needs root. */
  private record Mount(Path place) implements AutoCloseable {
    static Mount memory(Path place, String options) throws IOException {
      assumeTrue(
          "root".equals(System.getProperty("user.name"))
              && done("mount", "-t", "tmpfs", "-o", "size=" + options, "tmpfs", place.toString()),
          "we may not mount");
      return new Mount(place);
    }

    @Override
    public void close() throws IOException {
      if (!done("umount", "--lazy", place.toString())) {
        throw new IOException(place + " stays mounted");
      }
    }

    private static boolean done(String... command) throws IOException {
      Process process = new ProcessBuilder(command).inheritIO().start();
      return process.onExit().join().exitValue() == 0;
    }
  }
}
