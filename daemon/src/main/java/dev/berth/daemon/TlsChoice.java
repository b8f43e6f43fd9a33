package dev.berth.daemon;

import dev.berth.transport.Tls;
import java.nio.file.Path;
import java.util.Set;

/** By which certificate the server shows who it is, if by any. */
sealed interface TlsChoice {
  /** There is none, and so no TLS. */
  record None() implements TlsChoice {}

  /**
   * One is made at the start, that nobody vouches for.
   *
   * @param host the name in it
   */
  record SelfSigned(String host, Set<Tls.Version> versions) implements TlsChoice {}

  /**
   * From files as most authorities send them; {@code key} may be the same file.
   *
   * @param certificate the server's own, and behind it those that lead to an authority
   */
  record Pem(Path certificate, Path key, Set<Tls.Version> versions) implements TlsChoice {}

  /**
   * From one file.
   *
   * @param password the file whose first line opens it
   */
  record Pkcs12(Path file, Path password, Set<Tls.Version> versions) implements TlsChoice {}
}
