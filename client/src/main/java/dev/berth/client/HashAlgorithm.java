package dev.berth.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A digest that servers can tell of a file, by the names that they have for it; the strongest
 * first.
 */
public enum HashAlgorithm {
  /** RFC 6234. */
  SHA_512("SHA-512", 128),
  /** RFC 6234. */
  SHA_256("SHA-256", 64),
  /** RFC 3174: no proof against an enemy, but against damage. */
  SHA_1("SHA-1", 40),
  /** RFC 1321, likewise. */
  MD5("MD5", 32),
  /** ISO 3309, as in zip files. */
  CRC_32("CRC32", 8);

  private static final int BUFFER_BYTES = 256 * 1024;

  private final String word;
  private final int hexDigits;

  HashAlgorithm(String word, int hexDigits) {
    this.word = word;
    this.hexDigits = hexDigits;
  }

  /** The name in FEAT, OPTS and HASH (draft-bryan-ftpext-hash section 3). */
  String word() {
    return word;
  }

  /** The commands that tell it alone; {@code MD5} is of draft-twine-ftpmd5. */
  List<String> verbs() {
    return switch (this) {
      case SHA_512 -> List.of("XSHA512");
      case SHA_256 -> List.of("XSHA256");
      case SHA_1 -> List.of("XSHA1", "XSHA");
      case MD5 -> List.of("XMD5", "MD5");
      case CRC_32 -> List.of("XCRC");
    };
  }

  /** How long it is, in hexadecimal digits. */
  int hexDigits() {
    return hexDigits;
  }

  /**
   * The digest of all that a channel gives.
   *
   * @param source is read to its end; not closed
   * @return hexadecimal digits in lower case, all of them
   * @throws IOException if the source fails
   */
  public String of(ReadableByteChannel source) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    if (this == CRC_32) {
      CRC32 sum = new CRC32();
      while (source.read(buffer.clear()) >= 0) {
        sum.update(buffer.flip());
      }
      return HexFormat.of().toHexDigits((int) sum.getValue());
    }
    MessageDigest digest = digest();
    while (source.read(buffer.clear()) >= 0) {
      digest.update(buffer.flip());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private MessageDigest digest() {
    try {
      return MessageDigest.getInstance(word);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + word, e);
    }
  }
}
