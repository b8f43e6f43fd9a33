package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private static final ListingRoom ROOM = new ListingRoom(Long.MAX_VALUE / 2);

  private final List<String> lines = new ArrayList<>();
  private final LineSplitter splitter = new LineSplitter(ROOM, lines::add);

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void linesEndAtLineFeedsAndTheLastNeedsNone() throws ListingTooLarge {
    splitter.write(bytes("one\r\ntwo\n\nfour"));
    assertThat(lines).containsExactly("one\r", "two", "");

    splitter.finish();

    assertThat(lines).containsExactly("one\r", "two", "", "four");
  }

  @Test
  void nothingIsNoLine() throws ListingTooLarge {
    splitter.write(bytes(""));
    splitter.finish();

    assertThat(lines).isEmpty();
  }

  @Test
  void thePiecesInWhichBytesArriveDoNotMatter() throws ListingTooLarge {
    long seed = System.nanoTime();
    RandomGenerator random = new java.util.Random(seed);
    String text = "caf\u00c3\u00a9\r\n\u00e9\n" + "x".repeat(500) + "\nend";
    splitter.write(bytes(text));
    splitter.finish();
    List<String> whole = List.copyOf(lines);
    for (int round = 0; round < 200; round++) {
      lines.clear();
      LineSplitter pieces = new LineSplitter(ROOM, lines::add);
      for (int at = 0; at < text.length(); ) {
        int next = Math.min(text.length(), at + 1 + random.nextInt(20));
        pieces.write(bytes(text.substring(at, next)));
        at = next;
      }
      pieces.finish();
      assertThat(lines).as("seed " + seed).isEqualTo(whole);
    }
  }

  @Test
  void aLineIsBounded() {
    assertThatThrownBy(() -> splitter.write(bytes("x".repeat(LineSplitter.LONGEST_LINE + 1))))
        .isInstanceOf(ListingTooLarge.class);
  }

  @Test
  void theNumberOfLinesIsBounded() throws ListingTooLarge {
    LineSplitter counting = new LineSplitter(ROOM, line -> {});
    byte[] empty = new byte[LineSplitter.MOST_LINES];
    Arrays.fill(empty, (byte) '\n');
    counting.write(ByteBuffer.wrap(empty));

    assertThatThrownBy(() -> counting.write(bytes("\n")))
        .isInstanceOf(ListingTooLarge.class)
        .hasMessageContaining("lines");
  }

  @Test
  void allLinesTogetherAreBounded() throws ListingTooLarge {
    LineSplitter counting = new LineSplitter(ROOM, line -> {});
    byte[] line = new byte[32 * 1024];
    line[line.length - 1] = '\n';
    for (long sent = 0; sent < LineSplitter.MOST_BYTES; sent += line.length) {
      counting.write(ByteBuffer.wrap(line));
    }

    assertThatThrownBy(() -> counting.write(ByteBuffer.wrap(line)))
        .isInstanceOf(ListingTooLarge.class)
        .hasMessageContaining("bytes");
  }

  @Test
  void linesOfAllConnectionsMustFitIntoTheRoomUntilTheyAreNeededNoMore() throws ListingTooLarge {
    ListingRoom room = new ListingRoom(2000);
    LineSplitter one = new LineSplitter(room, line -> {});
    LineSplitter other = new LineSplitter(room, line -> {});
    one.write(bytes("a\nb\n"));

    assertThatThrownBy(() -> other.write(bytes("c\nd\n"))).isInstanceOf(ListingTooLarge.class);

    one.close();
    other.write(bytes("e\n"));
  }
}
