package dev.berth.transfer;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The names under which files grow until they are whole: hidden, short, and of a form that mirrors
 * pass over.
 */
public final class TemporaryName {
  private static final String START = ".berth-";
  private static final String END = ".part";
  private static final int TOKEN_DIGITS = 12;
  private static final int OWN_DIGITS = 8;

  private TemporaryName() {}

  /** The same for the same final name, so that a later run finds what an earlier one left. */
  static String of(String finalName) {
    // Not by a charset: it would make one character of all escapes of bytes (wire.Octets).
    byte[] units = new byte[finalName.length() * Character.BYTES];
    ByteBuffer.wrap(units).asCharBuffer().put(finalName);
    return START + UUID.nameUUIDFromBytes(units) + END;
  }

  /**
   * Another one each time: on a server nobody can lock a name. Its first half tells whose it is.
   *
   * @param token that of the job's journal
   */
  static String random(String token) {
    return START + token + "-" + digits(OWN_DIGITS) + END;
  }

  /** Another one each time, of no job: of something that no later job is to find. */
  static String random() {
    return random(newToken());
  }

  /** A word that no other job has. */
  public static String newToken() {
    return digits(TOKEN_DIGITS);
  }

  private static String digits(int count) {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), count);
  }

  static boolean is(String name) {
    return name.startsWith(START) && name.endsWith(END);
  }

  /** Whose temporary file this is; nothing for those that have another form. */
  public static Optional<String> token(String name) {
    int dash = START.length() + TOKEN_DIGITS;
    boolean hasForm =
        is(name)
            && name.length() == dash + 1 + OWN_DIGITS + END.length()
            && name.charAt(dash) == '-';
    String token = hasForm ? name.substring(START.length(), dash) : "";
    boolean isHex = token.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    return hasForm && isHex ? Optional.of(token) : Optional.empty();
  }
}
