package dev.berth.cli;

import java.util.Locale;

/** Which certificates of a server are believed. */
sealed interface TlsTrust {
  /** Those that lead to an authority this system trusts, and that name the host. */
  record OfSystem() implements TlsTrust {}

  /** Every one: encrypted, but perhaps to the wrong server. */
  record Anything() implements TlsTrust {}

  /**
   * One certificate and no other.
   *
   * @param sha256 its fingerprint: 64 hexadecimal digits, lower case
   */
  record Pinned(String sha256) implements TlsTrust {
    public Pinned {
      if (!sha256.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException("a SHA-256 fingerprint has 64 hexadecimal digits");
      }
    }
  }

  /**
   * Reads {@code system}, {@code any} or {@code sha256:} with the digits, colons between them
   * allowed as {@code openssl x509 -fingerprint} prints them.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  static TlsTrust parse(String text) {
    if (text.equals("system")) {
      return new OfSystem();
    }
    if (text.equals("any")) {
      return new Anything();
    }
    if (!text.regionMatches(true, 0, "sha256:", 0, 7)) {
      throw new IllegalArgumentException("neither system, any nor sha256:FINGERPRINT");
    }
    return new Pinned(text.substring(7).replace(":", "").toLowerCase(Locale.ROOT));
  }
}
