package dev.berth.daemon;

import dev.berth.lifetime.Deadline;
import dev.berth.session.Backend;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * What stands behind the sessions of a {@link RunningServer}, which opens, reloads and closes it;
 * only {@link #maintain} may be called by another thread.
 */
sealed interface Service extends Closeable permits FileService, GatewayService {
  /** Starts it; nothing is connected to yet. */
  static Service open(Served served) throws IOException {
    return switch (served) {
      case Served.Files files -> FileService.open(files);
      case Served.Upstreams upstreams -> GatewayService.open(upstreams);
    };
  }

  /** What the sessions talk to. */
  Backend backend();

  /**
   * Goes on with what was read again, as far as that can be.
   *
   * @param now of the kind that it was opened with
   * @return the keys that have changed since the start and do not hold before a new one
   */
  List<String> reload(Served now);

  /** Nobody is served any more: lets what is under way behind the sessions end. */
  void drain(Deadline deadline) throws InterruptedException;

  /** Does what is due; returns when to come again. */
  Instant maintain(Instant now) throws IOException;
}
