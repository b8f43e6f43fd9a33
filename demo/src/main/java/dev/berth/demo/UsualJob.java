package dev.berth.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A job as cron has many: it fetches one file after the other, with a connection for each, and goes
 * on when one fails. Its client is the JDK's own, which knows nothing of Berth.
 */
final class UsualJob {
  private static final int BOUND_MILLIS = (int) Duration.ofSeconds(20).toMillis();

  private final InetSocketAddress server;
  private final String folder;
  private final Path target;

  /**
   * A job that has not begun.
   *
   * @param folder which folder of the server to fetch
   * @param target the folder for its files; there already
   */
  UsualJob(InetSocketAddress server, String folder, Path target) {
    this.server = server;
    this.folder = folder;
    this.target = target;
  }

  /** Fetches all it can; answers what was said first of a failure. */
  Optional<String> run(List<String> names) {
    Optional<String> said = Optional.empty();
    for (String name : names) {
      try {
        fetch(name);
      } catch (IOException e) {
        said = said.or(() -> Optional.of(String.valueOf(e.getMessage())));
      }
    }
    return said;
  }

  private void fetch(String name) throws IOException {
    URLConnection connection = url(name).toURL().openConnection();
    connection.setConnectTimeout(BOUND_MILLIS);
    connection.setReadTimeout(BOUND_MILLIS);
    connection.setUseCaches(false);
    try (InputStream content = connection.getInputStream()) {
      Files.copy(content, target.resolve(name));
    }
  }

  private URI url(String name) {
    return URI.create(
        "ftp://"
            + DemoServer.USER
            + ":"
            + DemoServer.PASSWORD
            + "@"
            + server.getAddress().getHostAddress()
            + ":"
            + server.getPort()
            + "/"
            + folder
            + "/"
            + name
            + ";type=i");
  }
}
