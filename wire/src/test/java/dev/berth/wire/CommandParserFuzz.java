package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients say becomes commands that are valid, however it was cut on the way. */
class CommandParserFuzz {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "USER anna\r\nPASS a b\r\nEPSV\r\nRETR x\n",
            "\u00ff\u00f4\u00ff\u00f2ABOR\r\nSTOR a\u00ff\u00ffb\r\n",
            "\u00ff\u00fd\u0006NOOP\r\n\u00ffABOR\r\n",
            "PORT 127,0,0,1,4,5\r\nEPRT |2|::1|2000|\r\nEPRT |1|10.0.0.1|65535|\r\n",
            "CWD a\0b\r\nCWD a\rb\r\n\r\n",
            "RETR " + "a".repeat(4100) + "\r\nNOOP\r\n")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void bytesGiveTheSameLinesInAnyPieces(byte[] bytes) {
    List<CommandLine> whole = parse(bytes, Math.max(1, bytes.length));
    List<CommandLine> pieces = parse(bytes, 1 + bytes.length % 5);

    assertThat(pieces).isEqualTo(whole);
    for (CommandLine line : whole) {
      if (line instanceof CommandLine.Complete(Command command)) {
        assertThat(command.line().length()).isLessThanOrEqualTo(CommandParser.LONGEST_LINE);
        assertThat(parse(command.bytes(), 3)).containsExactly(line);
        command.argument().ifPresent(CommandParserFuzz::addresses);
        assertThat(PassiveRequest.of(command)).isNotNull();
      }
    }
  }

  private static List<CommandLine> parse(byte[] bytes, int pieceBytes) {
    var parser = new CommandParser();
    List<CommandLine> lines = new ArrayList<>();
    try {
      for (int at = 0; at < bytes.length; at += pieceBytes) {
        var piece = ByteBuffer.wrap(bytes, at, Math.min(pieceBytes, bytes.length - at));
        Optional<CommandLine> line = parser.parse(piece);
        while (line.isPresent()) {
          lines.add(line.get());
          line = parser.parse(piece);
        }
      }
    } catch (ProtocolException e) {
      assertThat(bytes.length).isGreaterThan(256 * 1024);
    }
    return lines;
  }

  private static void addresses(String argument) {
    for (ActiveAddress address :
        List.of(ActiveAddress.ofPort(argument), ActiveAddress.ofEprt(argument))) {
      if (address instanceof ActiveAddress.Given(var given)) {
        assertThat(given.getPort()).isBetween(1, 65_535);
        assertThat(ActiveAddress.ofEprt(ActiveCommand.extended(given).argument().orElseThrow()))
            .isEqualTo(address);
      }
    }
  }
}
