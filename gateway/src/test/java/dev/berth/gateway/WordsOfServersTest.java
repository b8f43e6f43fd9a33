package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.wire.Features;
import dev.berth.wire.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a gateway tells of a server's features, and how it answers OPTS in its place. */
@Timeout(60)
class WordsOfServersTest {
  private static final Features SERVER =
      Features.of(
          new Reply(
              211,
              List.of(
                  "Features",
                  " UTF8",
                  " MLST type*;size*;modify*;perm;",
                  " REST STREAM",
                  " MODE Z",
                  " AUTH TLS",
                  " PRET",
                  " EPSV",
                  " CPSV",
                  " SITE MKDIR",
                  "End")));

  @Test
  void onlyWhatGoesThroughIsTold() {
    assertThat(FeatureText.of(SERVER))
        .containsExactly("MLST type*;size*;modify*;perm;", "REST STREAM", "UTF8");
  }

  /** Another client may have chosen another one on the same connection. */
  @ParameterizedTest
  @CsvSource({
    "HASH, 200 SHA-1, SHA-256;SHA-1*;MD5",
    "hash md5, 200 MD5, SHA-256;SHA-1;MD5*",
    "HASH SHA-256, 200 SHA-256, SHA-256*;SHA-1;MD5",
    "HASH CRC32, 501 That algorithm is not known: see FEAT., SHA-256;SHA-1*;MD5",
  })
  void eachClientChoosesItsDigest(String argument, String reply, String feature) {
    Features server = new Features(Map.of("HASH", "SHA-256;SHA-1*;MD5"));
    OptionWords words = new OptionWords(server);

    assertThat(words.answer(argument).toString()).isEqualTo(reply);

    assertThat(FeatureText.of(server, words.facts(), words.hash()))
        .containsExactly("HASH " + feature);
  }

  @Test
  void whoseOwnDigestIsNotKnownHasNoneThatGoesThrough() {
    Features server = new Features(Map.of("HASH", "SHA-256;MD5"));

    assertThat(FeatureText.of(server)).isEmpty();
    assertThat(new OptionWords(server).answer("HASH MD5").code()).isEqualTo(501);
  }

  @ParameterizedTest
  @CsvSource({
    "UTF8 ON, 200",
    "utf8 on, 200",
    "UTF8 OFF, 504",
    "MODE Z LEVEL 9, 501",
    "HASH SHA-1, 501",
    "UTF-8 NLST, 501",
  })
  void optionsAreAnsweredHere(String argument, int code) {
    assertThat(new OptionWords(SERVER).answer(argument).code()).isEqualTo(code);
  }

  /** RFC 3659 section 7.9: the facts that will be shown, whatever was asked for. */
  @ParameterizedTest
  @CsvSource({
    "MLST, '', type;size;modify;perm;",
    "MLST type;, type;, type*;size;modify;perm;",
    "mlst perm;TYPE;, type;perm;, type*;size;modify;perm*;",
    "MLST size;UNIX.mode;, size;, type;size*;modify;perm;",
    "MLST none;, '', type;size;modify;perm;",
  })
  void factsAreThoseThatAreAskedForAndThere(String argument, String shown, String feature) {
    OptionWords options = new OptionWords(SERVER);

    assertThat(options.answer(argument)).isEqualTo(Reply.of(200, ("MLST OPTS " + shown).strip()));
    assertThat(FeatureText.of(SERVER, options.facts(), options.hash())).contains("MLST " + feature);
  }

  @Test
  void aServerWithoutFactsHasNoOptionOfThem() {
    assertThat(new OptionWords(Features.none()).answer("MLST type;").code()).isEqualTo(501);
  }
}
