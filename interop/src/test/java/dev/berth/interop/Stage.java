package dev.berth.interop;

import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.WireTap;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A server with the tree of a duet, and with a gateway of one connection before it.
 *
 * @param name which server
 * @param direct where it takes connections itself
 * @param tap between it and the gateway
 * @param root the user's {@code /}
 * @param give gives the tree to the server's user
 * @param end ends the server
 */
record Stage(
    String name, InetSocketAddress direct, WireTap tap, Path root, Doing give, Closeable end)
    implements AutoCloseable {
  /** Files of this name were cut off somewhere. */
  static final String CUT = "cut-";

  private static final int BIG_BYTES = 8 << 20;

  /** Long ago, so that what a duet changes is seen to be new. */
  private static final Instant OLD = Instant.parse("2020-02-03T04:05:06Z");

  /** Does something to files. */
  interface Doing {
    void run() throws IOException;
  }

  /** Starts a real server. */
  static Stage of(PeerKind kind) throws IOException {
    Server server = Server.start(kind, PeerSettings.plain());
    return new Stage(
        kind.toString(),
        server.peer().address(),
        server.tap(),
        server.root(),
        server.peer()::own,
        server::close);
  }

  /** Starts our own server. */
  static Stage ours(Path root) throws IOException {
    OurServer server = OurServer.start(root, 100);
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.port());
    WireTap tap = WireTap.before(address);
    return new Stage(
        "ours",
        address,
        tap,
        root,
        () -> {},
        () -> {
          try (server) {
            tap.close();
          }
        });
  }

  /** Puts the tree there as it is at the beginning, in place of whatever there is. */
  void set() throws IOException {
    try (Stream<Path> there = Files.list(root)) {
      for (Path path : there.toList()) {
        remove(path);
      }
    }
    put("file", 3_000);
    put("other", 5_000);
    put("empty", 0);
    put("d/file", 4_000);
    put("d/e/file", 10);
    put("zwei Wörter", 100);
    put("quo\"te/file", 200);
    put("big", BIG_BYTES);
    Files.createSymbolicLink(root.resolve("link"), Path.of("d"));
    for (String folder : new String[] {"d/e", "d", "quo\"te"}) {
      Files.setLastModifiedTime(root.resolve(folder), FileTime.from(OLD));
    }
    give.run();
  }

  private void put(String name, int size) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, Player.content(size));
    Files.setLastModifiedTime(file, FileTime.from(OLD.plusSeconds(60L * name.length())));
  }

  /** Removes a tree, whatever rights were taken away in it. */
  static void remove(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path folder, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** What there is: a line for each thing, by its path. Of what was cut off only that it is. */
  SortedMap<String, String> look() throws IOException {
    SortedMap<String, String> seen = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      // Our server drops what a dead client has begun once it has seen that it is dead.
      for (Path path : all.filter(it -> !it.toString().contains("/.berth-up-")).toList()) {
        seen.put(Mask.text(root.relativize(path).toString()), line(path));
      }
    }
    return seen;
  }

  private static String line(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "link to " + Files.readSymbolicLink(path);
    }
    if (path.getFileName().toString().matches(CUT + "\\d+")) {
      return "cut off"; // Nobody knows how much of it has arrived.
    }
    String rights =
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    return Files.isDirectory(path)
        ? "folder " + rights
        : "file " + rights + " " + Files.size(path) + " " + digest(Files.readAllBytes(path));
  }

  private static String digest(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What the folder is that a client was told to be in, and who may enter it and those above;
   * nothing if there is none.
   */
  String identity(String whereabouts) throws IOException {
    String name =
        new String(whereabouts.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    Path folder = root.resolve(name.replaceFirst("^/+", ""));
    if (!Files.isDirectory(folder)) {
      return "";
    }
    StringBuilder identity = new StringBuilder();
    Path at = folder.normalize();
    for (int above = at.getNameCount() - root.getNameCount(); above >= 0; above--) {
      PosixFileAttributes attributes = Files.readAttributes(at, PosixFileAttributes.class);
      identity.append(attributes.fileKey()).append(' ').append(attributes.permissions());
      at = Optional.ofNullable(at.getParent()).orElse(at);
    }
    return identity.toString();
  }

  @Override
  public void close() throws IOException {
    end.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
