package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One server has one name, however it is written. */
class BudgetNameTest {
  @ParameterizedTest
  @CsvSource({
    "FTP.Example.COM, ftp.example.com",
    "2001:DB8::2, 2001:db8:0:0:0:0:0:2",
    "2001:db8:0:0::2, 2001:db8:0:0:0:0:0:2",
    "::ffff:192.0.2.1, 192.0.2.1",
    "fe80::1%eth0, fe80::1%eth0",
    "no:address, no:address",
  })
  void aServerHasOneSpelling(String written, String kept) {
    assertThat(BudgetName.of(written, 21).host()).isEqualTo(kept);
  }

  @Test
  void aNameIsNoLine() {
    assertThatThrownBy(() -> BudgetName.of("a\nb", 21))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BudgetName.of("", 21)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BudgetName.of("a", 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
