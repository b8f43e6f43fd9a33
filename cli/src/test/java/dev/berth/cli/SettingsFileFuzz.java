package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/** A settings file of any content: settings, or faults that name their line. */
class SettingsFileFuzz {
  private static Path file;

  static {
    // The parser asserts what does not hold of all broken files; the program runs without
    // assertions.
    SettingsFileFuzz.class.getClassLoader().setPackageAssertionStatus("org.tomlj", false);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            "wait = \"5m\"\n"
                + "parallel = 4\n"
                + "tls = \"require\"\n"
                + "[server.\"h:2121\"]\n"
                + "limit = 2\n"
                + "user = 'u'\n",
            "[server.\"[::1]\"]\ntimeout = \"1h30m\"\n[server.x]\nbind = \"127.0.0.1\"\n",
            "data = \"active\"\nactive-ports = \"5000-6000\"\n[server.x]\naccount = \"a\"\n"
                + "virtual-host = \"h\"\n",
            "tls-trust = \"sha256:00\"\npass = 1\nserver = [1, {a = 1979-05-27}]\n",
            "parallel = 0x7fffffffffffffff\nwait = \"\"\"\n\\u0041\"\"\"\n")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @BeforeAll
  static void make() throws IOException {
    file = Files.createTempFile("berth", ".toml");
  }

  @AfterAll
  static void delete() throws IOException {
    Files.delete(file);
  }

  @MethodSource("seeds")
  @FuzzTest
  void faultsNameTheirLine(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    try {
      SettingsFile read = SettingsFile.read(file);

      assertThat(read.settings()).isNotNull();
      for (String fault : read.faults()) {
        assertThat(fault).matches("(?s)" + file + ":[1-9][0-9]*: .+");
      }
    } catch (CharacterCodingException notUtf8) {
      assertThat(notUtf8).isNotNull();
    }
  }
}
