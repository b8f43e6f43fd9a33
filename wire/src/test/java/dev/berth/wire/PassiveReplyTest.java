package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PassiveReplyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Entering Passive Mode (10,0,0,7,4,1).",
        "Entering Passive Mode (10, 0, 0, 7, 4, 1)",
        "=10,0,0,7,4,1",
        "Passive mode 2 on 99: 10,0,0,7,4,1",
        "Entering Passive Mode. 1,2,3 then 10,0,0,7,4,1"
      })
  void sixNumbersAreFoundWhereverTheyStand(String text) throws Exception {
    assertThat(PassiveReply.address(Reply.of(227, text)))
        .isEqualTo(new InetSocketAddress("10.0.0.7", 1025));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Entering Passive Mode",
        "(1,2,3,4,5)",
        "(256,0,0,1,4,1)",
        "(1,2,3,4,0,0)",
        "(1,2,3,4,5,99999)",
        "(1,2,3,4,5,00001)"
      })
  void otherRepliesToPasvAreProtocolErrors(String text) {
    assertThatThrownBy(() -> PassiveReply.address(Reply.of(227, text)))
        .isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Entering Extended Passive Mode (|||6446|)",
        "Entering (!!!6446!)",
        "Extended Passive mode OK (|1|10.0.0.7|6446|)"
      })
  void portOfEpsvStandsBetweenAnyDelimiters(String text) throws Exception {
    assertThat(PassiveReply.port(Reply.of(229, text))).isEqualTo(6446);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "()",
        "(|||0|)",
        "(|||65536|)",
        "(|||x|)",
        "(|||99999999999|)",
        "|||6446|",
        "(|6446|)"
      })
  void otherRepliesToEpsvAreProtocolErrors(String text) {
    assertThatThrownBy(() -> PassiveReply.port(Reply.of(229, text)))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void randomTextsGiveAddressesOrProtocolErrors() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "0123456789,,,,||||() ";
    for (int round = 0; round < 50_000; round++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(random.nextInt(40), 0, alphabet.length())
          .forEach(i -> text.append(alphabet.charAt(i)));
      tryBoth(Reply.of(227, text.toString()), seed);
    }
  }

  private static void tryBoth(Reply reply, long seed) {
    try {
      assertThat(PassiveReply.address(reply).getPort()).isBetween(1, 65535);
    } catch (ProtocolException expected) {
      assertThat(expected).hasMessageContaining("PASV");
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + reply, e);
    }
    try {
      assertThat(PassiveReply.port(reply)).isBetween(1, 65535);
    } catch (ProtocolException expected) {
      assertThat(expected).hasMessageContaining("EPSV");
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + reply, e);
    }
  }
}
