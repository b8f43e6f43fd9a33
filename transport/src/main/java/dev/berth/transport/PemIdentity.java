package dev.berth.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an identity out of PEM (RFC 7468), as certificate authorities and OpenSSL write it. A key
 * of the forms of old, {@code RSA PRIVATE KEY} (PKCS #1) and {@code EC PRIVATE KEY} (SEC 1), lacks
 * the name of its algorithm, which is taken from the certificate.
 */
final class PemIdentity {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*+(?:-(?!----)[^-]*+)*+)-----END \\1-----");

  private record Block(String label, String content) {}

  private PemIdentity() {}

  /** As {@link Identity#ofPem}. */
  static Identity read(String certificates, String key) throws IOException {
    List<X509Certificate> chain = new ArrayList<>();
    for (Block block : blocks(certificates)) {
      if (block.label().equals("CERTIFICATE")) {
        chain.add(certificate(block));
      }
    }
    if (chain.isEmpty()) {
      throw new IOException("no certificate: nothing begins with -----BEGIN CERTIFICATE-----");
    }
    return Identity.of(chain, privateKey(blocks(key), chain.get(0).getPublicKey()));
  }

  private static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }

  private static X509Certificate certificate(Block block) throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(decoded(block)));
    } catch (GeneralSecurityException e) {
      throw new IOException("a certificate that cannot be read: " + e.getMessage(), e);
    }
  }

  private static PrivateKey privateKey(List<Block> blocks, PublicKey publicKey) throws IOException {
    for (Block block : blocks) {
      boolean isEncrypted = block.content().contains("ENCRYPTED");
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return decode(decoded(block), publicKey);
        }
        case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
          if (isEncrypted) {
            throw encrypted();
          }
          return decode(wrapped(decoded(block), publicKey), publicKey);
        }
        case "ENCRYPTED PRIVATE KEY" -> throw encrypted();
        default -> {} // Certificates beside it, or the parameters of its curve.
      }
    }
    throw new IOException("no private key: nothing begins with -----BEGIN PRIVATE KEY-----");
  }

  private static IOException encrypted() {
    return new IOException(
        "the private key is encrypted, and nobody is there to be asked for its password;"
            + " openssl pkey -in FILE -out NEW writes one that is not");
  }

  /** As PKCS #8: version, algorithm, key (RFC 5958 section 2). */
  private static byte[] wrapped(byte[] key, PublicKey publicKey) {
    return Der.value(
        Der.SEQUENCE,
        Der.integer(BigInteger.ZERO),
        Der.firstPart(publicKey.getEncoded()),
        Der.value(Der.OCTET_STRING, key));
  }

  private static PrivateKey decode(byte[] encoded, PublicKey publicKey) throws IOException {
    try {
      return KeyFactory.getInstance(publicKey.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "a private key that cannot be read as one of "
              + publicKey.getAlgorithm()
              + ", as the certificate has it: "
              + e.getMessage(),
          e);
    }
  }

  private static byte[] decoded(Block block) throws IOException {
    try {
      return Base64.getMimeDecoder().decode(block.content());
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the text between BEGIN and END " + block.label() + " is not base 64", e);
    }
  }
}
