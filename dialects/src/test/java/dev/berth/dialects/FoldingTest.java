package dev.berth.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FoldingTest {
  @Test
  void foldsCaseDiacriticsAndPunctuation() {
    assertThat(Folding.fold("Zu VIELE  Verbindungen (12) für Łódź!"))
        .isEqualTo(" zu viele verbindungen # fur lodz ");
    assertThat(Folding.fold("zu viele Verbindungen fuer Lodz")).contains(" fur lodz ");
  }

  @Test
  void foldsSignsOneByOneAndPartsThemFromLetters() {
    assertThat(Folding.fold("您的IP地址")).isEqualTo(" 您的 ip 地址 ");
    assertThat(Folding.fold("ログイン")).isEqualTo(Folding.fold("ログイン"));
    assertThat(Folding.fold("접속")).isEqualTo(Folding.fold("접속"));
  }

  @Test
  void foldsLettersThatOnlyTheUnicodeTablesKnow() {
    assertThat(Folding.fold("quá nhiều kết nối")).isEqualTo(" qua nhieu ket noi ");
    assertThat(Folding.fold("ＦＴＰ ﬁle")).isEqualTo(" ftp file ");
  }
}
