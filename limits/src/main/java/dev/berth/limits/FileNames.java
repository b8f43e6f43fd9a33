package dev.berth.limits;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of files for budgets, safe for whatever a host or an address contains. Pure. */
final class FileNames {
  private static final int LONGEST = 120;

  private FileNames() {}

  /** A name of letters, digits, dots, hyphens, underscores and percent signs, one per budget. */
  static String folder(BudgetName name) {
    String readable = escaped(name.host()) + "_" + name.port() + "_" + escaped(name.source());
    return readable.length() > LONGEST
        ? digest(readable.getBytes(StandardCharsets.UTF_8))
        : readable;
  }

  private static String escaped(String text) {
    HexFormat hex = HexFormat.of().withUpperCase();
    StringBuilder safe = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
      safe.append(plain ? String.valueOf(c) : "%" + hex.toHexDigits(octet));
    }
    return safe.toString();
  }

  /** SHA-256 in hexadecimal digits. */
  static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
