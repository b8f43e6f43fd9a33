package dev.berth.gateway;

import dev.berth.lifetime.Closer;
import dev.berth.lifetime.Deadline;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Files that are stored and forwarded: taken at once, and brought to one upstream later. Opened and
 * closed with it; any thread may call it.
 */
final class Uploads implements Closeable {
  private static final Logger LOG = System.getLogger(Uploads.class.getName());

  private final Spool spool;
  private final Deliveries deliveries;
  private final KnownFolders folders = new KnownFolders();

  private Uploads(Spool spool, Deliveries deliveries) {
    this.spool = spool;
    this.deliveries = deliveries;
  }

  /**
   * Goes on with what lies there.
   *
   * @param name of the upstream
   * @param pools its connections, by login
   * @throws IOException if the folder cannot be used, or is damaged
   */
  static Uploads open(
      String name, Path folder, Spooling spooling, SpoolRoom room, Deliveries.Connections pools)
      throws IOException {
    Spool spool = new Spool(SpoolFiles.in(folder), room);
    Deliveries deliveries =
        new Deliveries(name, spool, new Receipts(folder), spooling.alarm(), pools);
    Uploads uploads = new Uploads(spool, deliveries);
    try {
      deliveries.start();
    } catch (IOException | RuntimeException e) {
      uploads.close();
      throw e;
    }
    return uploads;
  }

  Spool spool() {
    return spool;
  }

  /** Where its users have been. */
  KnownFolders folders() {
    return folders;
  }

  /**
   * Takes a file over.
   *
   * @throws IOException if it cannot be kept; it is not there then
   */
  void accept(UpstreamAccount account, Path part, Spool.Received received) throws IOException {
    if (spool.accept(account, part, received)) {
      deliveries.start(account.user());
    }
  }

  /** The server has taken a login: what waits for it goes on. */
  void letIn(UpstreamAccount account) {
    try {
      if (spool.logins().renewed(SpoolAccount.of(account))) {
        deliveries.knock(account.user());
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "event=spool-login-not-kept upstream=" + deliveries.upstream(), e);
    }
  }

  /**
   * The login of a user who has files pending, if this is the password by which they are delivered:
   * the server has taken it once, and cannot be asked just now.
   */
  Optional<SpoolAccount> known(String user, String password) {
    byte[] shown = password.getBytes(StandardCharsets.UTF_16BE);
    return spool
        .logins()
        .of(user)
        .filter(it ->
            MessageDigest.isEqual(
                it.login().password().reveal().getBytes(StandardCharsets.UTF_16BE), shown));
  }

  /** Begins no other delivery, and lets those under way end. */
  void drain(Deadline deadline) throws InterruptedException {
    deliveries.drain(deadline);
  }

  @Override
  public void close() throws IOException {
    Closer closer = new Closer();
    closer.register(spool);
    closer.register(deliveries);
    closer.close();
  }
}
