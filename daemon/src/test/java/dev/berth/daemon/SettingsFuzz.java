package dev.berth.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.settings.TomlFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings and users files of any text: values, or faults with a line each. */
class SettingsFuzz {
  private static final Path FILE = Path.of("/f.toml");
  private static final String HASH = "$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi";

  static Stream<byte[]> seeds() {
    return Stream.of(
            "greeting = \"x\"\n[listener.a]\naddress = \"[::]:0\"\ntls = \"off\"\n",
            "[limits.connections]\nprefix = { most = 3, policy = \"queue\", wait = \"1s\" }\n",
            "[[network]]\naddresses = [\"192.0.2.0/24\"]\nexempt = true\n[data]\nports = \"1-2\"\n",
            "[user.ann]\nhash = \"" + HASH + "\"\nhome = \"/\"\n# x\n[user.\"b c\"]\nhome = 1\n",
            "listen = \"[::]:0\"\n[[upstream]]\nname = 5\naddress = \"ftps://h:1\"\nlimit = 3\n",
            "user.ann.home = '''\n[user.x]\n'''\n",
            "[user]\nann = { hash = '' }\n[user.ann]\n")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void settingsAreReadOrEveryFaultHasItsLine(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      assertThat(ServerFile.of(TomlFile.of(FILE, text), Homes.UNSEEN).reception()).isNotNull();
    } catch (FaultySettings faults) {
      assertThat(faults.faults()).isNotEmpty().allMatch(it -> it.matches("(?s)/f.toml:\\d+: .+"));
    }
    assertThat(UsersFile.of(TomlFile.of(FILE, text), Homes.UNSEEN).faults()).doesNotContainNull();
  }

  @MethodSource("seeds")
  @FuzzTest
  void gatewayIsReadOrEveryFaultHasItsLine(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      assertThat(GatewayFile.of(TomlFile.of(FILE, text)).gateway().upstreams()).isNotEmpty();
    } catch (FaultySettings faults) {
      assertThat(faults.faults()).isNotEmpty().allMatch(it -> it.matches("(?s)/f.toml:\\d+: .+"));
    }
  }

  @MethodSource("seeds")
  @FuzzTest
  void editLeavesAFileThatCanBeReadAndTheOtherUsers(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      String changed = UsersText.of(text).withHash("ann", HASH);
      assertThat(TomlFile.of(FILE, changed).toml().getString("user.ann.hash")).isEqualTo(HASH);
      String without = UsersText.of(text).without("ann");
      assertThat(UsersText.fault(without)).isEmpty();
      assertThat(UsersText.of(without).table("ann")).isEmpty();
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageNotContaining(HASH);
    }
  }
}
