package dev.berth.daemon;

import dev.berth.transport.Identity;
import dev.berth.transport.Tls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Loads what a server shows in TLS, and sees when its files change. */
final class Certificates {
  private static final Duration VALIDITY = Duration.ofDays(365);

  private Certificates() {}

  /**
   * Loads it; a self-signed one is made anew each time.
   *
   * @return empty if there is to be no TLS
   * @throws FaultySettings if a file cannot be read or used
   */
  static Optional<Identity> load(TlsChoice choice, Instant now) throws FaultySettings {
    return switch (choice) {
      case TlsChoice.None _ -> Optional.empty();
      case TlsChoice.SelfSigned self ->
          Optional.of(Identity.selfSigned(self.host(), now, VALIDITY));
      case TlsChoice.Pem pem -> {
        String certificate = text(pem.certificate());
        String key = text(pem.key());
        yield made(pem.certificate(), () -> Identity.ofPem(certificate, key));
      }
      case TlsChoice.Pkcs12 store -> {
        char[] password = text(store.password()).lines().findFirst().orElse("").toCharArray();
        byte[] bytes = bytes(store.file());
        yield made(store.file(), () -> Identity.ofPkcs12(bytes, password));
      }
    };
  }

  /** The versions allowed; all where there is no TLS. */
  static Set<Tls.Version> versions(TlsChoice choice) {
    return switch (choice) {
      case TlsChoice.None _ -> Set.of(Tls.Version.values());
      case TlsChoice.SelfSigned self -> self.versions();
      case TlsChoice.Pem pem -> pem.versions();
      case TlsChoice.Pkcs12 store -> store.versions();
    };
  }

  /** What tells whether the files are those that were there before; the same text if so. */
  static String look(TlsChoice choice) {
    List<Path> files =
        switch (choice) {
          case TlsChoice.None _ -> List.of();
          case TlsChoice.SelfSigned _ -> List.of();
          case TlsChoice.Pem pem -> List.of(pem.certificate(), pem.key());
          case TlsChoice.Pkcs12 store -> List.of(store.file(), store.password());
        };
    return String.join(" ", files.stream().map(Certificates::mark).toList());
  }

  private static String mark(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.fileKey() + "/" + found.size() + "/" + found.lastModifiedTime();
    } catch (IOException e) {
      return "none";
    }
  }

  private interface Maker {
    Identity make() throws IOException;
  }

  private static Optional<Identity> made(Path file, Maker maker) throws FaultySettings {
    try {
      return Optional.of(maker.make());
    } catch (IOException e) {
      throw new FaultySettings(List.of(file + ": " + e.getMessage()));
    }
  }

  private static String text(Path file) throws FaultySettings {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Path file) throws FaultySettings {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new FaultySettings(List.of(FileFaults.wordsOfSecret(e)));
    }
  }
}
