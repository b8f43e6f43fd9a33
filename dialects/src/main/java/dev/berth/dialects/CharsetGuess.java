package dev.berth.dialects;

import dev.berth.wire.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The charset of names that are not UTF-8, guessed from the names. A charset counts only if every
 * name can be read in it, and the more, the more they then look like words: the letters of one
 * script next to each other, small ones behind capitals and not before, frequent ones more often.
 * It knows Western and Russian names, Japanese, Chinese and Korean ones. Pure.
 */
public final class CharsetGuess {
  /** Fewer bytes beyond ASCII are no sample: {@code e9} alone is a letter in most charsets. */
  private static final int LEAST_SAMPLE = 4;

  /** What random bytes never reach on average; true names are above 0.9. */
  private static final double LEAST_SCORE = 0.6;

  /** In this order where two fit alike. */
  private enum Candidate {
    WINDOWS_1252("windows-1252"),
    WINDOWS_1251("windows-1251"),
    KOI8_R("KOI8-R"),
    IBM866("IBM866"),
    SHIFT_JIS("windows-31j"),
    GBK("GBK"),
    EUC_JP("EUC-JP"),
    BIG5("Big5"),
    EUC_KR("EUC-KR");

    private final String charset;

    Candidate(String charset) {
      this.charset = charset;
    }

    boolean isJapanese() {
      return this == SHIFT_JIS || this == EUC_JP;
    }

    /**
     * Whether two bytes are one of the characters that come first in their standard: in JIS X 0208
     * and GB 2312 level 1, in Big5 the frequently used ones. Nearly all text is made of these.
     */
    boolean isCommon(int lead, int trail) {
      return switch (this) {
        case SHIFT_JIS -> lead >= 0x88 && lead <= 0x98;
        case GBK -> lead >= 0xB0 && lead <= 0xD7 && trail >= 0xA1;
        case EUC_JP -> lead >= 0xB0 && lead <= 0xCF;
        case BIG5 -> lead >= 0xA4 && lead <= 0xC6;
        case WINDOWS_1252, WINDOWS_1251, KOI8_R, IBM866, EUC_KR -> false;
      };
    }
  }

  private CharsetGuess() {}

  /** Letters of Russian by how frequent they are; the rest is rare. */
  private static final String FREQUENT =
      "\u043e\u0435\u0430\u0438\u043d\u0442\u0441\u0440\u0432\u043b\u043a\u043c\u0434\u043f\u0443";

  /**
   * The charset in which names read best.
   *
   * @param names as {@link Octets#toText} made them; those in ASCII say nothing
   * @return nothing if they are too few, or look like words in none
   */
  public static Optional<Charset> of(List<String> names) {
    List<byte[]> samples = new ArrayList<>();
    int beyond = 0;
    for (String name : names) {
      byte[] bytes = Octets.toBytes(name);
      int high = high(bytes);
      if (high > 0) {
        samples.add(bytes);
        beyond += high;
      }
    }
    if (beyond < LEAST_SAMPLE) {
      return Optional.empty();
    }
    Charset best = null;
    double bestScore = LEAST_SCORE;
    for (Candidate candidate : Candidate.values()) {
      // A runtime image may leave out the module of the rarer charsets.
      if (Charset.isSupported(candidate.charset)) {
        double score = score(candidate, samples) / beyond;
        if (score > bestScore) {
          bestScore = score;
          best = Charset.forName(candidate.charset);
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private static int high(byte[] bytes) {
    int high = 0;
    for (byte octet : bytes) {
      high += octet < 0 ? 1 : 0;
    }
    return high;
  }

  private static double score(Candidate candidate, List<byte[]> samples) {
    Charset charset = Charset.forName(candidate.charset);
    double score = 0;
    for (byte[] sample : samples) {
      try {
        String text = charset.newDecoder().decode(ByteBuffer.wrap(sample)).toString();
        score += score(candidate, charset, text);
      } catch (CharacterCodingException impossible) {
        return Double.NEGATIVE_INFINITY;
      }
    }
    return score;
  }

  private static double score(Candidate candidate, Charset charset, String text) {
    double score = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        run = 0;
        continue;
      }
      run++;
      char before = i == 0 ? ' ' : text.charAt(i - 1);
      char after = i + 1 == text.length() ? ' ' : text.charAt(i + 1);
      score += score(candidate, charset, c, before, after, run);
    }
    return score;
  }

  private static double score(
      Candidate candidate, Charset charset, char c, char before, char after, int run) {
    return switch (Character.UnicodeScript.of(c)) {
      case LATIN -> run > 2 ? -2 : cased(c, before) + (isAsciiLetter(before, after) ? 1.0 : 0);
      case CYRILLIC ->
          isAsciiLetter(before, after)
              ? -2
              : cased(c, before) + (FREQUENT.indexOf(Character.toLowerCase(c)) >= 0 ? 0.7 : 0);
      case HIRAGANA, KATAKANA -> {
        boolean isHalf = c >= '\uFF61'; // One byte; half of the high bytes are such.
        yield candidate.isJapanese() && !isHalf ? 3 : -1;
      }
      case HAN -> isCommon(candidate, charset, c) ? 2 : -2;
      case HANGUL -> candidate == Candidate.EUC_KR ? 2.4 : -2;
      default -> Character.isLetter(c) || c == '\u30FC' ? 0.5 : -2;
    };
  }

  private static double cased(char c, char before) {
    if (!Character.isUpperCase(c)) {
      return 1;
    }
    return Character.isLowerCase(before) ? -2 : 0.5;
  }

  private static boolean isAsciiLetter(char before, char after) {
    return isAsciiLetter(before) || isAsciiLetter(after);
  }

  private static boolean isAsciiLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isCommon(Candidate candidate, Charset charset, char c) {
    byte[] bytes = String.valueOf(c).getBytes(charset);
    return bytes.length == 2 && candidate.isCommon(bytes[0] & 0xFF, bytes[1] & 0xFF);
  }

  /**
   * The charset in which a server writes a name as it lists it.
   *
   * @param name as people write it
   * @param octets as {@link Octets#toText} made it
   */
  public static Optional<Charset> thatWrites(String name, String octets) {
    for (Candidate candidate : Candidate.values()) {
      if (Charset.isSupported(candidate.charset)) {
        Charset charset = Charset.forName(candidate.charset);
        if (charset.newEncoder().canEncode(name)
            && Arrays.equals(name.getBytes(charset), Octets.toBytes(octets))) {
          return Optional.of(charset);
        }
      }
    }
    return Optional.empty();
  }
}
