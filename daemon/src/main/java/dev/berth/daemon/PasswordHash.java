package dev.berth.daemon;

import com.password4j.Argon2Function;
import com.password4j.BcryptFunction;
import com.password4j.types.Argon2;
import dev.berth.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hashes of passwords, as they stand in users files: Argon2id (RFC 9106), and bcrypt as other
 * programs make it.
 */
public final class PasswordHash {
  /** What OWASP's cheat sheet names, of several that cost an attacker the same: 12 MiB, 3 turns. */
  private static final int MEMORY_KIB = 12_288;

  private static final int TURNS = 3;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final String IN_MEMORY = "$sha256$";
  private static final HexFormat HEX = HexFormat.of();

  /** More would let one login take the memory of all. */
  private static final int MOST_MEMORY_KIB = 262_144;

  private static final int MOST_TURNS = 100;
  private static final int MOST_LANES = 16;
  private static final int MOST_ROUNDS = 16;

  private static final Pattern ARGON2 =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([0-9]{1,9}),t=([0-9]{1,9}),p=([0-9]{1,9})"
              + "\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{22,86}");
  private static final Pattern BCRYPT =
      Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");

  private PasswordHash() {}

  /**
   * A new hash.
   *
   * @param password as a client sends it, see {@link Octets}
   */
  public static String of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return Argon2Function.getInstance(MEMORY_KIB, TURNS, 1, HASH_BYTES, Argon2.ID)
        .hash(Octets.toBytes(password), salt)
        .getResult();
  }

  /**
   * A hash of a password that was given to this process, and that it could tell anyway: it costs
   * nothing to check, where Argon2 leaves the heap of who serves one folder four times as large. No
   * file may have it.
   *
   * @param password as a client sends it, see {@link Octets}
   */
  public static String inMemory(String password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return IN_MEMORY
        + HEX.formatHex(salt)
        + "$"
        + HEX.formatHex(salted(salt, Octets.toBytes(password)));
  }

  private static byte[] salted(byte[] salt, byte[] password) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      return digest.digest(password);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static boolean matchesSlowly(byte[] password, String hash) {
    byte[] digits = hash.getBytes(StandardCharsets.US_ASCII);
    return hash.startsWith("$2")
        ? BcryptFunction.getInstanceFromHash(hash).check(password, digits)
        : Argon2Function.getInstanceFromHash(hash).check(password, digits);
  }

  private static boolean matchesInMemory(byte[] password, String hash) {
    String[] saltAndDigest = hash.substring(IN_MEMORY.length()).split("\\$", 2);
    byte[] salt = HEX.parseHex(saltAndDigest[0]);
    byte[] wanted = HEX.parseHex(saltAndDigest[saltAndDigest.length - 1]);
    return MessageDigest.isEqual(wanted, salted(salt, password));
  }

  /**
   * A hash that can be checked.
   *
   * @throws IllegalArgumentException if it is none, or would take too long or too much memory; the
   *     message does not show it
   */
  static String checked(String hash) {
    fault(hash)
        .ifPresent(words -> {
          throw new IllegalArgumentException(words);
        });
    return hash;
  }

  private static Optional<String> fault(String hash) {
    Matcher bcrypt = BCRYPT.matcher(hash);
    if (bcrypt.matches()) {
      int rounds = Integer.parseInt(bcrypt.group(1));
      return rounds >= 4 && rounds <= MOST_ROUNDS
          ? Optional.empty()
          : Optional.of("bcrypt with 4 to " + MOST_ROUNDS + " rounds, not " + rounds);
    }
    Matcher argon2 = ARGON2.matcher(hash);
    if (!argon2.matches()) {
      return Optional.of("neither Argon2id ($argon2id$v=19$...) nor bcrypt ($2b$...)");
    }
    int memory = Integer.parseInt(argon2.group(1));
    int turns = Integer.parseInt(argon2.group(2));
    int lanes = Integer.parseInt(argon2.group(3));
    boolean isBearable =
        lanes >= 1
            && lanes <= MOST_LANES
            && turns >= 1
            && turns <= MOST_TURNS
            && memory >= 8 * lanes
            && memory <= MOST_MEMORY_KIB;
    return isBearable
        ? Optional.empty()
        : Optional.of(
            "Argon2id with m = 8 x p to %d KiB, t to %d, p to %d"
                .formatted(MOST_MEMORY_KIB, MOST_TURNS, MOST_LANES));
  }

  /** Whether a password is the one of which a hash was made. Takes its time. */
  static boolean matches(String password, String hash) {
    byte[] octets = Octets.toBytes(password);
    try {
      return hash.startsWith(IN_MEMORY)
          ? matchesInMemory(octets, hash)
          : fault(hash).isEmpty() && matchesSlowly(octets, hash);
    } catch (IllegalArgumentException unreadable) {
      return false; // Digits that end in the middle of an octet: nobody has that password.
    }
  }
}
