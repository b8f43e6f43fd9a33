package dev.berth.transport;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The server's certificate is not one that the settings believe. The connection is closed, and
 * nothing but the handshake was sent. Holds what a person needs to judge the certificate, and to
 * pin it.
 */
public final class CertificateRejected extends TlsFailed {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    /** Its last day has passed. */
    EXPIRED("it has expired"),
    /** Its first day is to come; or the clock here is wrong. */
    NOT_YET_VALID("it is not valid yet"),
    /** It is made out to other hosts. */
    WRONG_HOST("it is made out to another host"),
    /** Nobody but itself vouches for it. */
    SELF_SIGNED("it is signed by itself"),
    /** Nobody known here vouches for it. */
    UNKNOWN_ISSUER("its issuer is not known here"),
    /** Another certificate was pinned. */
    NOT_PINNED("it is not the pinned one"),
    /** Anything else; the cause has the words. */
    UNFIT("it may not be used for this");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  private final Reason reason;
  private final X509Certificate certificate;

  CertificateRejected(
      String peer, Reason reason, X509Certificate certificate, CertificateException cause) {
    super(
        peer
            + ": certificate of "
            + certificate.getSubjectX500Principal()
            + " not trusted: "
            + reason.text
            + "; issuer "
            + certificate.getIssuerX500Principal()
            + ", valid "
            + certificate.getNotBefore().toInstant()
            + " to "
            + certificate.getNotAfter().toInstant()
            + ", sha256:"
            + fingerprint(certificate),
        cause);
    this.reason = reason;
    this.certificate = certificate;
  }

  /** Why it was rejected. */
  public Reason reason() {
    return reason;
  }

  /**
   * SHA-256 of the certificate: 64 hexadecimal digits, lower case; what {@link Trust.Pinned} takes.
   */
  public String fingerprint() {
    return fingerprint(certificate);
  }

  /** Whose certificate it says it is: an X.500 name. */
  public String subject() {
    return certificate.getSubjectX500Principal().toString();
  }

  /** Who signed it: an X.500 name. */
  public String issuer() {
    return certificate.getIssuerX500Principal().toString();
  }

  /** The first moment of its validity. */
  public Instant notBefore() {
    return certificate.getNotBefore().toInstant();
  }

  /** The last moment of its validity. */
  public Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }

  /** Finds out why a trust manager said no; its own words differ from one JDK to the next. */
  static Reason reasonFor(X509Certificate certificate, CertificateException verdict) {
    Instant now = Instant.now();
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      return Reason.EXPIRED;
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      return Reason.NOT_YET_VALID;
    }
    if (verdict.getCause() instanceof GeneralSecurityException path) {
      boolean chain =
          path instanceof CertPathBuilderException || path instanceof CertPathValidatorException;
      if (!chain) {
        return Reason.UNFIT;
      }
      boolean ownIssuer =
          certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
      return ownIssuer ? Reason.SELF_SIGNED : Reason.UNKNOWN_ISSUER;
    }
    // JSSE's host check throws without a cause: "No name matching ...", "No subject alternative
    // ...".
    return String.valueOf(verdict.getMessage()).startsWith("No ")
        ? Reason.WRONG_HOST
        : Reason.UNFIT;
  }

  /** The same of any certificate. */
  public static String fingerprint(X509Certificate certificate) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      // Every JDK has SHA-256, and the certificate was decoded from these very bytes.
      throw new IllegalStateException(e);
    }
  }
}
