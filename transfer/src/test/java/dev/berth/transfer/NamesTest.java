package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names from hostile servers, and names of our own. */
class NamesTest {
  private static final Path FOLDER = Path.of("/srv/here");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../x",
        "/etc/passwd",
        "/",
        "a/b",
        "a/",
        "a/../..",
        "x\0y",
        "x\ry",
        "x\ny",
        "\r\n",
        "\0"
      })
  void whatIsNoNameHasNoPlace(String name) {
    assertThat(LocalNames.place(FOLDER, name)).isEmpty();
    assertThat(LocalNames.isName(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", "...", "..a", "a..", "a.", " a ", "-rf", "~", "$HOME", "a\\b", "c:x", "*", "\t", "é",
        ".berth"
      })
  void aNameStaysInItsFolder(String name) {
    Path place = LocalNames.place(FOLDER, name).orElseThrow();

    assertThat(place.getParent()).isEqualTo(FOLDER);
    assertThat(place.getFileName()).hasToString(name);
  }

  @Test
  void aNameInAnUnknownCharsetIsHadInAReadableForm() {
    assertThat(LocalNames.place(FOLDER, "caf\uDCE9")).contains(FOLDER.resolve("café"));
  }

  @Test
  void aVeryLongNameIsStillOneName() {
    assertThat(LocalNames.place(FOLDER, "x".repeat(100 * 1024)))
        .hasValueSatisfying(place -> assertThat(place.getParent()).isEqualTo(FOLDER));
  }

  @Test
  void aTemporaryNameIsTheSameForTheSameNameAndAnotherForAnother() {
    assertThat(TemporaryName.of("a")).isEqualTo(TemporaryName.of("a"));
    assertThat(TemporaryName.of("a")).isNotEqualTo(TemporaryName.of("b"));
    // These two have the same CRC-32.
    assertThat(TemporaryName.of("plumless")).isNotEqualTo(TemporaryName.of("buckeroo"));
    assertThat(TemporaryName.of("x".repeat(100_000))).hasSizeLessThan(60);
    assertThat(LocalNames.isName(TemporaryName.of("../../etc/passwd"))).isTrue();
  }

  @Test
  void randomTemporaryNamesDiffer() {
    Set<String> names = new HashSet<>();
    for (int n = 0; n < 1000; n++) {
      names.add(TemporaryName.random("0123456789ab"));
    }
    assertThat(names).hasSize(1000).allMatch(TemporaryName::is);
    assertThat(names)
        .allMatch(name -> TemporaryName.token(name).equals(Optional.of("0123456789ab")));
  }

  @Test
  void onlyNamesOfUploadsTellWhoseTheyAre() {
    assertThat(TemporaryName.token(TemporaryName.of("a.txt"))).isEmpty();
    assertThat(TemporaryName.token(".berth-0123456789ab-0123456.part")).isEmpty();
    assertThat(TemporaryName.token(".berth-0123456789ab-01234567.part")).contains("0123456789ab");
    assertThat(TemporaryName.token(".berth-../../../etc-01234567.part")).isEmpty();
  }

  @Test
  void onlyTemporaryNamesAreTakenForSuch() {
    assertThat(TemporaryName.is(TemporaryName.of("a"))).isTrue();
    assertThat(TemporaryName.is(".berth-")).isFalse();
    assertThat(TemporaryName.is("a.part")).isFalse();
  }
}
