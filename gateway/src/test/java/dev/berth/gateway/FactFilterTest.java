package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.wire.Features;
import dev.berth.wire.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left out of listings on their way, and that nothing else is. */
class FactFilterTest {
  private static final FactSelection USUAL =
      FactSelection.usual(new Features(Map.of("MLST", "type*;size*;UNIX.mode;perm*;")));

  /** In pieces of so many bytes. */
  private static String filtered(FactSelection facts, String text, int piece) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    FactFilter filter = new FactFilter(facts);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int from = 0; from < bytes.length; from += piece) {
      write(filter.apply(ByteBuffer.wrap(bytes, from, Math.min(piece, bytes.length - from))), out);
    }
    write(filter.end(), out);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static void write(ByteBuffer bytes, ByteArrayOutputStream out) {
    byte[] array = new byte[bytes.remaining()];
    bytes.get(array);
    out.writeBytes(array);
  }

  /** A slash stands for CR LF. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          type=file;size=3;UNIX.mode=0644;perm=r; a;b c/       | size;        | size=3; a;b c/
          Type=file;Size=3;Perm=r; a/type=dir;size=1; b/       | size;type;   | Type=file;Size=3; a/type=dir;size=1; b/
          type=file;unix.mode=0644; a/                         | UNIX.MODE;   | unix.mode=0644; a/
          type=file;size=3; a/                                 | ""           | " a/"
          type=file;x.own=1;size=3; a                          | size;        | size=3; a
          type=file;size=3 a/                                  | size;        | size=3 a/
          " a/ b/"                                             | size;        | " a/ b/"
          no facts at all/type=file; a/                        | size;        | no facts at all/ a/
          type=file                                            | size;        | type=file
          //type=file; a/                                      | size;        | // a/
          type=file;size=3;; a\u00e9\u0000/                    | size;        | size=3; a\u00e9\u0000/
          """)
  void factsThatWereNotChosenAreLeftOut(String listing, String chosen, String shown) {
    String given = listing.replace("/", "\r\n");
    for (int piece = 1; piece <= given.length(); piece++) {
      assertThat(filtered(USUAL.choose(chosen), given, piece))
          .as("pieces of %d", piece)
          .isEqualTo(shown.replace("/", "\r\n"));
    }
  }

  /** What others have had the server show is not shown to who has chosen nothing. */
  @Test
  void whoChoosesNothingSeesWhatTheServerShowsByItself() {
    assertThat(filtered(USUAL, "type=file;unix.mode=0644;x.own=1; a\r\n", 7))
        .isEqualTo("type=file;x.own=1; a\r\n");
    assertThat(USUAL.wantsMore()).isFalse();
    assertThat(USUAL.choose("size;").wantsMore()).isFalse();
    assertThat(USUAL.choose("unix.mode;").wantsMore()).isTrue();
  }

  @Test
  void aFactWithoutEndIsPassedOnAsItIs() {
    String endless = "x".repeat(100_000) + ";size=3; a\r\ntype=file;size=3; b\r\n";

    assertThat(filtered(USUAL.choose("size;"), endless, 1000))
        .isEqualTo(endless.replace("type=file;", ""));
  }

  @Test
  void whereAllIsShownNoOctetChanges() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "ab=; \r\n\u00ff\u0000";
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(200); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(filtered(USUAL, text.toString(), 1 + random.nextInt(50)))
          .as("seed %d round %d", seed, round)
          .isEqualTo(text.toString());
    }
  }

  @Test
  void theReplyToMlstIsFilteredAlikeAndItsWordsAreNot() {
    Reply reply =
        new Reply(250, List.of("Begin; type=1", " type=file;size=3;perm=r; /a b", "End; type=2"));

    assertThat(USUAL.choose("size;").filter(reply))
        .isEqualTo(new Reply(250, List.of("Begin; type=1", " size=3; /a b", "End; type=2")));
    assertThat(USUAL.choose("size;").filter(Reply.of(250, "type=file; a")))
        .isEqualTo(Reply.of(250, "type=file; a"));
  }
}
