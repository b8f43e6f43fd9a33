package dev.berth.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * By what a server shows in TLS who it is: a chain of certificates, and the private key of the
 * first. Immutable.
 */
public final class Identity {
  private final List<X509Certificate> chain;
  private final PrivateKey key;

  private Identity(List<X509Certificate> chain, PrivateKey key) {
    this.chain = List.copyOf(chain);
    this.key = key;
  }

  /**
   * One that is at hand. Nothing is checked.
   *
   * @param chain the server's own certificate, and behind it those that lead to an authority
   * @param key of the first certificate
   */
  public static Identity of(List<X509Certificate> chain, PrivateKey key) {
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("no certificate");
    }
    return new Identity(chain, key);
  }

  /**
   * One out of PEM.
   *
   * @param certificates the text of a file: the server's own certificate, and behind it those that
   *     lead to an authority; what is no certificate is passed over
   * @param key the text of a file with a private key of RSA or EC, not encrypted; may be the same
   * @throws IOException if they cannot be read, or do not belong together; the message names no
   *     file
   */
  public static Identity ofPem(String certificates, String key) throws IOException {
    return PemIdentity.read(certificates, key).checked();
  }

  /**
   * One out of a file of PKCS #12, which holds one private key.
   *
   * @param file its bytes
   * @param password of the file and the key
   * @throws IOException if it cannot be read, or holds no key, or several; the message names no
   *     file
   */
  public static Identity ofPkcs12(byte[] file, char[] password) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(file), password);
      List<String> keys = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          keys.add(alias);
        }
      }
      if (keys.size() != 1 || !(store.getKey(keys.get(0), password) instanceof PrivateKey key)) {
        throw new IOException("not one private key but " + keys.size());
      }
      Certificate[] certificates = store.getCertificateChain(keys.get(0));
      if (certificates == null) {
        throw new IOException("a private key without its certificate");
      }
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate certificate : certificates) {
        chain.add((X509Certificate) certificate);
      }
      return of(chain, key).checked();
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot be read as PKCS #12: " + e.getMessage(), e);
    }
  }

  /**
   * A new one that nobody vouches for: a key of EC P-256, and a certificate for {@code localhost},
   * 127.0.0.1, ::1 and one host. Clients have to be told its {@link #fingerprint}.
   *
   * @param host the host's name, in ASCII; left out if it cannot be a name
   * @param now the time by the wall clock; valid from an hour before
   * @param validity how long from now
   */
  public static Identity selfSigned(String host, Instant now, Duration validity) {
    return SelfSigned.identity(host, now, validity);
  }

  /** This, after a look whether the key is that of the first certificate. */
  private Identity checked() throws IOException {
    String name =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    try {
      var signature = Signature.getInstance(name);
      signature.initSign(key);
      byte[] signed = signature.sign();
      signature.initVerify(chain.get(0).getPublicKey());
      if (!signature.verify(signed)) {
        throw new IOException("the private key is not that of the first certificate: " + named());
      }
      return this;
    } catch (GeneralSecurityException e) {
      throw new IOException("the private key is not that of the first certificate: " + named(), e);
    }
  }

  private String named() {
    return chain.get(0).getSubjectX500Principal().getName();
  }

  /** The server's own certificate, and behind it those that lead to an authority. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /**
   * The SHA-256 of the server's own certificate, as {@link Trust#pinned} takes it: what a client
   * may be told.
   */
  public String fingerprint() {
    return CertificateRejected.fingerprint(chain.get(0));
  }

  PrivateKey key() {
    return key;
  }

  /** Whether its key is of a type by the name that JSSE asks for: {@code EC}, {@code RSA}. */
  boolean isOfType(String keyType) {
    return key.getAlgorithm().equals(keyType);
  }

  /** The certificate alone. */
  @Override
  public String toString() {
    return "sha256:" + fingerprint();
  }
}
