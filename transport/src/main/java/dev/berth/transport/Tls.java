package dev.berth.transport;

import java.util.EnumSet;
import java.util.Set;

/**
 * How a connection is to be encrypted (RFC 4217).
 *
 * @param trust which certificates are believed
 * @param host the server's name or address literal, as the user gave it: compared with the
 *     certificate, and sent as server name unless it is an address
 * @param versions the versions allowed, at least one
 */
public record Tls(Trust trust, String host, Set<Version> versions) {
  /** A version of TLS. Older ones are broken (RFC 8996). */
  public enum Version {
    /** RFC 5246. */
    TLS_1_2("TLSv1.2"),
    /** RFC 8446. */
    TLS_1_3("TLSv1.3");

    private final String jdkName;

    Version(String jdkName) {
      this.jdkName = jdkName;
    }

    String jdkName() {
      return jdkName;
    }
  }

  public Tls {
    versions = Set.copyOf(versions);
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("no version of TLS allowed");
    }
    if (host.isBlank()) {
      throw new IllegalArgumentException("no host to verify the certificate for");
    }
  }

  /** All versions that are still sound. */
  public static Tls of(Trust trust, String host) {
    return new Tls(trust, host, EnumSet.allOf(Version.class));
  }
}
