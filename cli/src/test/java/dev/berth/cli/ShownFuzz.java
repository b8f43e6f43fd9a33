package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.wire.Octets;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Foreign text may be anything: shown, it steers no terminal; in JSON it stays what it is. */
class ShownFuzz {
  private static final JsonType<Map<String, Object>> JSON =
      Jsonb.builder().build().type(Object.class).map();

  static Stream<byte[]> seeds() {
    return Stream.of("esc\u001b[2J\u0007", "c1\u009b2J", "x\u202etxt.exe", "\udb40\udc41\"\\")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void steersNoTerminalAndIsTheSameInJson(byte[] bytes) {
    String text = Octets.latin(Octets.toText(bytes));

    assertThat(Shown.line(text).codePoints()).noneMatch(ShownFuzz::steers);
    String json = Shown.inJson(JSON.toJson(Map.of("name", text)));
    assertThat(json.codePoints()).noneMatch(ShownFuzz::steers);
    assertThat(JSON.fromJson(json)).containsEntry("name", text);
  }

  private static boolean steers(int point) {
    return Character.isISOControl(point) || Character.getType(point) == Character.FORMAT;
  }
}
