package dev.berth.gateway;

import dev.berth.session.BufferShelf;
import dev.berth.session.RelayFailed;
import dev.berth.session.RelayedTransfer;
import dev.berth.transport.DataConnection;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way from a client into the spool: it is there when all of it is on the disk, or not
 * at all. Confined to the session's thread, but for {@link #moved} and {@link #abort}.
 */
final class SpooledUpload implements RelayedTransfer {
  private static final Logger LOG = System.getLogger(SpooledUpload.class.getName());

  private final UpstreamAccount account;
  private final Uploads uploads;
  private final SpoolPath path;
  private final String key;
  private final char type;
  private final BufferShelf buffers;
  private final Path part;
  private final MessageDigest digest;
  private final AtomicLong moved = new AtomicLong(); // bytes
  private long taken; // bytes of the spool's room; confined to the session's thread
  private boolean isKept; // confined to the session's thread
  private @Nullable FileChannel file; // confined to the session's thread

  /**
   * One that has not begun.
   *
   * @param key of the path
   */
  SpooledUpload(
      UpstreamAccount account,
      Uploads uploads,
      SpoolPath path,
      String key,
      char type,
      BufferShelf buffers) {
    this.account = account;
    this.uploads = uploads;
    this.path = path;
    this.key = key;
    this.type = type;
    this.buffers = buffers;
    this.part = uploads.spool().part();
    this.digest = sha256();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Reply begin() throws IOException {
    try {
      file = SpoolFiles.create(part);
    } catch (IOException e) {
      throw notKept(e.toString(), e);
    }
    return Reply.of(150, "Storing it here, for " + account.upstream().name() + ".");
  }

  @Override
  public void move(DataConnection client) throws IOException {
    ByteBuffer buffer = buffers.take();
    try {
      while (client.read(buffer.clear()) >= 0) {
        store(buffer.flip());
      }
    } finally {
      buffers.giveBack(buffer);
    }
  }

  private void store(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    if (!uploads.spool().room().take(count)) {
      throw notKept("the spool is full", null);
    }
    taken += count;
    digest.update(bytes.duplicate());
    try {
      while (bytes.hasRemaining()) {
        opened().write(bytes);
      }
    } catch (IOException e) {
      throw notKept(e.toString(), e);
    }
    moved.addAndGet(count);
  }

  private FileChannel opened() {
    if (file == null) {
      throw new IllegalStateException("not begun");
    }
    return file;
  }

  /** The next attempt goes to the server itself, which may have room. */
  private RelayFailed notKept(String why, @Nullable IOException cause) {
    uploads.spool().doesNotFit(account.user(), key);
    RelayFailed failed =
        new RelayFailed(
            Reply.of(
                452,
                "Not stored: there is no room here. Sent again it goes straight to "
                    + account.upstream().name()
                    + "."));
    LOG.log(
        Level.WARNING,
        "event=spool-full upstream={0} why=\"{1}\"",
        account.upstream().name(),
        Words.oneLine(why).replace('"', '\''));
    if (cause != null) {
      failed.initCause(cause);
    }
    return failed;
  }

  @Override
  public long moved() {
    return moved.get();
  }

  @Override
  public boolean isUpload() {
    return true;
  }

  @Override
  public Reply complete() throws IOException {
    try {
      opened().force(true);
      opened().close();
      String sha256 = HexFormat.of().formatHex(digest.digest());
      uploads.accept(account, part, new Spool.Received(path, type, moved.get(), sha256));
    } catch (IOException e) {
      throw notKept(e.toString(), e);
    }
    isKept = true;
    return Reply.of(226, "Stored here; " + account.upstream().name() + " gets it from here.");
  }

  /** It waits for nothing but its client. */
  @Override
  public void abort() {}

  @Override
  public void close() throws IOException {
    if (isKept) {
      return;
    }
    uploads.spool().room().giveBack(taken);
    taken = 0;
    if (file != null) {
      file.close();
      Files.deleteIfExists(part);
    }
  }
}
