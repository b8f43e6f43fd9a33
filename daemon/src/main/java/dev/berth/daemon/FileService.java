package dev.berth.daemon;

import dev.berth.lifetime.Deadline;
import dev.berth.server.FileBackend;
import dev.berth.session.Backend;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Folders of this machine: what {@code berth serve} serves. See {@link Service}. */
final class FileService implements Service {
  private final Served.Files started;
  private final FileBackend backend;

  private FileService(Served.Files started) {
    this.started = started;
    this.backend =
        new FileBackend(
            started.settings(), BoundedPasswordCheck.ofThisMachine(), started.accounts());
  }

  static FileService open(Served.Files files) {
    return new FileService(files);
  }

  @Override
  public Backend backend() {
    return backend;
  }

  @Override
  public List<String> reload(Served now) {
    Served.Files files = (Served.Files) now;
    backend.replace(files.accounts());
    return files.settings().equals(started.settings()) ? List.of() : List.of("files");
  }

  /** Nothing goes on behind the sessions. */
  @Override
  public void drain(Deadline deadline) {}

  /** Tidies homes. */
  @Override
  public Instant maintain(Instant now) throws IOException {
    return backend.maintain(now);
  }

  @Override
  public void close() {
    // Nothing is open between two calls of a session.
  }
}
