package dev.berth.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineSourceTest {
  @Test
  void linesEndInLineFeedWithOrWithoutCarriageReturnAndTheLastOnePerhapsInNeither()
      throws IOException {
    assertThat(lines(in("a\nbb\r\n\nc"))).containsExactly("a", "bb", "", "c");
    assertThat(lines(in("a\n"))).containsExactly("a");
    assertThat(lines(in(""))).isEmpty();
  }

  @Test
  void aLineIsTheSameHoweverItArrives() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> written = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      written.add("x".repeat(random.nextInt(random.nextInt(50) == 0 ? 60_000 : 100)));
    }
    InputStream dribble =
        new ByteArrayInputStream(
            (String.join("\n", written) + "\n").getBytes(StandardCharsets.US_ASCII)) {
          @Override
          public int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(length, 1 + random.nextInt(70_000)));
          }
        };

    assertThat(lines(dribble)).as("seed %d", seed).isEqualTo(written);
  }

  @Test
  void ofALineWithoutEndTheBeginningIsToldAndTheNextOneIsWhole() throws IOException {
    String endless = "y".repeat(10 << 20);
    LineSource source = new LineSource(in("a\n" + endless + "\nb\n"));
    Scan scan = new Scan();

    assertThat(source.next()).isTrue();
    assertThat(source.next()).isTrue();
    source.scan(scan);
    assertThat(scan.line()).hasSize(LineSource.LONGEST);
    assertThat(source.isCut()).isTrue();
    assertThat(source.next()).isTrue();
    source.scan(scan);
    assertThat(scan.line()).isEqualTo("b");
    assertThat(source.number()).isEqualTo(3);
    assertThat(source.isCut()).isFalse();
    assertThat(source.next()).isFalse();
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static List<String> lines(InputStream in) throws IOException {
    LineSource source = new LineSource(in);
    Scan scan = new Scan();
    List<String> lines = new ArrayList<>();
    while (source.next()) {
      source.scan(scan);
      lines.add(scan.line());
    }
    return lines;
  }
}
