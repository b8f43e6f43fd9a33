package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.client.Secret;
import dev.berth.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A ~/.netrc of any content is read as far as it goes; a password in quotes may be any. */
class NetrcFuzz {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "machine h login ann password \"se\\\"c ret\" # comment\ndefault login x\n",
            "macdef init\nmachine h\n\nmachine h password #p account a",
            "password \"")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void anyPasswordInQuotesIsFound(byte[] bytes) {
    try {
      Netrc netrc = Netrc.parse(bytes);
      netrc.find("h", "ann").flatMap(Netrc.Entry::password).ifPresent(NetrcFuzz::assertHidden);
    } catch (IllegalArgumentException fault) {
      assertThat(fault).hasMessageContaining("password");
    }
    String password = Octets.toText(bytes);
    if (password.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0)) {
      assertThat(Netrc.parse(written(bytes)).find("h").flatMap(Netrc.Entry::password))
          .contains(new Secret(password));
    }
  }

  private static void assertHidden(Secret password) {
    assertThat(password).hasToString("***");
  }

  private static byte[] written(byte[] password) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("machine h password \"".getBytes(StandardCharsets.US_ASCII));
    for (byte octet : password) {
      if (octet == '"' || octet == '\\') {
        file.write('\\');
      }
      file.write(octet);
    }
    file.write('"');
    return file.toByteArray();
  }
}
