package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandTest {
  @Test
  void endsWithCarriageReturnAndLineFeed() {
    assertThat(Command.of("retr", " a b ").bytes())
        .isEqualTo("RETR  a b \r\n".getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nDELE b", "a\nDELE b", "a\rb", "a\0b"})
  void noArgumentSmugglesInASecondCommand(String argument) {
    assertThatThrownBy(() -> Command.of("RETR", argument))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " RETR", "RE TR x\ny", "R3TR", "5", "RETR\u00e9"})
  void verbIsLettersAndDigitsBehindThem(String line) {
    assertThatThrownBy(() -> new Command(line)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Command.of("XSHA256", "a").verb()).isEqualTo("XSHA256");
  }

  @Test
  void hashCommandsEndInDigits() {
    assertThat(Command.of("XSHA256", "a b").line()).isEqualTo("XSHA256 a b");
  }

  @Test
  void namesInUnknownCharsetsGoBackByteForByte() {
    byte[] name = {'n', (byte) 0xE4, (byte) 0xF6};
    assertThat(Command.of("RETR", Octets.toText(name)).bytes())
        .isEqualTo(new byte[] {'R', 'E', 'T', 'R', ' ', 'n', (byte) 0xE4, (byte) 0xF6, '\r', '\n'});
  }

  @Test
  void telnetEscapeIsDoubled() {
    String name = Octets.toText(new byte[] {(byte) 0xFF, 'a'});
    assertThat(Command.of("RETR", name).bytes())
        .isEqualTo(new byte[] {'R', 'E', 'T', 'R', ' ', (byte) 0xFF, (byte) 0xFF, 'a', '\r', '\n'});
  }

  @Test
  void telnetEscapeIsBareForWhoKnowsNoTelnet() {
    String name = Octets.toText(new byte[] {(byte) 0xFF, 'a'});
    assertThat(Command.of("RETR", name).bytes(Command.Telnet.BARE))
        .isEqualTo(new byte[] {'R', 'E', 'T', 'R', ' ', (byte) 0xFF, 'a', '\r', '\n'});
  }

  @Test
  void passwordIsNeverShown() {
    assertThat(Command.of("PASS", "geheim").toString()).isEqualTo("PASS ***");
    assertThat(Command.of("ACCT", "geheim").toString()).isEqualTo("ACCT ***");
    assertThatThrownBy(() -> Command.of("PASS", "geheim\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("geheim");
  }

  @Test
  void tooLongACommandIsRefused() {
    assertThatThrownBy(() -> Command.of("RETR", "x".repeat(100_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
