package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The file of a profile may be damaged as it likes: what is read is written and read again. */
class ProfileMemoryFuzz {
  static Stream<byte[]> seeds() {
    return Stream.of("# note\nlimit=4\nmlsd=yes\nsoftware=VSFTPD 3.0.5\n", "=\n\r=a\nb==c\n#=x")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void whatIsReadIsWrittenAndReadAgain(byte[] bytes) {
    Map<String, String> values = ProfileMemory.read(new String(bytes, StandardCharsets.UTF_8));

    assertThat(ProfileMemory.read(ProfileMemory.write(values))).isEqualTo(values);
  }
}
