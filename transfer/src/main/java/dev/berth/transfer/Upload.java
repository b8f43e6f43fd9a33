package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.client.LocalException;
import dev.berth.client.ReplyException;
import dev.berth.dialects.ListingEntry;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.transfer.TransferSettings.Permissions;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * One file to the server: into a temporary name, its size asked of the server, renamed. A big one
 * that broke off, in this run or an earlier one, goes on from what the server is seen to have.
 */
final class Upload implements FileTask {
  private static final Logger LOG = System.getLogger(Upload.class.getName());

  private final Path source;
  private final long bytes;
  private final RemotePath target;
  private final Means means;
  private final Ledger ledger;
  private final long startNanos = System.nanoTime();
  private final List<RemotePath> leftovers = new ArrayList<>(); // of ours, to be deleted
  private final List<RemotePath> aside = new ArrayList<>(); // older files, to be deleted when done
  private final RemotePart part;

  Upload(Path source, long bytes, RemotePath target, Means means) {
    this.source = source;
    this.bytes = bytes;
    this.target = target;
    this.means = means;
    this.ledger = means.ledger();
    this.part = new RemotePart(source, target, means, leftovers);
  }

  /**
   * Sends nothing ahead, and is not brief: a server that refuses a STOR may take what comes behind
   * it for data.
   */
  @Override
  public Step begin(FtpConnection connection) {
    return () -> run(connection);
  }

  private void run(FtpConnection connection) throws IOException {
    connection.requireWritable(target);
    BasicFileAttributes before = Files.readAttributes(source, BasicFileAttributes.class);
    try (FileChannel file = FileChannel.open(source, StandardOpenOption.READ)) {
      part.begin(before);
      if (part.hasArrived(connection, file)) {
        finish(connection, before, part.agreed());
        return;
      }
      long sent = store(connection, file);
      checkSource(before, sent);
      means.verification().require(connection, part.path(), file);
      rename(connection, sent);
      finish(connection, before, sent);
    } catch (IOException e) {
      if (!part.isWorthKeeping(e)) {
        part.giveUp();
      }
      throw e instanceof LocalException local ? judged(local) : e;
    } finally {
      discardLeftovers(connection);
    }
  }

  private IOException judged(LocalException failure) {
    boolean isInterrupt = failure.getCause() instanceof ClosedByInterruptException;
    return isInterrupt ? failure : unreadable(failure);
  }

  /** Sends what the server lacks. Returns how many bytes it was sent in all, now and before. */
  private long store(FtpConnection connection, FileChannel file) throws IOException {
    long offset = part.agree(connection, file);
    if (offset > 0 && offset == file.size()) {
      return offset; // Only the word of the server was lost that it has all of it.
    }
    file.position(offset);
    CountingChannel counted = new CountingChannel(file, ledger);
    if (offset > 0) {
      try {
        return offset + connection.continueStore(part.path(), offset).run(counted);
      } catch (ReplyException e) {
        if (counted.moved() > 0 || connection.canContinueStore() || !connection.isReusable()) {
          throw e;
        }
        LOG.log(Level.DEBUG, "event=not-continued file=" + part.path(), e);
        part.startAnew(connection);
        file.position(0);
      }
    }
    part.begun();
    try {
      return connection.beginStore(part.path()).run(counted);
    } catch (ReplyException e) {
      FolderMissing.throwIfSo(connection, target.parent(), e);
      throw e;
    }
  }

  /** A source that cannot be read to its end cannot be read to its end next time. */
  private FileSystemException unreadable(LocalException cause) {
    var failure = new FileSystemException(source.toString(), null, cause.getMessage());
    failure.initCause(cause);
    return failure;
  }

  private void checkSource(BasicFileAttributes before, long sent) throws IOException {
    BasicFileAttributes after = Files.readAttributes(source, BasicFileAttributes.class);
    boolean same =
        after.size() == sent && after.lastModifiedTime().equals(before.lastModifiedTime());
    if (!same) {
      throw new VerificationException(
          source
              + " changed while it was sent: "
              + sent
              + " bytes went, now it has "
              + after.size());
    }
  }

  private void rename(FtpConnection connection, long sent) throws IOException {
    RemotePath temporary = part.path();
    try {
      part.isBeingRenamed();
      OptionalLong told = connection.renameIfWhole(temporary, target, sent);
      if (told.isEmpty()) {
        told = RemotePart.listedSize(connection, temporary);
        if (told.isPresent() && told.getAsLong() == sent) {
          connection.rename(temporary, target);
        }
      }
      if (told.isEmpty() || told.getAsLong() != sent) {
        throw new VerificationException(
            sent
                + " bytes went, the server has "
                + (told.isPresent() ? told.getAsLong() : "not said how many"));
      }
    } catch (ReplyException e) {
      replace(connection, temporary, e);
    }
  }

  /** It stands under its final name. */
  private void finish(FtpConnection connection, BasicFileAttributes before, long sent)
      throws IOException {
    part.done();
    leftovers.addAll(aside);
    aside.clear();
    discardLeftovers(connection);
    connection.attributes().setModified(target, before.lastModifiedTime().toInstant());
    if (means.settings().permissions() == Permissions.KEPT) {
      FilePermissions.send(source, connection, target);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
    end(new FileResult.Done(sent, part.agreed(), took));
  }

  /**
   * Some servers rename to no name that is taken: then the older file steps aside first, and comes
   * back if that was not the reason.
   */
  private void replace(FtpConnection connection, RemotePath temporary, ReplyException refused)
      throws IOException {
    boolean taken =
        refused.reply().isPermanentNegative()
            && refused.command().verb().equals("RNTO")
            && connection.isReusable()
            && connection
                .find(target)
                .filter(it -> it.type() == ListingEntry.Type.FILE)
                .isPresent();
    if (!taken) {
      throw refused;
    }
    // Of no job: if we are killed now, no later run may take it for what a killed job has left.
    RemotePath older = target.parent().resolve(TemporaryName.random());
    connection.rename(target, older);
    aside.add(older);
    try {
      connection.rename(temporary, target);
    } catch (ReplyException e) {
      connection.rename(older, target);
      aside.remove(older);
      throw e;
    }
  }

  /** Deletes what this attempt, and earlier ones whose connection broke, left on the server. */
  private void discardLeftovers(FtpConnection connection) {
    // Intact is enough: one that is to be used no more, as it has TLS 1.3, can still delete.
    while (!leftovers.isEmpty() && connection.isIntact()) {
      RemotePath leftover = leftovers.getLast();
      try {
        connection.delete(leftover);
        leftovers.removeLast();
      } catch (ReplyException e) {
        // Often it never came into being.
        LOG.log(Level.DEBUG, "event=not-discarded file=" + leftover, e);
        leftovers.removeLast();
      } catch (IOException e) {
        // The connection is lost now, and stays so; the next attempt, if any, tries again.
        LOG.log(Level.DEBUG, "event=not-discarded file=" + leftover, e);
      }
    }
  }

  /** What the server is seen to have is not sent again. */
  @Override
  public long progress() {
    return part.agreed();
  }

  /** A part of a big file stays where only the connection failed: the next run goes on with it. */
  @Override
  public void failed(Cause cause, String reason) {
    part.failed(cause);
    for (RemotePath leftover : leftovers) {
      ledger.note("left behind on the server: " + leftover);
    }
    for (RemotePath older : aside) {
      ledger.note("the older " + target + " is on the server as " + older);
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
    return bytes;
  }
}
