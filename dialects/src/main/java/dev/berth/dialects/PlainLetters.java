package dev.berth.dialects;

/**
 * The letters that most texts consist of, in lower case and without diacritics: what {@link
 * java.text.Normalizer} says of them, without asking it. Immutable.
 */
final class PlainLetters {
  /** For a character that only the Normalizer knows. */
  static final char UNKNOWN = 0;

  /** The first letter of a group is the plain form of all its letters, and of their capitals. */
  private static final String[] GROUPS = {
    "aàáâãäåāăąạảấầẩẫậắằẳẵặ",
    "cçćĉċč",
    "dď",
    "eèéêëēĕėęěẹẻẽếềểễệ",
    "gĝğġģ",
    "hĥ",
    "iìíîïĩīĭįỉị",
    "jĵ",
    "kķ",
    "lĺļľ",
    "nñńņň",
    "oòóôõöōŏőơọỏốồổỗộớờởỡợ",
    "rŕŗř",
    "sśŝşšș",
    "tţťț",
    "uùúûüũūŭůűųưụủứừửữự",
    "wŵ",
    "yýÿŷỳỵỷỹ",
    "zźżž",
    "ł",
    "ı",
    "ø",
    "đ",
    "ð",
    "æ",
    "œ",
    "ß",
    "þ",
    "ħ",
    "ŋ",
    "а",
    "б",
    "в",
    "гѓ",
    "д",
    "её",
    "ж",
    "з",
    "ий",
    "кќ",
    "л",
    "м",
    "н",
    "о",
    "п",
    "р",
    "с",
    "т",
    "уў",
    "ф",
    "х",
    "ц",
    "ч",
    "ш",
    "щ",
    "ъ",
    "ы",
    "ь",
    "э",
    "ю",
    "я",
    "ії",
    "ґ",
    "є",
    "ђ",
    "ј",
    "љ",
    "њ",
    "ћ",
    "џ",
    "ѕ",
    "αά",
    "β",
    "γ",
    "δ",
    "εέ",
    "ζ",
    "ηή",
    "θ",
    "ιίϊΐ",
    "κ",
    "λ",
    "μ",
    "ν",
    "ξ",
    "οό",
    "π",
    "ρ",
    "ς",
    "σ",
    "τ",
    "υύϋΰ",
    "φ",
    "χ",
    "ψ",
    "ωώ"
  };

  /** Kana with a voicing mark, each after the kana without. */
  private static final String VOICED =
      "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼ" + "カガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボ";

  private static final char[] PLAIN = new char[0x3100];

  static {
    for (char c = 0; c < 0x80; c++) {
      PLAIN[c] = c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c;
    }
    for (String group : GROUPS) {
      for (int i = 0; i < group.length(); i++) {
        PLAIN[group.charAt(i)] = group.charAt(0);
        char capital = Character.toUpperCase(group.charAt(i));
        if (capital >= 0x80) {
          PLAIN[capital] = group.charAt(0);
        }
      }
    }
    addKana();
  }

  private PlainLetters() {}

  /** Returns the plain letter, or {@link #UNKNOWN}. */
  static char of(char c) {
    boolean hanOrHangul = (c >= '\u4E00' && c <= '\u9FFF') || (c >= '\uAC00' && c <= '\uD7A3');
    if (hanOrHangul) {
      return c;
    }
    return c < PLAIN.length ? PLAIN[c] : UNKNOWN;
  }

  private static void addKana() {
    for (char c = 'ぁ'; c <= 'ん'; c++) {
      PLAIN[c] = c;
      PLAIN[c + 'ァ' - 'ぁ'] = (char) (c + 'ァ' - 'ぁ');
    }
    PLAIN['ー'] = 'ー';
    for (int i = 0; i < VOICED.length(); i += 2) {
      PLAIN[VOICED.charAt(i + 1)] = VOICED.charAt(i);
    }
    for (String group : new String[] {"はぱ", "ひぴ", "ふぷ", "へぺ", "ほぽ", "ハパ", "ヒピ", "フプ", "ヘペ", "ホポ"}) {
      PLAIN[group.charAt(1)] = group.charAt(0);
    }
  }
}
