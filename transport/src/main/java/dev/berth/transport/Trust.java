package dev.berth.transport;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Which certificates of a server are believed. Immutable; meant to be shared by connections. */
public sealed interface Trust {
  /**
   * Those signed by a known authority, valid today, and made out to the host that was asked for.
   */
  final class Authorities implements Trust {
    private final @Nullable KeyStore roots;
    private final AtomicReference<@Nullable X509ExtendedTrustManager> loaded =
        new AtomicReference<>();

    private Authorities(@Nullable KeyStore roots) {
      this.roots = roots;
    }

    /** Loaded when first needed: a hundred certificates cost a plain connection nothing. */
    X509ExtendedTrustManager manager() throws IOException {
      X509ExtendedTrustManager known = loaded.get();
      if (known == null) {
        known = load();
        loaded.set(known);
      }
      return known;
    }

    private X509ExtendedTrustManager load() throws IOException {
      try {
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(roots);
        for (TrustManager manager : factory.getTrustManagers()) {
          if (manager instanceof X509ExtendedTrustManager extended) {
            return extended;
          }
        }
        throw new IOException("the JDK offers no X.509 trust manager");
      } catch (GeneralSecurityException e) {
        throw new IOException("cannot load the trusted certificates: " + e.getMessage(), e);
      }
    }

    @Override
    public String toString() {
      return roots == null ? "system" : "authorities";
    }
  }

  /** Every certificate. Whoever sits on the line reads and changes everything. */
  record Any() implements Trust {
    @Override
    public String toString() {
      return "any";
    }
  }

  /**
   * One certificate, whoever signed it, whatever host it names, and whether it has expired or not.
   *
   * @param fingerprint the SHA-256 of the server's own certificate (DER): 64 hexadecimal digits, in
   *     either case, with or without colons between bytes; kept in lower case without
   */
  record Pinned(String fingerprint) implements Trust {
    private static final int DIGITS = 64;

    public Pinned {
      fingerprint = fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
      if (fingerprint.length() != DIGITS || !fingerprint.chars().allMatch(HexFormat::isHexDigit)) {
        throw new IllegalArgumentException(
            "not a SHA-256 fingerprint (64 hexadecimal digits): " + fingerprint);
      }
    }

    @Override
    public String toString() {
      return "sha256:" + fingerprint;
    }
  }

  /** The authorities that come with the JDK. */
  static Trust system() {
    return new Authorities(null);
  }

  /**
   * Authorities of one's own, instead of the JDK's.
   *
   * @param roots their certificates; a server's own certificate among them is believed whatever its
   *     dates are, as the JDK does
   */
  static Trust authorities(KeyStore roots) {
    return new Authorities(roots);
  }

  /** Every certificate. */
  static Trust any() {
    return new Any();
  }

  /**
   * One certificate.
   *
   * @param fingerprint as for {@link Pinned}
   */
  static Trust pinned(String fingerprint) {
    return new Pinned(fingerprint);
  }
}
