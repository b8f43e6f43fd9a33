package dev.berth.transport;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The server's TLS sessions of one control connection and its data connections. They have a context
 * of their own, and with it a cache and a key for tickets: what another control connection has is
 * worth nothing here.
 *
 * <p>A data connection counts as resumed only if it goes on with the session that the control
 * connection itself began, directly or through data connections that did. A stranger may connect,
 * get a session of his own in a full handshake, and resume that one the next time. JSSE tells of a
 * session neither whence it came nor what a caller has bound to it (a ticket carries none of that),
 * but, through every resumption, the millisecond in which it began.
 */
final class ServerSessions implements TlsEngines {
  /** The longest that TLS 1.3 lets a ticket live (RFC 8446 section 4.6.1). */
  private static final int SESSION_SECONDS = (int) Duration.ofDays(7).toSeconds();

  /** Clients go on with the newest, or with the first; where tickets hold it, none are kept. */
  private static final int MOST_KEPT = 64;

  private final String[] protocols;
  private final SSLContext context;

  // Confined to the thread that owns the control connection, until there are data connections.
  private long beganMillis; // the session of the control connection; by the wall clock
  private boolean hasBegun;

  /**
   * Sessions of nobody yet.
   *
   * @throws IOException if the JDK cannot do TLS
   */
  ServerSessions(Identity identity, Set<Tls.Version> versions) throws IOException {
    this.protocols = versions.stream().map(Tls.Version::jdkName).toArray(String[]::new);
    try {
      context = SSLContext.getInstance("TLS");
      // No trust managers instead of the default ones: those would load a hundred certificates.
      context.init(new KeyManager[] {new Shown(identity)}, new TrustManager[0], null);
    } catch (GeneralSecurityException e) {
      throw new IOException("the JDK cannot do TLS: " + e.getMessage(), e);
    }
    SSLSessionContext sessions = context.getServerSessionContext();
    sessions.setSessionTimeout(SESSION_SECONDS);
    sessions.setSessionCacheSize(MOST_KEPT);
  }

  @Override
  public SSLEngine newEngine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(protocols);
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** The first engine to be asked about is that of the control connection. */
  @Override
  public TlsDetails details(SSLEngine engine) {
    SSLSession session = engine.getSession();
    boolean resumed = hasBegun && session.getCreationTime() == beganMillis;
    if (!hasBegun) {
      beganMillis = session.getCreationTime();
      hasBegun = true;
    }
    return new TlsDetails(session.getProtocol(), session.getCipherSuite(), List.of(), resumed);
  }

  /** Shows the identity. */
  private static final class Shown extends X509ExtendedKeyManager {
    private static final String ALIAS = "server";

    private final Identity identity;

    Shown(Identity identity) {
      this.identity = identity;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
        String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
      return identity.isOfType(keyType) ? ALIAS : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return identity.key();
    }

    // JSSE asks an extended manager with the engine; this is no client, and has no socket.

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }
  }
}
