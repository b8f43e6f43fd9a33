package dev.berth.interop;

import dev.berth.server.Account;
import dev.berth.server.FileBackend;
import dev.berth.server.FileSettings;
import dev.berth.testkit.Peer;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.Peers;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A server with two accounts, each with a tree of its own.
 *
 * @param name which server
 * @param address where it takes connections
 * @param roots the {@code /} of each
 * @param give gives the trees to the server's user
 * @param end ends the server
 */
record TwoHomes(
    String name, InetSocketAddress address, Map<Owner, Path> roots, Stage.Doing give, Closeable end)
    implements AutoCloseable {
  /** What each has in its folder, and nobody may change. */
  private static final String PRECIOUS = "precious";

  private static final int PRECIOUS_LINES = 20_000;

  /** Starts a real server. */
  static TwoHomes of(PeerKind kind) throws IOException {
    Peer peer = Peers.start(kind, PeerSettings.plain());
    return new TwoHomes(
        kind.toString(),
        peer.address(),
        Map.of(Owner.ANN, peer.root(), Owner.BOB, peer.secondRoot()),
        peer::own,
        peer::close);
  }

  /** Starts our own server. */
  static TwoHomes ours(Path folder) throws IOException {
    Map<Owner, Path> roots =
        Map.of(
            Owner.ANN, Files.createDirectory(folder.resolve("ann")),
            Owner.BOB, Files.createDirectory(folder.resolve("bob")));
    List<Account> accounts =
        roots.entrySet().stream()
            .map(it -> Account.of(it.getKey().user(), it.getKey().password(), it.getValue()))
            .toList();
    OurServer server =
        OurServer.startUnguarded(new FileBackend(FileSettings.USUAL, String::equals, accounts));
    return new TwoHomes(
        "ours", new InetSocketAddress("127.0.0.1", server.port()), roots, () -> {}, server::close);
  }

  /** Puts both trees there as they are at the beginning, in place of whatever there is. */
  void set() throws IOException {
    for (Map.Entry<Owner, Path> home : roots.entrySet()) {
      Owner owner = home.getKey();
      try (Stream<Path> there = Files.list(home.getValue())) {
        for (Path path : there.toList()) {
          Stage.remove(path);
        }
      }
      put(owner, "file", 200);
      put(owner, "d/file", 300);
      put(owner, "d/e/file", 400);
      put(owner, owner.folder() + "/" + PRECIOUS, PRECIOUS_LINES);
      put(owner, owner.folder() + "/" + owner.mark(), 1);
    }
    give.run();
  }

  private void put(Owner owner, String name, int lines) throws IOException {
    Path file = root(owner).resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, owner.content(lines));
  }

  private Path root(Owner owner) {
    Path root = roots.get(owner);
    if (root == null) {
      throw new IllegalStateException("no home of " + owner);
    }
    return root;
  }

  /**
   * Looks through both trees.
   *
   * @throws AssertionError if one has got anything of the other, or has lost what is precious
   */
  void requireApart() throws IOException {
    for (Owner owner : roots.keySet()) {
      Path own = root(owner).resolve(owner.folder());
      if (!Files.exists(own.resolve(owner.mark()))
          || !Arrays.equals(
              Files.readAllBytes(own.resolve(PRECIOUS)), owner.content(PRECIOUS_LINES))) {
        throw new AssertionError(owner + " has lost what is precious");
      }
      try (Stream<Path> all = Files.walk(root(owner))) {
        for (Path path : all.toList()) {
          requireOwn(owner, path);
        }
      }
    }
  }

  private static void requireOwn(Owner owner, Path path) throws IOException {
    Owner other = owner.other();
    String name = path.getFileName().toString();
    boolean isForeign =
        name.equals(other.folder())
            || name.equals(other.mark())
            || (Files.isRegularFile(path)
                && Files.readString(path, StandardCharsets.ISO_8859_1).contains(other.mark()));
    if (isForeign) {
      throw new AssertionError(owner + " has got " + path + " of " + other);
    }
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
