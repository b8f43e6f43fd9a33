package dev.berth.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes a certificate that is signed by its own key (X.509 version 3, RFC 5280), for which the JDK
 * has no public way. It says of its usage nothing: OpenSSL takes a certificate that may not sign
 * certificates for one that cannot have signed itself.
 */
final class SelfSigned {
  private static final String ECDSA_WITH_SHA256 = "2A8648CE3D040302";
  private static final String COMMON_NAME = "550403";
  private static final String SUBJECT_ALTERNATIVE_NAME = "551D11";

  private static final int VERSION_TAG = 0xA0;
  private static final int EXTENSIONS_TAG = 0xA3;
  private static final int DNS_NAME_TAG = 0x82;
  private static final int IP_ADDRESS_TAG = 0x87;

  private static final int MOST_COMMON_NAME = 64; // RFC 5280 appendix A.1
  private static final int SERIAL_BITS = 120;
  private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}");
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");

  private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
  private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private SelfSigned() {}

  /** As {@link Identity#selfSigned}. */
  static Identity identity(String host, Instant now, Duration validity) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      byte[] content = content(host, now, validity, pair.getPublic().getEncoded());
      byte[] encoded =
          Der.value(Der.SEQUENCE, content, algorithm(), sign(content, pair.getPrivate()));
      var certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(encoded));
      return Identity.of(List.of(certificate), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot make an EC key and certificate", e);
    }
  }

  private static byte[] content(String host, Instant now, Duration validity, byte[] publicKey) {
    byte[] name = name(isHostName(host) && host.length() <= MOST_COMMON_NAME ? host : "localhost");
    return Der.value(
        Der.SEQUENCE,
        Der.value(VERSION_TAG, Der.integer(BigInteger.TWO)),
        Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS)),
        algorithm(),
        name,
        Der.value(Der.SEQUENCE, Der.time(now.minus(CLOCKS_DIFFER)), Der.time(now.plus(validity))),
        name,
        publicKey,
        Der.value(EXTENSIONS_TAG, Der.value(Der.SEQUENCE, alternativeNames(host))));
  }

  private static byte[] algorithm() {
    return Der.value(Der.SEQUENCE, Der.identifier(ECDSA_WITH_SHA256));
  }

  private static byte[] name(String common) {
    byte[] attribute = Der.value(Der.SEQUENCE, Der.identifier(COMMON_NAME), Der.text(common));
    return Der.value(Der.SEQUENCE, Der.value(Der.SET, attribute));
  }

  private static byte[] alternativeNames(String host) {
    var names = new ByteArrayOutputStream();
    names.writeBytes(dnsName("localhost"));
    if (isHostName(host) && !host.equals("localhost")) {
      names.writeBytes(dnsName(host));
    }
    names.writeBytes(Der.value(IP_ADDRESS_TAG, LOOPBACK_4));
    names.writeBytes(Der.value(IP_ADDRESS_TAG, LOOPBACK_6));
    return Der.value(
        Der.SEQUENCE,
        Der.identifier(SUBJECT_ALTERNATIVE_NAME),
        Der.value(Der.OCTET_STRING, Der.value(Der.SEQUENCE, names.toByteArray())));
  }

  private static byte[] dnsName(String host) {
    return Der.value(DNS_NAME_TAG, host.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isHostName(String host) {
    return HOST.matcher(host).matches() && !ADDRESS.matcher(host).matches();
  }

  /** A bit string begins with the number of bits that its last byte has too many. */
  private static byte[] sign(byte[] content, PrivateKey key) throws GeneralSecurityException {
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(content);
    return Der.value(Der.BIT_STRING, new byte[] {0}, signature.sign());
  }
}
