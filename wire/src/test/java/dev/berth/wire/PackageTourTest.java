package dev.berth.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The example of package-info.java, word for word. */
class PackageTourTest {
  @Test
  void theExampleReadsAReplyAndWritesACommand() throws Exception {
    ReplyParser parser = new ReplyParser();
    ByteBuffer arrived = ByteBuffer.wrap("229 Go (|||40001|)\r\n".getBytes(US_ASCII));
    Reply reply = parser.parse(arrived).orElseThrow();
    int port = PassiveReply.port(reply);
    byte[] next = Command.of("RETR", "/pub/a b.txt").bytes();

    assertThat(port).isEqualTo(40001);
    assertThat(new String(next, US_ASCII)).isEqualTo("RETR /pub/a b.txt\r\n");
  }
}
