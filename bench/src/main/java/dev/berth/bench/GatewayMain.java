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
import java.util.stream.Stream;

/** {@code bench/gateway}: measures our gateway. README.md tells how to read it. */
public final class GatewayMain {
  private static final long SEED = 20261123;

  private GatewayMain() {}

  /**
   * Measures.
   *
   * @param arguments the root of the checkout, the load client, then the options
   * @throws IOException when something that is measured cannot be run
   */
  public static void main(String[] arguments) throws IOException {
    GatewayOptions options;
    try {
      options = GatewayOptions.of(Arrays.copyOfRange(arguments, 2, arguments.length));
    } catch (IllegalArgumentException e) {
      System.err.println("bench/gateway: " + e.getMessage() + "\n" + GatewayOptions.USAGE);
      System.exit(2);
      return;
    }
    // Also at an interrupt nothing of ours is left.
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
    Path checkout = Path.of(arguments[0]);
    Path work = Files.createTempDirectory(Path.of("/dev/shm"), "berth-gateway-");
    try {
      Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwx--x--x"));
      fill(Files.createDirectory(work.resolve("root")), options);
      measure(checkout, work, new Load(Path.of(arguments[1])), options);
    } finally {
      Contest.remove(work);
    }
  }

  private static void measure(Path checkout, Path work, Load load, GatewayOptions options)
      throws IOException {
    Path launcher = checkout.resolve("berth");
    GatewayTrial trial = new GatewayTrial(load, launcher, work, options);
    for (Contender server : contenders(launcher, options)) {
      List<Comparison> lines = new ArrayList<>();
      if (options.parts().contains(GatewayOptions.Part.BULK)) {
        lines.addAll(trial.bulk(server));
      }
      if (options.parts().contains(GatewayOptions.Part.SMALL)) {
        lines.addAll(trial.small(server));
      }
      if (options.parts().contains(GatewayOptions.Part.CRON)) {
        lines.addAll(trial.cron(server));
      }
      if (!lines.isEmpty()) {
        Comparison.print(System.out, server.name() + ", directly and through the gateway", lines);
      }
      if (options.parts().contains(GatewayOptions.Part.CROWD)) {
        new CrowdTrial(checkout, work, options).run(server).print(System.out, server.name());
      }
    }
  }

  private static List<Contender> contenders(Path launcher, GatewayOptions options) {
    Stream<Contender> others =
        Arrays.stream(PeerKind.values()).map(kind -> new Contender.Other(kind));
    return Stream.concat(others, Stream.of(new Contender.Ours("berth", launcher, List.of())))
        .filter(it -> options.servers().contains(it.name()))
        .toList();
  }

  private static void fill(Path root, GatewayOptions options) throws IOException {
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    Random random = new Random(SEED);
    Path folder = Files.createDirectory(root.resolve("small"));
    byte[] content = new byte[1024];
    for (int i = 0; i < GatewayTrial.SMALL_FILES; i++) {
      random.nextBytes(content);
      Files.write(folder.resolve("" + i), content);
      Files.write(root.resolve("" + i), content);
    }
    if (!options.parts().contains(GatewayOptions.Part.BULK)) {
      return;
    }
    byte[] block = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(root.resolve("big"))) {
      for (long left = options.bytes(); left > 0; left -= block.length) {
        random.nextBytes(block);
        out.write(block, 0, (int) Math.min(left, block.length));
      }
    }
  }
}
