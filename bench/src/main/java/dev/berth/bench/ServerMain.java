package dev.berth.bench;

import dev.berth.testkit.PeerKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** {@code bench/servers}: measures our server beside others. README.md tells how to read it. */
public final class ServerMain {
  private static final String USAGE =
      "usage: bench/servers [--rounds N] [--part files|small|sessions|refusals|idle]..."
          + " [--server NAME]... [--java-option OPTION]...";
  private static final long SEED = 20260201;

  /** What is to be measured. */
  private static final class Wishes {
    private final List<String> parts = new ArrayList<>();
    private final List<String> servers = new ArrayList<>();
    private final List<String> javaOptions = new ArrayList<>();
    private int rounds = 3;

    private Wishes(String[] words) {
      for (int i = 0; i < words.length; i += 2) {
        if (i + 1 == words.length) {
          throw new IllegalArgumentException(words[i] + " needs a value");
        }
        switch (words[i]) {
          case "--part" -> parts.add(words[i + 1]);
          case "--server" -> servers.add(words[i + 1]);
          case "--java-option" -> javaOptions.add(words[i + 1]);
          case "--rounds" -> rounds = Integer.parseInt(words[i + 1]);
          default -> throw new IllegalArgumentException("unknown option: " + words[i]);
        }
      }
    }

    private boolean has(String part) {
      return parts.isEmpty() || parts.contains(part);
    }
  }

  private ServerMain() {}

  /**
   * Measures.
   *
   * @param arguments the root of the checkout, the load client, then the options
   * @throws IOException when something that is measured cannot be run
   */
  public static void main(String[] arguments) throws IOException {
    Wishes wishes;
    try {
      wishes = new Wishes(Arrays.copyOfRange(arguments, 2, arguments.length));
    } catch (IllegalArgumentException e) {
      System.err.println("bench/servers: " + e.getMessage() + "\n" + USAGE);
      System.exit(2);
      return;
    }
    CpuMeter.tidy();
    Path work = Files.createTempDirectory(Path.of("/dev/shm"), "berth-servers-");
    try {
      Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwx--x--x"));
      Path root = Files.createDirectory(work.resolve("root"));
      fill(root, wishes.has("files") || wishes.has("refusals"));
      var trial = new ServerTrial(new Load(Path.of(arguments[1])), root, wishes.rounds);
      run(wishes, trial, contenders(Path.of(arguments[0]), wishes));
    } finally {
      Contest.remove(work);
    }
  }

  private static void run(Wishes wishes, ServerTrial trial, List<Contender> contenders)
      throws IOException {
    if (wishes.has("files")) {
      trial.files(contenders);
    }
    if (wishes.has("small")) {
      trial.small(contenders);
    }
    if (wishes.has("sessions")) {
      trial.sessions(contenders);
    }
    if (wishes.has("refusals")) {
      trial.refusals(contenders);
    }
    if (wishes.has("idle")) {
      trial.idle(contenders);
    }
  }

  private static List<Contender> contenders(Path checkout, Wishes wishes) {
    List<Contender> all = new ArrayList<>();
    all.add(new Contender.Ours("berth", checkout.resolve("berth"), wishes.javaOptions));
    for (PeerKind kind : PeerKind.values()) {
      all.add(new Contender.Other(kind));
    }
    return all.stream()
        .filter(it -> wishes.servers.isEmpty() || wishes.servers.contains(it.name()))
        .toList();
  }

  private static void fill(Path root, boolean big) throws IOException {
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    Random random = new Random(SEED);
    Path folder = Files.createDirectory(root.resolve("small"));
    byte[] content = new byte[1024];
    for (int i = 0; i < ServerTrial.SMALL_FILES; i++) {
      random.nextBytes(content);
      Files.write(folder.resolve("" + i), content);
    }
    if (!big) {
      return;
    }
    byte[] block = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(root.resolve("big"))) {
      for (long left = ServerTrial.BIG_BYTES; left > 0; left -= block.length) {
        random.nextBytes(block);
        out.write(block);
      }
    }
  }
}
