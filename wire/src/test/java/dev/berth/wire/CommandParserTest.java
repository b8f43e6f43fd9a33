package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.wire.CommandLine.Complete;
import dev.berth.wire.CommandLine.Fault;
import dev.berth.wire.CommandLine.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What clients send, in whatever pieces, and what hostile ones do. */
final class CommandParserTest {
  private static ByteBuffer octets(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static List<CommandLine> parse(CommandParser parser, ByteBuffer bytes) throws Exception {
    List<CommandLine> lines = new ArrayList<>();
    Optional<CommandLine> line = parser.parse(bytes);
    while (line.isPresent()) {
      lines.add(line.get());
      line = parser.parse(bytes);
    }
    return lines;
  }

  private static List<CommandLine> parse(String text) throws Exception {
    return parse(new CommandParser(), octets(text));
  }

  private static Complete complete(String line) {
    return new Complete(new Command(line));
  }

  @Test
  void linesEndWithOrWithoutCarriageReturn() throws Exception {
    assertThat(parse("user anna\r\nNoop\nxsha256 a b \r\n"))
        .containsExactly(complete("USER anna"), complete("NOOP"), complete("XSHA256 a b "));
  }

  @Test
  void verbAndArgumentAreApart() throws Exception {
    var line = (Complete) parse("retr  a\tb \r\n").get(0);
    assertThat(line.command().verb()).isEqualTo("RETR");
    assertThat(line.command().argument()).contains(" a\tb ");
    assertThat(((Complete) parse("LIST \r\n").get(0)).command().argument()).isEmpty();
    assertThat(((Complete) parse("LIST\r\n").get(0)).command().argument()).isEmpty();
  }

  @Test
  void piecesMayBeOfOneByte() throws Exception {
    var parser = new CommandParser();
    List<CommandLine> lines = new ArrayList<>();
    for (byte octet : "CWD /a\r\nPWD\r\n".getBytes(StandardCharsets.US_ASCII)) {
      lines.addAll(parse(parser, ByteBuffer.wrap(new byte[] {octet})));
      assertThat(parser.isWithinLine()).isEqualTo(octet != '\n');
    }
    assertThat(lines).containsExactly(complete("CWD /a"), complete("PWD"));
  }

  @Test
  void argumentKeepsEachOctet() throws Exception {
    var latin = (Complete) parse("CWD M\u00fcller\r\n").get(0);
    assertThat(latin.command().argument()).contains("M\uDCFCller");
    var utf8 = (Complete) parse("CWD M\u00c3\u00bcller\r\n").get(0);
    assertThat(utf8.command().argument()).contains("M\u00fcller");
  }

  @Test
  void synchOfTelnetBeforeAbortIsDropped() throws Exception {
    assertThat(parse("\u00ff\u00f4\u00ff\u00f2ABOR\r\n")).containsExactly(complete("ABOR"));
    assertThat(parse("\u00ff\u00fd\u0006\u00ff\u00fb\u00ffNOOP\r\n"))
        .as("options")
        .containsExactly(complete("NOOP"));
  }

  @Test
  void lostUrgentOctetLeavesA255ThatIsDropped() throws Exception {
    assertThat(parse("\u00ff\u00f4\u00ffABOR\r\n")).containsExactly(complete("ABOR"));
    assertThat(parse("\u00ff\u00ff\u00ffABOR\r\n")).containsExactly(complete("ABOR"));
  }

  @Test
  void octet255InAName() throws Exception {
    assertThat(parse("CWD a\u00ff\u00ffb\r\n")).containsExactly(complete("CWD a\uDCFFb"));
    assertThat(parse("CWD a\u00ffb\r\n"))
        .as("not doubled")
        .containsExactly(complete("CWD a\uDCFFb"));
    assertThat(parse("CWD a\u00ff\r\nPWD\r\n"))
        .as("no end of line is lost")
        .containsExactly(complete("CWD a\uDCFF"), complete("PWD"));
  }

  @Test
  void controlCharactersMakeALineMalformed() throws Exception {
    var malformed = new Malformed(Fault.CONTROL_CHARACTER);
    assertThat(parse("CWD a\0b\r\nCWD a\rDELE b\r\nCWD a\r\r\nNOOP\r\n"))
        .containsExactly(malformed, malformed, malformed, complete("NOOP"));
  }

  @Test
  void whatDoesNotBeginWithLettersIsNoCommand() throws Exception {
    var malformed = new Malformed(Fault.NO_VERB);
    assertThat(parse("\r\n NOOP\r\n12\r\nN\u00fc x\r\nNO-OP\r\n\u0131\r\n"))
        .containsExactly(malformed, malformed, malformed, malformed, malformed, malformed);
  }

  @Test
  void longLineIsDroppedToItsEndAndTheNextIsRead() throws Exception {
    String fits = "CWD " + "a".repeat(CommandParser.LONGEST_LINE - 4);
    var tooLong = new Malformed(Fault.TOO_LONG);
    assertThat(parse(fits + "\r\n" + fits + "\n")).containsExactly(complete(fits), complete(fits));
    assertThat(parse(fits + "a\r\nNOOP\r\n" + fits + "a\nNOOP\r\n" + fits + "aa\r\nNOOP\r\n"))
        .containsExactly(
            tooLong, complete("NOOP"), tooLong, complete("NOOP"), tooLong, complete("NOOP"));
  }

  @Test
  void longLinesWithoutEndAreBounded() throws Exception {
    var parser = new CommandParser();
    var piece = "a".repeat(64 * 1024);
    assertThat(parse(parser, octets(piece))).isEmpty();
    assertThatThrownBy(
            () -> {
              for (int n = 0; n < 10; n++) {
                parse(parser, octets(piece));
              }
            })
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("lines longer than 4096");
  }

  @Test
  void linesThatAreTooLongByOneAreBoundedToo() {
    var parser = new CommandParser();
    String line = "a".repeat(CommandParser.LONGEST_LINE + 1) + "\n";
    assertThatThrownBy(
            () -> {
              for (int n = 0; n < 1000; n++) {
                parse(parser, octets(line));
              }
            })
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void manyLongLinesInARowAreBoundedAndACommandBetweenThemStartsAnew() throws Exception {
    var parser = new CommandParser();
    String line = "a".repeat(5000) + "\r\n";
    for (int n = 0; n < 200; n++) {
      assertThat(parse(parser, octets(line + "NOOP\r\n"))).hasSize(2);
    }
    assertThatThrownBy(
            () -> {
              for (int n = 0; n < 100; n++) {
                parse(parser, octets(line));
              }
            })
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void lengthIsSet() throws Exception {
    var parser = new CommandParser(200);
    assertThat(
            parse(parser, octets("CWD " + "a".repeat(196) + "\r\nCWD " + "a".repeat(197) + "\n")))
        .containsExactly(complete("CWD " + "a".repeat(196)), new Malformed(Fault.TOO_LONG));
    assertThatThrownBy(() -> new CommandParser(100)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CommandParser(9000)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noPasswordIsShown() throws Exception {
    assertThat(parse("pass secret\r\nPASS sec\0ret\r\n").toString()).doesNotContain("sec");
  }
}
