package dev.berth.dialects;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The texts that a reply may have been before its bytes were read: as it came and, where each
 * character may be one byte, in every charset that servers send (Pure-FTPd compiles its catalogues
 * in KOI8-R, GB 18030, Big5, EUC-KR and ISO 8859-1, -2 and -9; Windows servers use code pages).
 */
final class Decodings {
  /** Loaded when the first text needs it: most are ASCII, and charsets take time to find. */
  private static final class Known {
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
  }

  private Decodings() {}

  /** Returns what a text may have been besides what it is: nothing if it cannot be bytes. */
  static List<String> besides(String text) {
    char greatest = 0;
    for (int i = 0; i < text.length(); i++) {
      greatest = (char) Math.max(greatest, text.charAt(i));
    }
    if (greatest < 0x80 || greatest > 0xFF) {
      return List.of();
    }
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    List<String> readings = new ArrayList<>();
    for (Charset charset : Known.CHARSETS) {
      readings.add(new String(bytes, charset));
    }
    return readings;
  }
}
