package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyParserTest {
  @Test
  void oneLine() throws Exception {
    assertThat(parse("220 ready\r\n")).containsExactly(Reply.of(220, "ready"));
  }

  @Test
  void bareLineFeedEndsALine() throws Exception {
    assertThat(parse("220-a\n220 b\n331 c\n"))
        .containsExactly(new Reply(220, List.of("a", "b")), Reply.of(331, "c"));
  }

  @Test
  void codeWithoutSpaceOrText() throws Exception {
    assertThat(parse("200\r\n421Too many\r\n"))
        .containsExactly(Reply.of(200, ""), Reply.of(421, "Too many"));
  }

  @Test
  void textLinesThatBeginWithDigitsDoNotEndAReply() throws Exception {
    String bytes =
        "230-Welcome\r\n331 is not the end\r\n230x neither\r\n 230 nor this\r\n230 done\r\n";
    assertThat(parse(bytes))
        .containsExactly(
            new Reply(
                230,
                List.of("Welcome", "331 is not the end", "230x neither", " 230 nor this", "done")));
  }

  @Test
  void continuationLinesMayRepeatTheCode() throws Exception {
    assertThat(parse("211-Features:\r\n MDTM\r\n211-SIZE\r\n211 End\r\n"))
        .containsExactly(new Reply(211, List.of("Features:", " MDTM", "SIZE", "End")));
  }

  @Test
  void emptyLinesBeforeAReplyAreSkipped() throws Exception {
    assertThat(parse("\r\n\r\n220 ready\r\n")).containsExactly(Reply.of(220, "ready"));
  }

  @Test
  void anyCharsetComesBackByteForByte() throws Exception {
    byte[] text = "Слишком много соединений".getBytes(Charset.forName("KOI8-R"));
    ReplyParser parser = new ReplyParser();
    ByteBuffer bytes = ByteBuffer.allocate(200).put("421 ".getBytes(StandardCharsets.US_ASCII));
    bytes.put(text).put((byte) '\n').flip();
    Reply reply = parser.parse(bytes).orElseThrow();
    assertThat(Octets.toBytes(reply.text())).isEqualTo(text);
    assertThat(Octets.latin(reply.text()).getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(text);
  }

  @Test
  void doubledTelnetEscapeIsOne() throws Exception {
    byte[] bytes = {'2', '5', '7', ' ', (byte) 0xFF, (byte) 0xFF, 'a', (byte) 0xFF, 'b', '\n'};
    Reply reply = new ReplyParser().parse(ByteBuffer.wrap(bytes)).orElseThrow();
    assertThat(Octets.toBytes(reply.text()))
        .isEqualTo(new byte[] {(byte) 0xFF, 'a', (byte) 0xFF, 'b'});
  }

  /** As ProFTPD 1.3.8 does: IAC DONT 3, then the reply to what was said before the IAC WILL 3. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00ff\u00fe\u0003200 ok\r\n", // DONT
        "\u00ff\u00fb\u00c8200 ok\r\n", // WILL of a high option
        "\u00ff\u00f1\u00ff\u00f1200 ok\r\n", // NOP, twice
        "\u00ff\u00f6\r\n200 ok\r\n", // AYT
        "200 o\u00ff\u00fd\u0001k\r\n", // DO ECHO within the text
        "200 ok\r\u00ff\u00fc\u0018\n" // WONT, as late as can be
      })
  void commandsOfTelnetAreSkipped(String bytes) throws Exception {
    List<Reply> replies = new ArrayList<>();
    take(new ReplyParser(), ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)), replies);
    assertThat(replies).containsExactly(Reply.of(200, "ok"));
  }

  /** In Windows-1251 these are words with the last letter of the alphabet, which is 255. */
  @ParameterizedTest
  @ValueSource(strings = {"яр", "ясный", "сияющий", "яю", "я"})
  void lettersAreNotTakenForCommandsOfTelnet(String word) throws Exception {
    byte[] name = word.getBytes(Charset.forName("windows-1251"));
    ByteBuffer bytes = ByteBuffer.allocate(64).put("257 ".getBytes(StandardCharsets.US_ASCII));
    Reply reply = new ReplyParser().parse(bytes.put(name).put((byte) '\n').flip()).orElseThrow();
    assertThat(Octets.toBytes(reply.text())).isEqualTo(name);
  }

  @Test
  void aCommandOfTelnetThatIsCutIsKnown() throws Exception {
    ReplyParser parser = new ReplyParser();
    parser.parse(ByteBuffer.wrap(new byte[] {(byte) 0xFF}));
    assertThat(parser.isWithinReply()).isTrue();
  }

  @Test
  void endlessCommandsOfTelnetAreBounded() {
    byte[] bytes = new byte[ReplyParser.LONGEST_REPLY + 2];
    for (int at = 0; at < bytes.length; at += 2) {
      bytes[at] = (byte) 0xFF;
      bytes[at + 1] = (byte) 0xF1;
    }
    assertThatThrownBy(() -> new ReplyParser().parse(ByteBuffer.wrap(bytes)))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void repliesSplitAtAnyByteAreTheSame() throws Exception {
    String bytes = "220-Grüße\r\n\r\n220 x\r\n421 Too many\r\n227 Entering (1,2,3,4,5,6)\n";
    List<Reply> whole = parse(bytes);
    byte[] octets = bytes.getBytes(StandardCharsets.UTF_8);
    for (int split = 0; split <= octets.length; split++) {
      ReplyParser parser = new ReplyParser();
      List<Reply> parts = new ArrayList<>();
      take(parser, ByteBuffer.wrap(octets, 0, split), parts);
      take(parser, ByteBuffer.wrap(octets, split, octets.length - split), parts);
      assertThat(parts).as("split at %d", split).isEqualTo(whole);
      assertThat(parser.isWithinReply()).isFalse();
    }
  }

  @Test
  void knowsThatAReplyIsCut() throws Exception {
    ReplyParser parser = new ReplyParser();
    assertThat(parser.isWithinReply()).isFalse();
    parser.parse(ByteBuffer.wrap("220-a\r\n".getBytes(StandardCharsets.US_ASCII)));
    assertThat(parser.isWithinReply()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad\r\n",
        "SSH-2.0-x\r\n",
        "2x0 no\r\n",
        "099 no\r\n",
        "22\r\n",
        "700 no\r\n"
      })
  void whatIsNoReplyIsAProtocolError(String bytes) {
    assertThatThrownBy(() -> parse(bytes)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void endlessLineIsBounded() {
    assertThatThrownBy(() -> parse("220 " + "a".repeat(ReplyParser.LONGEST_LINE)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("220 aaa");
  }

  @Test
  void endlessReplyIsBounded() {
    assertThatThrownBy(() -> parse("220-" + "line\r\n".repeat(ReplyParser.LONGEST_REPLY / 5)))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void endlessEmptyLinesAreBounded() {
    assertThatThrownBy(() -> parse("\r\n".repeat(100))).isInstanceOf(ProtocolException.class);
  }

  @Test
  void randomBytesGiveRepliesOrProtocolErrors() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "0122345 -\r\n\n,()|\u00ff\u00ff\u00fb\u00f1\u0003";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(random.nextInt(40), 0, alphabet.length())
          .forEach(i -> text.append(alphabet.charAt(i)));
      byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
      try {
        take(new ReplyParser(), ByteBuffer.wrap(bytes), new ArrayList<>());
      } catch (ProtocolException expected) {
        assertThat(expected).hasMessageNotContaining("\r");
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", bytes " + text, e);
      }
    }
  }

  private static List<Reply> parse(String bytes) throws ProtocolException {
    List<Reply> replies = new ArrayList<>();
    take(new ReplyParser(), ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8)), replies);
    return replies;
  }

  private static void take(ReplyParser parser, ByteBuffer bytes, List<Reply> replies)
      throws ProtocolException {
    while (true) {
      var reply = parser.parse(bytes);
      if (reply.isEmpty()) {
        return;
      }
      replies.add(reply.get());
    }
  }
}
