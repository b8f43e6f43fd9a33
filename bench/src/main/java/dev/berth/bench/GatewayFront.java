package dev.berth.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts {@code berth gateway} as it is shipped, with a settings file, and with folders of its own:
 * it knows nothing yet, and shares its connections with nobody.
 *
 * @param launcher {@code ./berth} of the checkout
 * @param folder in which each gets a folder
 * @param protection of the way to the server; clients may choose theirs
 * @param lines further settings of the upstream
 */
record GatewayFront(Path launcher, Path folder, Protection protection, List<String> lines)
    implements Front.Opening {
  GatewayFront {
    lines = List.copyOf(lines);
  }

  /** Whether a transfer is encrypted, on both ways. */
  enum Protection {
    /** Not at all. */
    PLAIN("off"),
    /** Both connections of a transfer, by AUTH TLS. */
    TLS("require");

    private final String upstream;

    Protection(String upstream) {
      this.upstream = upstream;
    }

    /** For the load client, and in the tables. */
    String word() {
      return this == PLAIN ? "plain" : "tls";
    }
  }

  @Override
  public Front open(InetSocketAddress server) throws IOException {
    Path own = Files.createTempDirectory(folder, "gateway-");
    Path settings = own.resolve("gateway.toml");
    Files.writeString(
        settings,
        """
        listen = "127.0.0.1:0"
        [tls]
        self-signed = true
        [[upstream]]
        name = "far"
        address = "127.0.0.1:%d"
        default = true
        tls = "%s"
        tls-trust = "any"
        %s
        """
            .formatted(server.getPort(), protection.upstream, String.join("\n", lines)));
    ProcessBuilder builder =
        new ProcessBuilder(launcher.toString(), "gateway", "--config=" + settings);
    builder.environment().put("BERTH_STATE_DIR", own.resolve("state").toString());
    builder.environment().put("BERTH_SHARE_DIR", own.resolve("share").toString());
    return Front.Program.thatTells(builder);
  }
}
