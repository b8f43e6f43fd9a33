package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.client.LocalException;
import dev.berth.client.ReplyException;
import dev.berth.client.Retrieval;
import dev.berth.dialects.ListingEntry;
import dev.berth.dialects.Modified;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One file from the server: into a temporary name, checked, renamed. An attempt that broke off is
 * continued where it stopped, within one run of the program.
 */
final class Download implements FileTask {
  /** Files up to this size are worth another command sent ahead. */
  static final long BRIEF_BYTES = 256 * 1024;

  /**
   * A file may have grown since it was listed, to twice its size and more if it is small. What
   * comes beyond that does not end, and would fill the disk.
   */
  private static final long GROWTH_BYTES = 64 * 1024 * 1024;

  static final String CUT =
      "it may have been cut: the server tells no size, and TLS ended without a close_notify";

  private final RemotePath source;
  private final ListingEntry listed;
  private final Path target;
  private final Path temporary;
  private final Ledger ledger;
  private final Room room;
  private final long startNanos = System.nanoTime();
  private long kept; // bytes of earlier attempts that stand in the temporary file
  private long most; // bytes that any attempt has come to
  private long resumed;
  private boolean isMine; // the temporary file was opened here, and by nobody else
  private boolean keepsPermissions;
  private boolean sizeDiffers; // from the listing's, so that SIZE is to be asked

  Download(RemotePath source, ListingEntry listed, Path target, Ledger ledger, Room room) {
    this.source = source;
    this.listed = listed;
    this.target = target;
    this.temporary = target.resolveSibling(TemporaryName.of(target.getFileName().toString()));
    this.ledger = ledger;
    this.room = room;
  }

  /** The same, to have the permissions of its source. */
  Download keepingPermissions() {
    keepsPermissions = true;
    return this;
  }

  @Override
  public Step begin(FtpConnection connection) throws IOException {
    makeTemporary();
    Retrieval retrieval = connection.beginRetrieve(source, kept);
    return () -> run(connection, retrieval);
  }

  /** SIZE cannot be asked while another file is begun behind this one. */
  @Override
  public boolean isBrief() {
    OptionalLong size = listed.sizeBytes();
    return !sizeDiffers && size.isPresent() && size.getAsLong() <= BRIEF_BYTES;
  }

  /** No more than the file is said to have: a server could send a little more for ever. */
  @Override
  public long progress() {
    return Math.min(most, plannedBytes());
  }

  /** What cannot be had here shows before the server is asked, which costs no connection then. */
  private void makeTemporary() throws IOException {
    room.require(target, plannedBytes() - kept);
    FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)
        .close();
  }

  private void run(FtpConnection connection, Retrieval retrieval) throws IOException {
    long offset = kept;
    try (FileChannel file = openOrAbandon(retrieval, offset)) {
      retrieve(retrieval, new CountingChannel(file, ledger, longest() - offset), offset);
    } catch (LocalException e) {
      if (e.getCause() instanceof VerificationException) {
        leaveRoom(e);
      } else if (!(e.getCause() instanceof ClosedByInterruptException)) {
        room.failed();
        leaveRoom(e);
      }
      throw e;
    }
    resumed += offset;
    check(connection, retrieval);
    finish();
  }

  private long longest() {
    OptionalLong size = listed.sizeBytes();
    return size.isEmpty() || size.getAsLong() > Long.MAX_VALUE / 4
        ? Long.MAX_VALUE
        : 2 * size.getAsLong() + GROWTH_BYTES;
  }

  /** What does not fit must not keep others from fitting until it is tried again. */
  private void leaveRoom(LocalException cause) {
    try {
      Files.deleteIfExists(temporary);
      kept = 0;
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private void retrieve(Retrieval retrieval, CountingChannel file, long offset) throws IOException {
    boolean mayResume = true;
    try {
      retrieval.run(file);
    } catch (ReplyException e) {
      mayResume = !e.command().verb().equals("REST");
      throw e;
    } finally {
      kept = mayResume ? offset + file.moved() : 0;
      most = Math.max(most, kept);
    }
  }

  private FileChannel openOrAbandon(Retrieval retrieval, long offset) throws IOException {
    try {
      return open(offset);
    } catch (IOException e) {
      retrieval.abandon();
      throw e;
    }
  }

  /** The temporary file, locked against another program that retrieves to the same place. */
  private FileChannel open(long offset) throws IOException {
    FileChannel file =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    boolean ready = false;
    try {
      if (file.tryLock() == null) {
        throw inUse("another program writes to it");
      }
      isMine = true;
      file.truncate(offset);
      file.position(offset);
      ready = true;
      return file;
    } catch (OverlappingFileLockException e) {
      throw inUse("this program writes to it already");
    } finally {
      if (!ready) {
        file.close();
      }
    }
  }

  private FileSystemException inUse(String why) {
    return new FileSystemException(temporary.toString(), null, why);
  }

  /** The listing's size, or else what the server says now: the file may have grown meanwhile. */
  private void check(FtpConnection connection, Retrieval retrieval) throws IOException {
    OptionalLong size = listed.sizeBytes();
    if (size.isPresent() && size.getAsLong() == kept) {
      return;
    }
    OptionalLong now = connection.isReusable() ? connection.size(source) : OptionalLong.empty();
    boolean whole = now.isPresent() ? now.getAsLong() == kept : size.isEmpty();
    if (whole && now.isEmpty() && !retrieval.endedCleanly()) {
      kept = 0;
      throw new VerificationException(CUT);
    }
    if (!whole) {
      long came = kept;
      kept = 0;
      sizeDiffers = true;
      throw new VerificationException(
          came
              + " bytes came, the listing says "
              + (size.isPresent() ? size.getAsLong() : "nothing")
              + ", SIZE says "
              + (now.isPresent() ? now.getAsLong() : "nothing"));
    }
  }

  private void finish() throws IOException {
    Optional<Modified> modified = listed.modified();
    if (modified.isPresent()) {
      Files.setLastModifiedTime(temporary, FileTime.from(modified.get().earliest()));
    }
    if (keepsPermissions) {
      FilePermissions.set(temporary, listed);
    }
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
    end(new FileResult.Done(kept, Math.min(resumed, kept), took));
  }

  @Override
  public void failed(Cause cause, String reason) {
    try {
      if (isMine) {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      ledger.note("left behind: " + temporary + " (" + e + ")");
    }
    end(new FileResult.Failed(cause, reason));
  }

  private void end(FileResult.Outcome outcome) {
    ledger.ended(new FileResult(sourceName(), targetName(), outcome));
  }

  @Override
  public String sourceName() {
    return source.toString();
  }

  @Override
  public String targetName() {
    return target.toString();
  }

  @Override
  public long plannedBytes() {
    return listed.sizeBytes().orElse(0);
  }
}
