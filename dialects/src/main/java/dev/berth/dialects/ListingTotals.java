package dev.berth.dialects;

import dev.berth.wire.Octets;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The line that {@code ls -l} puts first: {@code total 12}. */
final class ListingTotals {
  /** Source: the word "total" in the translations of GNU coreutils, and common older forms. */
  private static final String WORDS =
      """
      total totale totaal totalt gesamt insgesamt summe razem łącznie suma i\u00a0alt
      yhteensä celkem celkom összesen skupaj toplam kokku samtals
      итого всего загалом разом общо укупно σύνολο 合計 合计 总计 总用量 總計 總用量 总数 합계
      """;

  private static final List<String> CHARSETS =
      List.of(
          "UTF-8", "KOI8-R", "windows-1251", "ISO-8859-2", "GB18030", "Big5", "EUC-JP", "EUC-KR");

  private static final Pattern SHAPE =
      Pattern.compile("\\s*(\\D{2,40}?):?\\s*\\d[\\d.,]*\\s?[KMGTPEkB]{0,3}\\s*");

  private static final Set<String> KEYS = keys();

  private ListingTotals() {}

  static boolean isTotal(String line) {
    Matcher shape = SHAPE.matcher(line.substring(0, Math.min(line.length(), 100)));
    if (line.length() > 100 || !shape.matches()) {
      return false;
    }
    return KEYS.contains(key(Octets.latin(shape.group(1).strip())));
  }

  private static Set<String> keys() {
    Set<String> keys = new HashSet<>();
    for (String word : WORDS.strip().split("[ \\n]+", -1)) {
      String text = word.replace('\u00a0', ' ');
      String capital = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
      keys.add(key(text));
      for (Charset charset :
          CHARSETS.stream().filter(Charset::isSupported).map(Charset::forName).toList()) {
        keys.add(key(new String(text.getBytes(charset), StandardCharsets.ISO_8859_1)));
        keys.add(key(new String(capital.getBytes(charset), StandardCharsets.ISO_8859_1)));
      }
    }
    return Set.copyOf(keys);
  }

  private static String key(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
