package dev.berth.transport;

import dev.berth.transport.CertificateRejected.Reason;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The client's TLS sessions of one control connection and its data connections: a cache of its own,
 * so that a data connection resumes the session of its own control connection and of no other.
 *
 * <p>JSSE looks a client session up by the peer host and port that the engine was made with. So all
 * engines are made with the host and the <em>control</em> port, wherever the data connection goes.
 * A layered SSLSocket would report the real port, and never resume.
 */
final class TlsSessions implements TlsEngines {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

  private final Tls settings;
  private final int controlPort;
  private final Asked asked;
  private final SSLContext context;

  // Confined to the thread that owns the control connection.
  private final Set<ByteBuffer> used = new HashSet<>(); // ids of sessions that engines have had
  private String version = "";

  /**
   * Sessions of nobody yet.
   *
   * @throws IOException if the trusted certificates cannot be loaded
   */
  TlsSessions(Tls settings, int controlPort) throws IOException {
    this.settings = settings;
    this.controlPort = controlPort;
    this.asked = new Asked(settings.trust());
    try {
      context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {asked}, null);
    } catch (GeneralSecurityException e) {
      throw new IOException("the JDK cannot do TLS: " + e.getMessage(), e);
    }
  }

  @Override
  public SSLEngine newEngine() {
    SSLEngine engine = context.createSSLEngine(settings.host(), controlPort);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(
        settings.versions().stream().map(Tls.Version::jdkName).toArray(String[]::new));
    if (settings.trust() instanceof Trust.Authorities) {
      // The rules of HTTPS (RFC 2818) for names and wildcards serve FTP as well (RFC 4217, 10.1).
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    nameServer(parameters);
    engine.setSSLParameters(parameters);
    return engine;
  }

  private void nameServer(SSLParameters parameters) {
    if (ADDRESS.matcher(settings.host()).matches()) {
      return; // RFC 6066 section 3 permits no address literals.
    }
    try {
      parameters.setServerNames(List.of(new SNIHostName(settings.host())));
    } catch (IllegalArgumentException e) {
      // A name that DNS resolves but the host name rules forbid (ftp_1.example.com): the server
      // gets no name, the certificate is compared all the same.
      parameters.setServerNames(List.of());
    }
  }

  @Override
  public TlsDetails details(SSLEngine engine) throws SSLPeerUnverifiedException {
    SSLSession session = engine.getSession();
    List<X509Certificate> chain =
        Arrays.stream(session.getPeerCertificates()).map(X509Certificate.class::cast).toList();
    // A full handshake shows the certificate to the trust manager; a resumed one has none to show.
    boolean resumed = !engine.equals(asked.lastEngine);
    version = session.getProtocol();
    used.retainAll(cached());
    used.add(ByteBuffer.wrap(session.getId()));
    return new TlsDetails(session.getProtocol(), session.getCipherSuite(), chain, resumed);
  }

  /**
   * Whether a session is there for the next engine to resume. A session of TLS 1.2 lasts. Of TLS
   * 1.3 each ticket stands in the cache as a session that no engine has had yet; JSSE uses each but
   * once (RFC 8446 appendix C.4).
   */
  boolean canResume() {
    Set<ByteBuffer> cached = cached();
    if (!Tls.Version.TLS_1_2.jdkName().equals(version)) {
      cached.removeAll(used);
    }
    return !cached.isEmpty();
  }

  /** Drops what there is to resume: the next engine begins a session of its own. */
  void forget() {
    context.getClientSessionContext().getIds().asIterator().forEachRemaining(this::invalidate);
  }

  private void invalidate(byte[] id) {
    SSLSession session = context.getClientSessionContext().getSession(id);
    if (session != null) {
      session.invalidate();
    }
  }

  private Set<ByteBuffer> cached() {
    Set<ByteBuffer> ids = new HashSet<>();
    context
        .getClientSessionContext()
        .getIds()
        .asIterator()
        .forEachRemaining(id -> ids.add(ByteBuffer.wrap(id)));
    return ids;
  }

  /** Our own verdict, with the certificate that it is about. */
  static final class Distrusted extends CertificateException {
    private static final long serialVersionUID = 1;
    final Reason reason;
    final X509Certificate certificate;

    Distrusted(Reason reason, X509Certificate certificate, @Nullable CertificateException cause) {
      super(cause == null ? reason.toString() : cause.getMessage(), cause);
      this.reason = reason;
      this.certificate = certificate;
    }
  }

  /** Asks the settings, and remembers which engine it was asked for. */
  private static final class Asked extends X509ExtendedTrustManager {
    private final Trust trust;
    private volatile @Nullable SSLEngine lastEngine;

    Asked(Trust trust) throws IOException {
      this.trust = trust;
      if (trust instanceof Trust.Authorities authorities) {
        // Now, where an error can be told, rather than in the middle of a handshake.
        authorities.manager();
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      lastEngine = engine;
      switch (trust) {
        case Trust.Any any -> {}
        case Trust.Pinned pinned -> checkPin(chain[0], pinned);
        case Trust.Authorities authorities -> checkPath(authorities, chain, authType, engine);
      }
    }

    private static void checkPin(X509Certificate certificate, Trust.Pinned pinned)
        throws Distrusted {
      if (!CertificateRejected.fingerprint(certificate).equals(pinned.fingerprint())) {
        throw new Distrusted(Reason.NOT_PINNED, certificate, null);
      }
    }

    private static void checkPath(
        Trust.Authorities authorities, X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      try {
        authorities.manager().checkServerTrusted(chain, authType, engine);
      } catch (CertificateException e) {
        throw new Distrusted(CertificateRejected.reasonFor(chain[0], e), chain[0], e);
      } catch (IOException e) {
        throw new CertificateException(e);
      }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }

    // JSSE asks an extended manager with the engine; all else would be a check without a host.

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("not asked for an engine");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      throw new CertificateException("not asked for an engine");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("this is a client");
    }
  }
}
