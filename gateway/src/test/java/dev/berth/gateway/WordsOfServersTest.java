package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.wire.Features;
import dev.berth.wire.Reply;
import java.util.List;
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
    assertThat(OptionWords.answer(argument, SERVER).code()).isEqualTo(code);
  }

  /** RFC 3659 section 7.9: the facts that will be shown, whatever was asked for. */
  @ParameterizedTest
  @CsvSource({"MLST", "MLST type;", "'mlst type;perm;'"})
  void factsAreThoseThatTheServerShows(String argument) {
    assertThat(OptionWords.answer(argument, SERVER))
        .isEqualTo(Reply.of(200, "MLST OPTS type;size;modify;"));
  }

  @Test
  void aServerWithoutFactsHasNoOptionOfThem() {
    assertThat(OptionWords.answer("MLST type;", Features.none()).code()).isEqualTo(501);
  }
}
