package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.Observation;
import dev.berth.dialects.Phase;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PASS\t530 Login incorrect.         | PASS     | 530 | Login incorrect.
          pass\t530 x                        | PASS     | 530 | x
          user\t530 x                        | USER     | 530 | x
          GREETING\t421 x                    | GREETING | 421 | x
          session\t421-a\\r\\n421 b          | SESSION  | 421 | 'a
          421 b'
          during session\t421 x              | SESSION  | 421 | x
          unknown\t421 x                     | UNKNOWN  | 421 | x
          421 x                              | UNKNOWN  | 421 | x
          421                                | UNKNOWN  | 421 | ''
          """)
  void phaseCodeAndTextAreReadTolerantly(String quoted, Phase phase, int code, String text) {
    Observation observation = QuotedReply.parse(quoted.replace("\\t", "\t")).observation();

    assertThat(observation)
        .isEqualTo(new Observation(phase, new Observation.Said.Coded(code, text), false));
  }

  @Test
  void wordInPlaceOfTheCodeIsNone() {
    assertThat(QuotedReply.parse("greeting\tlog too many").observation())
        .isEqualTo(Observation.quoted(Phase.GREETING, "too many"));
    assertThat(QuotedReply.parse("greeting\ttcp-close").observation())
        .isEqualTo(Observation.silence(Phase.GREETING));
    assertThat(QuotedReply.parse("log too many").observation())
        .isEqualTo(Observation.quoted(Phase.UNKNOWN, "log too many"));
  }

  @Test
  void everyLineGetsExactlyOneAnswerEvenAnEmptyOneAndTheLastWithoutEnd() {
    Run.Result result =
        Run.in(folder)
            .reading(
                "greeting\t421 Too many connections (8) from this IP\r\n\n"
                    + "\u0007\n"
                    + "PASS\t530 Login incorrect.")
            .of("explain", "--json", "-");

    assertThat(result.status()).isEqualTo(ExitStatus.DONE);
    List<String> lines = result.out().lines().toList();
    assertThat(lines).hasSize(4).allMatch(line -> line.startsWith("{\"scope\":\""));
    assertThat(lines.getFirst())
        .startsWith("{\"scope\":\"per-ip\",\"limit\":8,\"retry\":\"later\",\"advice\":\"");
    assertThat(lines.getLast())
        .startsWith("{\"scope\":\"login-failures\",\"limit\":null,\"retry\":\"no\",\"advice\":\"");
  }

  @Test
  void repliesInOtherCharsetsAreRead() {
    byte[] russian =
        "421 Слишком много соединений с вашего адреса\n".getBytes(Charset.forName("windows-1251"));

    Run.Result result = Run.in(folder).reading(russian).of("explain", "--json");

    assertThat(result.out()).contains("\"scope\":\"per-ip\"");
  }

  @Test
  void wordsOnTheCommandLineAreOneReplyQuotedOrNot() {
    String quoted = Run.in(folder).of("explain", "421 Too many connections (8) from this IP").out();
    String bare =
        Run.in(folder)
            .of("explain", "421", "Too", "many", "connections", "(8)", "from", "this", "IP")
            .out();

    assertThat(quoted).isEqualTo(bare).contains("per-ip", "8 connections", "later");
  }

  @Test
  void replyThatRefusesNothingSaysSo() {
    assertThat(Run.in(folder).of("explain", "--json", "226 Transfer complete").out())
        .startsWith("{\"scope\":\"none\",\"limit\":null,\"retry\":\"yes\"");
  }
}
