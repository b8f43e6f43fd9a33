package dev.berth.dialects;

import dev.berth.wire.Octets;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Names of months as {@code ls} abbreviates them in many languages, in UTF-8 or as the bytes of
 * another charset: as {@link Octets#toText} keeps them, or decoded as ISO 8859-1.
 */
final class MonthNames {
  /**
   * A language a row, January to December; forms of one month are parted by a slash. Source: the
   * short month names of glibc's locales (LC_TIME abmon, old and new) and of CLDR. Croatian is
   * missing: its lip, srp and lis are other months in Polish and Czech.
   */
  private static final String TABLE =
      """
      en jan feb mar apr may jun jul aug sep/sept oct nov dec
      de jan/jän feb mär/mrz/märz apr mai jun/juni jul/juli aug sep/sept okt nov dez
      fr jan/janv fév/févr mar/mars avr/avril mai jun/juin jui/juil aoû/août sep/sept oct nov déc
      es ene feb mar abr may jun jul ago sep/sept oct nov dic
      it gen feb mar apr mag giu lug ago set/sett ott nov dic
      pt jan fev mar abr mai jun jul ago set out nov dez
      ca gen febr març abr maig juny jul ag set oct nov des
      ro ian feb/febr mar apr mai iun iul aug sep/sept oct noi/noiem/nov dec
      nl jan feb mrt/maa apr mei jun jul aug sep okt nov dec
      sv jan feb mar/mars apr/april maj jun/juni jul/juli aug sep/sept okt nov dec
      da jan feb mar/marts apr/april maj jun/juni jul/juli aug sep okt nov dec
      nb jan feb/febr mar/mars apr mai jun/juni jul/juli aug sep/sept okt nov des
      is jan feb mar apr maí jún júl ágú sep/sept okt nóv des
      fi tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu
      et jaan veebr märts apr mai juuni juuli aug sept okt nov dets
      pl sty lut mar kwi maj cze lip sie wrz paź lis gru
      cs led úno bře dub kvě čen/čer/čvn čec/čvc srp zář říj lis pro
      sk jan feb mar apr máj jún júl aug sep okt nov dec
      sl jan feb mar apr maj jun jul avg sep okt nov dec
      hu jan feb/febr márc/már ápr máj jún júl aug sze/szept/szep okt nov dec
      tr oca/ock şub mar nis may haz tem ağu eyl eki kas ara
      ru янв фев/февр мар/март/марта апр май/мая июн/июнь/июня июл/июль/июля авг сен/сент окт ноя/нояб дек
      uk січ лют бер/берез кві/квіт тра/трав чер/черв лип сер/серп вер/верес жов/жовт лис/лист гру/груд
      bg яну фев мар апр май юни юли авг сеп окт ное дек
      sr јан феб мар апр мај јун јул авг сеп окт нов дец
      el ιαν φεβ μαρ/μάρ απρ μαι/μάι/μαΐ/μάϊ ιουν/ιούν/ιον ιουλ/ιούλ αυγ/αύγ σεπ οκτ νοε/νοέ δεκ
      zh 1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月
      zh 一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月
      ko 1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월
      """;

  /**
   * Charsets of servers whose listings are not UTF-8; those that this runtime lacks are skipped.
   */
  private static final List<String> CHARSETS =
      List.of(
          "UTF-8",
          "windows-1252",
          "ISO-8859-2",
          "windows-1250",
          "ISO-8859-5",
          "windows-1251",
          "KOI8-R",
          "IBM866",
          "IBM850",
          "ISO-8859-7",
          "ISO-8859-9",
          "GB18030",
          "Big5",
          "EUC-JP",
          "Shift_JIS",
          "EUC-KR");

  private static final String SIGNS = "年月日년월일";
  private static final int LONGEST = 24;

  /** Almost every server's. Looked up first: to make the other tables takes a tenth of a second. */
  private static final List<String> ENGLISH =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  /** What is made of the table at the first name or sign that is not plain English. */
  private static final class Foreign {
    static final Map<String, Integer> MONTHS = months();
    static final Map<String, String> SIGNS = foreignSigns();

    private Foreign() {}
  }

  private MonthNames() {}

  /**
   * The month of this name, 1 to 12, if it is one in a language and charset of the table. Names
   * that mean two months are none.
   *
   * @param name in any case, with or without a dot behind
   */
  static OptionalInt month(String name) {
    if (name.length() > LONGEST) {
      return OptionalInt.empty();
    }
    int english = ENGLISH.indexOf(name.toLowerCase(Locale.ROOT));
    if (english >= 0) {
      return OptionalInt.of(english + 1);
    }
    String latin = Octets.latin(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
    Integer month = Foreign.MONTHS.get(key(latin));
    return month == null ? OptionalInt.empty() : OptionalInt.of(month);
  }

  /** The text with the signs of year, month and day in Unicode, whatever charset they came in. */
  static String withSigns(String text) {
    boolean plain = text.length() > LONGEST || text.chars().allMatch(c -> c < 0x80);
    if (plain || !Character.isDigit(text.charAt(0))) {
      return text;
    }
    String result = Octets.latin(text);
    for (Map.Entry<String, String> sign : Foreign.SIGNS.entrySet()) {
      result = result.replace(sign.getKey(), sign.getValue());
    }
    return result;
  }

  private static Map<String, Integer> months() {
    Map<String, Integer> months = new HashMap<>();
    Set<String> ambiguous = new HashSet<>();
    for (String row : TABLE.lines().toList()) {
      List<String> columns = List.of(row.split(" ", -1));
      for (int month = 1; month <= 12; month++) {
        for (String name : columns.get(month).split("/", -1)) {
          for (String key : keys(name)) {
            Integer other = months.putIfAbsent(key, month);
            if (other != null && other != month) {
              ambiguous.add(key);
            }
          }
        }
      }
    }
    months.keySet().removeAll(ambiguous);
    return Map.copyOf(months);
  }

  /** The name, and its bytes in other charsets as ISO 8859-1 shows them; a capital has others. */
  private static Set<String> keys(String name) {
    Set<String> keys = new HashSet<>(Set.of(key(name)));
    String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    for (Charset charset : charsets()) {
      for (String form : List.of(name, capital, name.toUpperCase(Locale.ROOT))) {
        if (charset.newEncoder().canEncode(form)) {
          keys.add(key(asLatin(form, charset)));
        }
      }
    }
    return keys;
  }

  private static Map<String, String> foreignSigns() {
    Map<String, String> signs = new LinkedHashMap<>();
    for (String sign : SIGNS.split("", -1)) {
      for (Charset charset : charsets()) {
        if (!sign.isEmpty() && charset.newEncoder().canEncode(sign)) {
          signs.putIfAbsent(asLatin(sign, charset), sign);
        }
      }
    }
    return signs;
  }

  private static List<Charset> charsets() {
    return CHARSETS.stream().filter(Charset::isSupported).map(Charset::forName).toList();
  }

  private static String asLatin(String text, Charset charset) {
    return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
  }

  private static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
