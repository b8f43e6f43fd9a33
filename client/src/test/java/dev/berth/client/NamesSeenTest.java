package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.wire.NameCoding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the names of a server tell of the charset that it writes. */
class NamesSeenTest {
  /** The second half of each pair, U+DCC4 and U+DCC1, looks like an octet that is no UTF-8. */
  @Test
  void picturesInUtf8AreUtf8() {
    NamesSeen names = new NamesSeen();

    names.saw(List.of("\uD83D\uDCC4 letters", "\uD83D\uDCC1 folders"));

    assertThat(names.isSeen()).isTrue();
    assertThat(names.coding()).isEqualTo(NameCoding.UTF_8);
  }

  /** A folder that is listed again is no more names. */
  @Test
  void theSameNamesTellNoMoreTheSecondTime() {
    List<String> few = List.of("na\uDCEFve");
    NamesSeen names = new NamesSeen();
    names.saw(few);
    assertThat(names.isSeen()).isFalse();

    for (int n = 0; n < 50; n++) {
      names.saw(few);
    }

    assertThat(names.isSeen()).isFalse();
  }
}
