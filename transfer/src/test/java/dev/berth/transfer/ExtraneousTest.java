package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ExtraneousTest {
  private static final NavigableSet<String> NOTHING = new TreeSet<>();

  @Test
  void whatIsBehindALinkOfTheSourceIsNotMissedThere() {
    Set<String> source = Set.of("link", "a");
    Set<String> links = Set.of("link");

    Extraneous extraneous =
        Extraneous.of(
            new TreeSet<>(List.of("a", "b", "link", "link/x", "link/y/z")),
            NOTHING,
            source::contains,
            links::contains);

    assertThat(extraneous.removable()).containsExactly("b");
  }
}
