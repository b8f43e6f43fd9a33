package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilePermissionsTest {
  @ParameterizedTest
  @CsvSource({
    "rw-r--r--, rw-r--r--, 644",
    "rwsr-sr-t, rwxr-xr-x, 755",
    "rwSr-Sr-T, rw-r--r--, 644",
    "---------, ---------, 0"
  })
  void lettersAreReadWithoutWhoseRightsAFileRunsWith(String told, String kept, String octal) {
    var read = FilePermissions.read(told).orElseThrow();

    assertThat(PosixFilePermissions.toString(read)).isEqualTo(kept);
    assertThat(FilePermissions.mode(read)).isEqualTo(Integer.parseInt(octal, 8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"adfrw", "rwxrwxrw", "rwxrwxrwxx", "rwxrwxrwe", "xrwxrwxrw"})
  void whatIsNoPermissionsSetsNone(String told) {
    assertThat(FilePermissions.read(told)).isEmpty();
  }

  @Test
  void namesThatWindowsTakesForOthersAreKnown() {
    for (String name :
        new String[] {"CON", "nul.txt", "Com1", "LPT9.x", "a.", "a ", "a:b", "aux "}) {
      assertThat(LocalNames.isReservedOnWindows(name)).as(name).isTrue();
    }
    for (String name : new String[] {"con2", "COM", "comx", "a.b", ".con", "nulls", "a b"}) {
      assertThat(LocalNames.isReservedOnWindows(name)).as(name).isFalse();
    }
  }
}
