package dev.berth.transport;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a TLS handshake has agreed on.
 *
 * @param version {@code TLSv1.2} or {@code TLSv1.3}
 * @param cipher the cipher suite's name by IANA: {@code TLS_AES_256_GCM_SHA384}
 * @param peerChain the server's certificates, its own first; of a resumed session those of the
 *     first handshake; empty on the server's side, which asks clients for none
 * @param resumed whether an earlier session went on; vsftpd and ProFTPD demand it of a data
 *     connection
 */
public record TlsDetails(
    String version, String cipher, List<X509Certificate> peerChain, boolean resumed) {
  public TlsDetails {
    peerChain = List.copyOf(peerChain);
  }
}
