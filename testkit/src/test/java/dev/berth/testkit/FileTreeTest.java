package dev.berth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
  @TempDir private Path first;
  @TempDir private Path second;

  @Test
  void oneSeedGivesOneTree() throws IOException {
    FileTree tree = FileTree.of(7, new FileTree.Shape(2, 3, 1000));
    tree.writeTo(first);
    tree.writeTo(second);

    FileTree.assertSame(first, second);
    assertThat(Files.getLastModifiedTime(first.resolve("folder-00/file-001.dat")).toString())
        .isEqualTo("2026-01-02T03:05:05Z");
  }

  @Test
  void differencesAreNamed() throws IOException {
    FileTree.of(7, new FileTree.Shape(1, 3, 1000)).writeTo(first);
    FileTree.of(7, new FileTree.Shape(1, 2, 1000)).with("extra", 1).writeTo(second);
    Files.write(second.resolve("folder-00/file-001.dat"), new byte[] {1, 2});

    assertThatThrownBy(() -> FileTree.assertSame(first, second))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("in 3 places")
        .hasMessageContaining(
            "folder-00/file-001.dat: differs from byte 0 on; 1000 bytes expected, 2 found")
        .hasMessageContaining("folder-00/file-002.dat: missing")
        .hasMessageContaining("extra: not expected");
  }

  @Test
  void theStandardTreeIsThatOfTheProofs() {
    FileTree tree = FileTree.standard(1);

    assertThat(tree.files()).hasSize(202);
    assertThat(tree.files().stream().mapToLong(FileTree.Entry::sizeBytes).sum())
        .isEqualTo(200L * 10 * 1024 + 2L * 50 * 1024 * 1024);
  }
}
