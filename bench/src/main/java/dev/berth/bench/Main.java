package dev.berth.bench;

import dev.berth.bench.Options.Part;
import dev.berth.testkit.FileTree;
import dev.berth.testkit.Peer;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.Peers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** {@code bench/run}: measures, and prints tables to standard output, notes to standard error. */
public final class Main {
  private static final int LIMIT = 2;
  private static final int SMALL_BYTES = 1024;
  private static final int FOLDERS = 10;
  private static final long BIG_BYTES = 1L << 30;
  private static final int START_ROUNDS_EACH = 7;
  private static final long SEED = 20260201;

  private final Path checkout;
  private final Options options;
  private final Path work;
  private final PrintStream notes;
  private final Table table;

  private Main(Path checkout, Options options, Path work, PrintStream out, PrintStream notes) {
    this.checkout = checkout;
    this.options = options;
    this.work = work;
    this.notes = notes;
    this.table = new Table(out);
  }

  /**
   * Measures.
   *
   * @param arguments the root of the checkout, then the options
   * @throws IOException when something that is measured cannot be run
   */
  public static void main(String[] arguments) throws IOException {
    Options options;
    try {
      options = Options.of(Arrays.copyOfRange(arguments, 1, arguments.length));
    } catch (IllegalArgumentException e) {
      System.err.println("bench/run: " + e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    Path work = Files.createTempDirectory(Path.of("/dev/shm"), "berth-bench-");
    try {
      // The servers' account must get through to what they serve.
      Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwx--x--x"));
      new Main(Path.of(arguments[0]), options, work, System.out, System.err).run();
    } finally {
      Contest.remove(work);
    }
  }

  private void run() throws IOException {
    if (options.parts().contains(Part.START)) {
      start();
    }
    boolean files = options.parts().stream().anyMatch(part -> part != Part.START);
    for (PeerKind kind :
        files ? List.of(PeerKind.VSFTPD, PeerKind.PURE_FTPD) : List.<PeerKind>of()) {
      Path served = Files.createDirectory(work.resolve(kind.toString()));
      try (Peer peer = Peers.start(kind, PeerSettings.plain().perAddress(LIMIT).root(served))) {
        Path scratch = Files.createDirectory(work.resolve(kind + "-scratch"));
        small(peer, scratch);
        big(peer, scratch);
      }
      Contest.remove(served);
    }
  }

  private void small(Peer peer, Path scratch) throws IOException {
    boolean down = options.parts().contains(Part.SMALL);
    boolean up = options.parts().contains(Part.UP);
    FileTree tree =
        FileTree.of(SEED, new FileTree.Shape(FOLDERS, options.files() / FOLDERS, SMALL_BYTES));
    List<String> files = tree.files().stream().map(FileTree.Entry::path).toList();
    String what = files.size() + " files of 1 KiB";
    if (down) {
      Path source = peer.root().resolve("small");
      tree.writeTo(source);
      peer.own();
      Errand errand =
          errand(Errand.Direction.DOWN, peer, "/small", work.resolve("got"), files, scratch);
      contest(what + " from " + peer.kind(), Table.Unit.FILES, files.size(), errand);
    }
    if (up) {
      Path source = work.resolve("small");
      tree.writeTo(source);
      Errand errand = errand(Errand.Direction.UP, peer, "/up", source, files, scratch);
      contest(what + " to " + peer.kind(), Table.Unit.FILES, files.size(), errand);
      Contest.remove(source);
    }
  }

  private void big(Peer peer, Path scratch) throws IOException {
    List<String> file = List.of("big.bin");
    double megabytes = BIG_BYTES / 1e6;
    if (options.parts().contains(Part.BIG)) {
      writeBig(peer.root().resolve("big"));
      peer.own();
      Errand errand =
          errand(Errand.Direction.DOWN, peer, "/big", work.resolve("got"), file, scratch);
      contest("1 file of 1 GiB from " + peer.kind(), Table.Unit.MEGABYTES, megabytes, errand);
      Contest.remove(peer.root().resolve("big"));
    }
    if (options.parts().contains(Part.UP)) {
      Path source = work.resolve("big");
      writeBig(source);
      Errand errand = errand(Errand.Direction.UP, peer, "/up", source, file, scratch);
      contest("1 file of 1 GiB to " + peer.kind(), Table.Unit.MEGABYTES, megabytes, errand);
      Contest.remove(source);
    }
  }

  private static Errand errand(
      Errand.Direction direction,
      Peer peer,
      String remote,
      Path local,
      List<String> files,
      Path scratch) {
    return new Errand(direction, peer, remote, local, files, scratch);
  }

  private void contest(String title, Table.Unit unit, double amount, Errand errand)
      throws IOException {
    notes.println(title);
    Map<String, Samples> results = new Contest(errand, clients(), notes).run(options.rounds());
    String whole = "whole";
    table.print(title + ", at most " + LIMIT + " connections", unit, amount, whole, results);
    Contest.remove(errand.isDown() ? errand.local() : errand.peer().root().resolve("up"));
  }

  private List<Client> clients() {
    Path java = Path.of(ProcessHandle.current().info().command().orElse("java"));
    return List.of(
        new Berth(checkout.resolve("berth")),
        new Lftp(Lftp.Way.MIRROR),
        new Lftp(Lftp.Way.MIRROR_AHEAD),
        new Lftp(Lftp.Way.HALVES),
        new Curl(),
        new Rclone(),
        new CommonsNet(java, System.getProperty("java.class.path")));
  }

  private static void writeBig(Path folder) throws IOException {
    Files.createDirectories(folder);
    byte[] block = new byte[1 << 20];
    Random random = new Random(SEED);
    try (OutputStream out = Files.newOutputStream(folder.resolve("big.bin"))) {
      for (long left = BIG_BYTES; left > 0; left -= block.length) {
        random.nextBytes(block);
        out.write(block);
      }
    }
  }

  private void start() throws IOException {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put(Berth.NAME, List.of(checkout.resolve("berth").toString(), "--version"));
    commands.put("lftp", List.of("lftp", "--version"));
    commands.put("curl", List.of("curl", "--version"));
    commands.put("rclone", List.of("rclone", "version"));
    Map<String, Samples> results = new LinkedHashMap<>();
    commands.keySet().forEach(name -> results.put(name, new Samples()));
    Path scratch = Files.createDirectory(work.resolve("start"));
    for (int round = 0; round <= options.rounds() * START_ROUNDS_EACH; round++) {
      for (Map.Entry<String, List<String>> command : commands.entrySet()) {
        Processes.Ended ended = Processes.timed(command.getValue(), scratch);
        Samples samples = results.get(command.getKey());
        if (samples != null && round > 0) {
          samples.add(ended.wallSeconds(), ended.cpuSeconds());
        }
      }
    }
    table.print("Start: --version", Table.Unit.SECONDS, 0, "done", results);
  }
}
