package dev.berth.sightings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SightingTest {
  @Test
  void aLineIsCitedByItsNumberFromOne() {
    assertThat(new Citation("vsftpd.log", 1)).hasToString("vsftpd.log:1");
    assertThatThrownBy(() -> new Citation("vsftpd.log", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }

  @Test
  void aCallerShowsWhatIsKnownOfHim() {
    assertThat(Caller.of("192.0.2.7", "8005")).hasToString("192.0.2.7 [8005]");
    assertThat(Caller.at("192.0.2.7")).hasToString("192.0.2.7");
    assertThat(Caller.session("8005")).hasToString("? [8005]");
    assertThat(Caller.nobody()).hasToString("?");
  }
}
