package dev.berth.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Sums over the content of files, for HASH (draft-bryan-ftpext-hash) and its forerunners. */
enum Digests {
  SHA_256("SHA-256", "XSHA256"),
  SHA_512("SHA-512", "XSHA512"),
  SHA_1("SHA-1", "XSHA1"),
  MD5("MD5", "XMD5"),
  CRC32("CRC32", "XCRC");

  private final String name;
  private final String verb;

  Digests(String name, String verb) {
    this.name = name;
    this.verb = verb;
  }

  /** As in the registry of hash function names, and in OPTS HASH. */
  String algorithm() {
    return name;
  }

  /** The command that asks for this one. */
  String verb() {
    return verb;
  }

  static Optional<Digests> named(String name) {
    for (Digests digest : values()) {
      if (digest.name.equalsIgnoreCase(name)) {
        return Optional.of(digest);
      }
    }
    return Optional.empty();
  }

  /** What adds up bytes. Confined to one thread. */
  interface Sum {
    void add(ByteBuffer bytes);

    /** In hexadecimal digits, lower case. */
    String hex();
  }

  /** A sum of nothing yet. */
  Sum sum() {
    return this == CRC32 ? new Crc() : new Digest(name);
  }

  /**
   * The sum over some bytes of a file.
   *
   * @param length how many; fewer if the file ends before
   */
  String of(ReadableByteChannel file, long length) throws IOException {
    Sum sum = sum();
    ByteBuffer piece = ByteBuffer.allocate(128 * 1024);
    long left = length;
    while (left > 0) {
      piece.clear().limit((int) Math.min(piece.capacity(), left));
      int count = file.read(piece);
      if (count < 0) {
        break;
      }
      left -= count;
      sum.add(piece.flip());
    }
    return sum.hex();
  }

  private static final class Crc implements Sum {
    private final java.util.zip.CRC32 sum = new java.util.zip.CRC32();

    @Override
    public void add(ByteBuffer bytes) {
      sum.update(bytes);
    }

    @Override
    public String hex() {
      return HexFormat.of().toHexDigits(sum.getValue(), 8);
    }
  }

  private static final class Digest implements Sum {
    private final MessageDigest sum;

    Digest(String name) {
      try {
        sum = MessageDigest.getInstance(name);
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every JDK has " + name, e);
      }
    }

    @Override
    public void add(ByteBuffer bytes) {
      sum.update(bytes);
    }

    @Override
    public String hex() {
      return HexFormat.of().formatHex(sum.digest());
    }
  }
}
