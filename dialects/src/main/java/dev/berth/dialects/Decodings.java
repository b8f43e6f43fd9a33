package dev.berth.dialects;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The texts that a reply may have been before its bytes were read: as it came and, where each
 * character may be one byte, in every charset that servers send (Pure-FTPd compiles its catalogues
 * in KOI8-R, GB 18030, Big5, EUC-KR and ISO 8859-1, -2 and -9; Windows servers use code pages).
 */
final class Decodings {
  private static final List<Charset> CHARSETS =
      Stream.of(
              "UTF-8",
              "windows-1252",
              "ISO-8859-2",
              "windows-1250",
              "ISO-8859-9",
              "windows-1251",
              "KOI8-R",
              "ISO-8859-5",
              "GB18030",
              "Big5",
              "EUC-KR",
              "Shift_JIS",
              "EUC-JP")
          // A runtime image may leave out the module of the rarer charsets.
          .filter(Charset::isSupported)
          .map(Charset::forName)
          .toList();

  private Decodings() {}

  /** Returns the text itself and, if it may be bytes, what else it may have been. */
  static List<String> of(String text) {
    boolean mayBeBytes = text.chars().allMatch(c -> c <= 0xFF);
    boolean isAscii = text.chars().allMatch(c -> c < 0x80);
    if (isAscii || !mayBeBytes) {
      return List.of(text);
    }
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return Stream.concat(
            Stream.of(text), CHARSETS.stream().map(charset -> new String(bytes, charset)))
        .toList();
  }
}
