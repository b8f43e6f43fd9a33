package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.ListingEntry;
import org.junit.jupiter.api.Test;

class RemoteTreeTest {
  private final RemoteTree tree = new RemoteTree(10_000);

  @Test
  void isFullOnceItTakesTheMemoryThatItMay() {
    int files = 0;
    while (!tree.isFull()) {
      files++;
      tree.addFile("file" + files, ListingEntry.named("file", ListingEntry.Type.FILE).build());
    }

    assertThat(files).isBetween(3, 9);
    assertThat(tree.extent()).isEqualTo(files + " files and 0 folders");
  }

  @Test
  void longNamesFillItSooner() {
    tree.addFolder("x".repeat(2000));

    assertThat(tree.isFull()).isTrue();
  }

  @Test
  void thatItIsFullIsNewOnce() {
    assertThat(tree.isNewlyFull()).isTrue();
    assertThat(tree.isNewlyFull()).isFalse();
  }
}
