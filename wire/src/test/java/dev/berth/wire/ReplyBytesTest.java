package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replies as a server sends them, and as clients read them. */
final class ReplyBytesTest {
  private static String sent(Reply reply) {
    return new String(reply.bytes(), StandardCharsets.ISO_8859_1);
  }

  private static Reply read(Reply reply) throws Exception {
    return new ReplyParser().parse(ByteBuffer.wrap(reply.bytes())).orElseThrow();
  }

  @Test
  void oneLineOrMany() {
    assertThat(sent(Reply.of(220, "hello"))).isEqualTo("220 hello\r\n");
    assertThat(sent(new Reply(230, List.of("Welcome", "", "Bye"))))
        .isEqualTo("230-Welcome\r\n\r\n230 Bye\r\n");
    assertThat(sent(new Reply(211, List.of("Features:", " SIZE", "End"))))
        .isEqualTo("211-Features:\r\n SIZE\r\n211 End\r\n");
  }

  @Test
  void noLineInTheMiddleEndsTheReply() throws Exception {
    var reply = new Reply(213, List.of("Status", "213 is a number", "999", "12", "end"));
    assertThat(sent(reply))
        .isEqualTo("213-Status\r\n 213 is a number\r\n 999\r\n12\r\n213 end\r\n");
    assertThat(read(reply).lines())
        .containsExactly("Status", " 213 is a number", " 999", "12", "end");
  }

  @Test
  void noTextBreaksOutOfItsLine() {
    assertThat(sent(Reply.of(550, "a\r\n230 In\0: \uD800 no")))
        .isEqualTo("550 a??230 In?: ? no\r\n");
  }

  @Test
  void octetsComeBackAsTheyWere() throws Exception {
    var reply = Reply.of(257, "\"M\uDCFCller \uDCFF \"");
    assertThat(sent(reply)).isEqualTo("257 \"M\u00fcller \u00ff\u00ff \"\r\n");
    assertThat(read(reply)).isEqualTo(reply);
    assertThat(read(Reply.of(250, "Zo\u00eb \uD83D\uDE00")))
        .isEqualTo(Reply.of(250, "Zo\u00eb \uD83D\uDE00"));
  }

  @Test
  void passiveRepliesAreReadAsTheyWereMeant() throws Exception {
    var address = new InetSocketAddress(InetAddress.getByName("192.0.2.7"), 40_001);
    assertThat(sent(PassiveReply.entering(address)))
        .isEqualTo("227 Entering Passive Mode (192,0,2,7,156,65).\r\n");
    assertThat(PassiveReply.address(PassiveReply.entering(address))).isEqualTo(address);
    assertThat(sent(PassiveReply.enteringExtended(40_001)))
        .isEqualTo("229 Entering Extended Passive Mode (|||40001|)\r\n");
    assertThat(PassiveReply.port(PassiveReply.enteringExtended(40_001))).isEqualTo(40_001);
    var six = new InetSocketAddress(InetAddress.getByName("::1"), 2000);
    assertThatThrownBy(() -> PassiveReply.entering(six))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pathnameIsQuoted() throws Exception {
    Reply reply = PathnameReply.of("/a \"b\"", "is the current directory");
    assertThat(sent(reply)).isEqualTo("257 \"/a \"\"b\"\"\" is the current directory\r\n");
    assertThat(PathnameReply.pathname(reply)).isEqualTo("/a \"b\"");
  }
}
