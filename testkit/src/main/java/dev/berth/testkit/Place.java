package dev.berth.testkit;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where one server lives: its folder (on tmpfs where there is one, so that no disk is in a
 * measurement), the root that it serves, its ports, its certificate. Closing it removes all of
 * that.
 */
final class Place implements AutoCloseable {
  private static final Path MEMORY = Path.of("/dev/shm");

  private final Path folder;
  private final Path root;
  private final Path secondRoot;
  private final PortBlock ports;
  private final PeerCertificate certificate;
  private final Deque<AutoCloseable> kept = new ArrayDeque<>();

  private Place(Path folder, Path root, PortBlock ports, PeerCertificate certificate)
      throws IOException {
    this.folder = folder;
    this.root = root;
    this.secondRoot = Files.createDirectory(folder.resolve("second"));
    Account.own(secondRoot);
    this.ports = ports;
    this.certificate = certificate;
  }

  /**
   * Makes a place.
   *
   * @throws IOException when folders or ports cannot be had
   */
  static Place make(PeerKind kind, PeerSettings.Root wanted) throws IOException {
    PeerCertificate certificate = PeerCertificate.keptIn(Installation.folder().resolve("tls"));
    PortBlock ports = PortBlock.take();
    Path base = Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    Path folder = Files.createTempDirectory(base, "berth-" + kind + "-");
    // Servers that have become the test account must get through to the root.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Path root =
        switch (wanted) {
          case PeerSettings.Root.Fresh() -> Files.createDirectory(folder.resolve("root"));
          case PeerSettings.Root.Given(Path given) -> given;
        };
    if (wanted instanceof PeerSettings.Root.Fresh) {
      Account.own(root);
    }
    return new Place(folder, root, ports, certificate);
  }

  Path folder() {
    return folder;
  }

  Path root() {
    return root;
  }

  /** The {@code /} of the second user. */
  Path secondRoot() {
    return secondRoot;
  }

  PortBlock ports() {
    return ports;
  }

  PeerCertificate certificate() {
    return certificate;
  }

  /** A PEM file of the certificate in this place. */
  Path pem() throws IOException {
    Path pem = folder.resolve("peer.pem");
    certificate.writePem(pem);
    return pem;
  }

  /** Closes {@code thing} with the place. */
  void keep(AutoCloseable thing) {
    kept.push(thing);
  }

  @Override
  public void close() throws IOException {
    kept.addLast(this::removeFolder);
    kept.addLast(ports);
    Closing.all(kept);
  }

  private void removeFolder() throws IOException {
    remove(folder);
  }

  /** Removes a tree; links are removed, not followed. */
  static void remove(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
