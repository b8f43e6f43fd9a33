package dev.berth.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.Finding;
import dev.berth.client.RememberedTraits;
import dev.berth.client.Trait;
import dev.berth.limits.BudgetName;
import dev.berth.limits.Recall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraitsMemoryTest {
  private static final BudgetName NAME = new BudgetName("2001:db8::1", 2121, "default");
  private static final RememberedTraits TRAITS =
      new RememberedTraits(
          "PROFTPD 1f3a",
          List.of(new Finding(Trait.ONLY_TLS_12, "yes", Instant.parse("2026-11-22T12:00:00Z"))));

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("servers/2001%3Adb8%3A0%3A0%3A0%3A0%3A0%3A1_2121_default.traits");
  }

  @Test
  void whatIsKeptIsRecalledByItsServerAndReadByItsOwnerAlone() throws Exception {
    TraitsMemory memory = new TraitsMemory(folder.resolve("servers"));
    assertThat(memory.recall(NAME)).isEqualTo(new Recall.Nothing<>());

    memory.keep(NAME, TRAITS);

    assertThat(memory.recall(NAME)).isEqualTo(new Recall.Known<>(TRAITS));
    assertThat(memory.recall(BudgetName.of("2001:db8::1", 2121)))
        .isEqualTo(new Recall.Known<>(TRAITS));
    assertThat(memory.recall(BudgetName.of("2001:db8::2", 2121))).isEqualTo(new Recall.Nothing<>());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
        .isEqualTo("rwx------");
    try (var all = Files.list(file().getParent())) {
      assertThat(all).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\0", "version=2\n", "# x\nversion=1\nhost=other\nserver=\n"})
  void aDamagedFileIsReportedAndReplaced(String text) throws Exception {
    TraitsMemory memory = new TraitsMemory(folder.resolve("servers"));
    memory.keep(NAME, TRAITS);
    Files.writeString(file(), text);

    assertThat(memory.recall(NAME))
        .isInstanceOfSatisfying(
            Recall.Unreadable.class, it -> assertThat(it.why()).contains(file().toString()));
    memory.keep(NAME, TRAITS);
    assertThat(memory.recall(NAME)).isEqualTo(new Recall.Known<>(TRAITS));
  }
}
