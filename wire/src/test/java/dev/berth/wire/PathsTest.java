package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`\"/\" is the current directory`, /",
        "`\"/home/a b\"`, `/home/a b`",
        "`\"/say \"\"hi\"\"\" created`, `/say \"hi\"`",
        "`\"/say \"hi\"\" is your current location`, /say \"hi\"",
        "`\"/5\"disks\" is your current location`, /5\"disks",
        "`\"/x\"; created`, /x",
        "`Working directory is \"/x\" now`, /x"
      })
  void pathnameStandsInQuotes(String text, String pathname) throws Exception {
    assertThat(PathnameReply.pathname(Reply.of(257, text))).isEqualTo(pathname);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/home", "\"", "\"/home", "\"\" is empty", "\"/a\0b\"", "\"/a\rb\""})
  void withoutAQuotedPathnameItIsAProtocolError(String text) {
    assertThatThrownBy(() -> PathnameReply.pathname(Reply.of(257, text)))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void remotePathsResolveAndEndWithoutSlash() {
    RemotePath home = new RemotePath("/home/me//");
    assertThat(home.value()).isEqualTo("/home/me");
    assertThat(home.resolve("a/b").value()).isEqualTo("/home/me/a/b");
    assertThat(home.resolve("").value()).isEqualTo("/home/me");
    assertThat(RemotePath.ROOT.resolve("a").value()).isEqualTo("/a");
    assertThat(home.parent().value()).isEqualTo("/home");
    assertThat(new RemotePath("/a").parent()).isEqualTo(RemotePath.ROOT);
    assertThat(RemotePath.ROOT.parent()).isEqualTo(RemotePath.ROOT);
    assertThat(home.name()).isEqualTo("me");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "/a\nb", "/a\rb", "/a\0b"})
  void whatIsNoPathnameIsRefused(String value) {
    assertThatThrownBy(() -> new RemotePath(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void featuresAreReadWithTheirParameters() {
    Reply reply =
        new Reply(211, List.of("Features:", " MLST type*;size*;", "EPSV", " utf8", "", "End"));
    Features features = Features.of(reply);
    assertThat(features.has("UTF8")).isTrue();
    assertThat(features.has("EPSV")).isTrue();
    assertThat(features.parameters()).containsEntry("MLST", "type*;size*;").hasSize(3);
    assertThat(Features.of(Reply.of(502, "no"))).isEqualTo(Features.none());
  }

  @Test
  void controlCharactersOfAHostileServerAreNotPrinted() {
    Reply reply = Reply.of(550, "x\u001b[2J\u0007");
    assertThat(reply.toString()).isEqualTo("550 x\uFFFD[2J\uFFFD");
  }
}
