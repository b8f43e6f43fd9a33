package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system other than that of the home, as one that is mounted below it. */
final class StagingTest {
  private static final Path MEMORY = Path.of("/dev/shm");

  @TempDir Path home;
  private Path mounted;

  @BeforeEach
  void makeMounted() throws IOException {
    assumeTrue(
        Files.isWritable(MEMORY) && !Files.getFileStore(MEMORY).equals(Files.getFileStore(home)),
        "no second file system");
    mounted = Files.createTempDirectory(MEMORY, "berth-staging-");
  }

  @AfterEach
  void removeMounted() throws IOException {
    if (mounted != null) {
      Files.deleteIfExists(mounted.resolve("new"));
      Files.delete(mounted);
    }
  }

  private static void make(Path home, Path opened, Path path) throws IOException {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(opened)) {
      new Staging(home).makeFolder((SecureDirectoryStream<Path>) open, path, Path.of("new"), 0750);
    }
  }

  @Test
  void folderIsMadeOnAMountedFileSystemToo() throws IOException {
    make(home, mounted, mounted);

    assertThat(Files.getPosixFilePermissions(mounted.resolve("new")))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
    assertThatThrownBy(() -> make(home, mounted, mounted))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void folderThatCameElsewhereSinceItsPathWasSwappedIsNotTakenForMade() throws IOException {
    Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));

    assertThatThrownBy(() -> make(home, mounted, elsewhere))
        .isInstanceOf(FileSystemException.class);
    assertThat(mounted).isEmptyDirectory();
    assertThat(Files.getPosixFilePermissions(elsewhere.resolve("new")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }
}
