package dev.berth.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.wire.Octets;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names as people give them, in the charsets of servers from before UTF-8. */
class CharsetGuessTest {
  private static List<String> octets(Charset charset, List<String> names) {
    return names.stream().map(name -> Octets.toText(name.getBytes(charset))).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "windows-1252, Grüße aus Köln.txt|Übersicht.pdf",
    "windows-1252, déjà vu.mp3|Crème brûlée.jpg|naïve.txt",
    "windows-1252, smörgåsbord.doc|Ærø.txt|año nuevo.txt|coração.txt",
    "windows-1251, Отчёт за 2024 год.doc",
    "windows-1251, фото|Документы|Новая папка|ПРИВЕТ.TXT",
    "windows-1251, Договор №12.pdf|счет-фактура.xls",
    "KOI8-R, Отчёт за год.doc|музыка",
    "KOI8-R, фото|Документы|Новая папка",
    "IBM866, Новая папка|договор.txt",
    "windows-31j, 日本語.txt|写真",
    "windows-31j, テスト.txt|あいさつ.doc|会議の資料.xls",
    "EUC-JP, テスト.txt|会議の資料.xls",
    "GBK, 新建文件夹|图片.jpg|工作报告.doc",
    "GBK, 照片|北京 2008.txt",
    "Big5, 新增資料夾|圖片.jpg|我的文件.doc",
    "EUC-KR, 새 폴더|사진.jpg|안녕하세요.txt",
  })
  void namesTellTheirCharset(Charset charset, String names) {
    List<String> all = List.of(names.split("\\|"));

    assertThat(CharsetGuess.of(octets(charset, all))).contains(charset);
  }

  @Test
  void tooLittleTellsNothing() {
    Charset latin = Charset.forName("windows-1252");

    assertThat(CharsetGuess.of(List.of())).isEmpty();
    assertThat(CharsetGuess.of(octets(latin, List.of("plain.txt", "café.txt")))).isEmpty();
  }

  @Test
  void bytesThatAreNoWordsAreNotTakenForSome() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int guessed = 0;
    for (int round = 0; round < 200; round++) {
      byte[] bytes = new byte[40];
      random.nextBytes(bytes);
      guessed += CharsetGuess.of(List.of(Octets.escape(bytes))).isPresent() ? 1 : 0;
    }
    assertThat(guessed).as("seed " + seed).isLessThan(5);
  }

  @Test
  void aNameThatAUserTypesTellsTheCharsetOfItsOctets() {
    Stream.of("windows-1252", "windows-1251", "GBK")
        .map(Charset::forName)
        .filter(charset -> charset.newEncoder().canEncode("é") || !charset.name().contains("1252"))
        .forEach(charset -> {
          String name = charset.name().equals("windows-1252") ? "é" : "ж";
          String octets = Octets.toText(name.getBytes(charset));
          assertThat(CharsetGuess.thatWrites(name, octets)).contains(charset);
        });
    assertThat(CharsetGuess.thatWrites("é", "e")).isEmpty();
  }
}
