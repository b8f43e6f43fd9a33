package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {
  private final Room room = new Room();

  @TempDir Path folder;

  @Test
  void theFileSystemIsNotAskedBeforeAWriteHasFailed() {
    assertThatCode(() -> room.require(folder.resolve("a"), Long.MAX_VALUE))
        .doesNotThrowAnyException();
  }

  @Test
  void afterAFailedWriteOnlyWhatFitsIsTried() {
    room.failed();

    assertThatThrownBy(() -> room.require(folder.resolve("a"), Long.MAX_VALUE))
        .isInstanceOf(Room.Lacking.class)
        .hasMessageContaining("no room: " + Long.MAX_VALUE + " bytes, ");
    assertThatCode(() -> room.require(folder.resolve("a"), 0)).doesNotThrowAnyException();
  }
}
