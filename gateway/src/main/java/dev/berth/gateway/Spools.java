package dev.berth.gateway;

import dev.berth.client.Login;
import dev.berth.lifetime.Deadline;
import dev.berth.pool.ServerPools;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What of one upstream's files may lie here for a time. Opened and closed with it.
 *
 * @param uploads that are stored and forwarded
 * @param downloads that are taken ahead of their clients
 */
record Spools(Optional<Uploads> uploads, Optional<Downloads> downloads) implements Closeable {
  /**
   * As settings want it.
   *
   * @throws IOException if the folder cannot be used, or is damaged
   */
  static Spools open(
      UpstreamSettings settings, GatewayTerms terms, ServerPools pools, Consumer<Login> refused)
      throws IOException {
    Spooling spooling = settings.spooling();
    Optional<Path> folder =
        switch (spooling.place()) {
          case Spooling.Place.Usual usual -> terms.usualSpool();
          case Spooling.Place.Folder(Path path) -> Optional.of(path);
        };
    Optional<Path> own = folder.map(path -> path.resolve(settings.name()));
    if (own.isEmpty() && spooling.ofUploads()) {
      throw new IllegalArgumentException("a spool of uploads needs a folder");
    }
    SpoolRoom room = new SpoolRoom(spooling.roomBytes());
    return new Spools(
        spooling.ofUploads()
            ? Optional.of(
                Uploads.open(
                    settings.name(),
                    own.get(),
                    spooling,
                    room,
                    new Deliveries.Connections(
                        account -> pools.pool(account.login()),
                        settings.turns()::shareOfDeliveries,
                        refused)))
            : Optional.empty(),
        spooling.ofDownloads() && settings.pooling() == UpstreamSettings.Pooling.TRANSFER
            ? own.map(path -> new Downloads(path, spooling.mostBytes(), room))
            : Optional.empty());
  }

  /** Lets the deliveries that are under way end, and begins no other. */
  void drain(Deadline deadline) throws InterruptedException {
    if (uploads.isPresent()) {
      uploads.get().drain(deadline);
    }
  }

  @Override
  public void close() throws IOException {
    if (uploads.isPresent()) {
      uploads.get().close();
    }
  }
}
