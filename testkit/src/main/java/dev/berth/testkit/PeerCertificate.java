package dev.berth.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The self-signed certificate of the test servers (EC P-256, for {@code localhost} and 127.0.0.1).
 * Making one with keytool takes about 2 s, so it is kept under {@code .peers/} for a month and
 * shared by all servers.
 *
 * @param certificate what the servers show
 * @param keyStore PKCS12 file with key and certificate; its password is {@link Account#PASSWORD}
 */
public record PeerCertificate(X509Certificate certificate, Path keyStore) {
  private static final String ALIAS = "peer";
  private static final Duration MINIMUM_LEFT = Duration.ofDays(1);

  /** SHA-256 of the certificate's DER, 64 lower-case hex digits. */
  public String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The kept certificate, made when there is none or when it is about to end.
   *
   * @param folder where it is kept
   * @throws IOException when it can be neither read nor made
   */
  static PeerCertificate keptIn(Path folder) throws IOException {
    Path keyStore = folder.resolve("peer.p12");
    if (!Files.exists(keyStore) || isEnding(read(keyStore))) {
      make(folder);
    }
    return read(keyStore);
  }

  private static boolean isEnding(PeerCertificate kept) {
    Instant end = kept.certificate.getNotAfter().toInstant();
    return end.isBefore(Instant.now().plus(MINIMUM_LEFT));
  }

  /** Made aside and moved into place: test runs side by side never meet half a certificate. */
  private static void make(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path work = Files.createTempDirectory(folder, "new");
    Path keyStore = work.resolve("peer.p12");
    Program.run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        ALIAS,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-sigalg",
        "SHA256withECDSA",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost,ip:127.0.0.1",
        "-validity",
        "30",
        "-storetype",
        "PKCS12",
        "-keystore",
        keyStore.toString(),
        "-storepass",
        Account.PASSWORD);
    Files.move(
        keyStore,
        folder.resolve("peer.p12"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    Files.delete(work);
  }

  /**
   * Writes the key and the certificate in PEM, as OpenSSL's users want it, readable for the owner
   * alone.
   *
   * @throws IOException when that fails
   */
  void writePem(Path pem) throws IOException {
    KeyStore store = load(keyStore);
    try {
      Files.writeString(
          pem,
          block("PRIVATE KEY", store.getKey(ALIAS, Account.PASSWORD.toCharArray()).getEncoded())
              + block("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot read " + keyStore, e);
    }
    Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString("rw-------"));
  }

  private static String block(String kind, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
  }

  private static PeerCertificate read(Path keyStore) throws IOException {
    try {
      X509Certificate certificate = (X509Certificate) load(keyStore).getCertificate(ALIAS);
      return new PeerCertificate(certificate, keyStore);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot read " + keyStore, e);
    }
  }

  private static KeyStore load(Path keyStore) throws IOException {
    try (InputStream in = Files.newInputStream(keyStore)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, Account.PASSWORD.toCharArray());
      return store;
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot read " + keyStore, e);
    }
  }
}
