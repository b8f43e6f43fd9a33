package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.client.LocalException;
import dev.berth.client.ReplyException;
import dev.berth.client.Retrieval;
import dev.berth.dialects.ListingEntry;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.wire.RemoteLocation;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One file from the server, written to a channel that cannot go back. An attempt that broke off is
 * continued at the byte where it stopped, provided that the file is still the same; no byte is
 * written twice.
 */
final class Showing implements Task {
  static final String TARGET = "-";

  private final RemoteLocation source;
  private final WritableByteChannel target;
  private final Ledger ledger;
  private final long startNanos = System.nanoTime();
  private Optional<ListingEntry> first = Optional.empty(); // as the first attempt found it
  private String name; // the whole pathname, once the server has told where it begins
  private long written;
  private long resumed; // bytes of attempts that broke off
  private String lastFailure = "";
  private boolean isTargetBroken;
  private boolean endedCleanly; // the last attempt

  Showing(RemoteLocation source, WritableByteChannel target, Ledger ledger) {
    this.source = source;
    this.target = target;
    this.ledger = ledger;
    this.name = Words.of(source);
  }

  @Override
  public Step begin(FtpConnection connection) {
    return () -> run(connection);
  }

  /** Whether nobody takes what would be written next. */
  boolean isTargetBroken() {
    return isTargetBroken;
  }

  /** No more than the file is said to have: a server could send a little more for ever. */
  @Override
  public long progress() {
    return Math.min(written, size().orElse(written));
  }

  private OptionalLong size() {
    return first.map(ListingEntry::sizeBytes).orElse(OptionalLong.empty());
  }

  private void run(FtpConnection connection) throws IOException {
    try {
      show(connection);
    } catch (LocalException e) {
      switch (e.getCause()) {
        case ClosedByInterruptException interrupt -> throw e;
        case VerificationException tooMuch -> failed(Cause.VERIFICATION, Words.of(tooMuch));
        case null, default -> {
          isTargetBroken = true;
          failed(Cause.LOCAL, Words.of(e));
        }
      }
    } catch (ReplyException e) {
      if (e.command().verb().equals("REST") && e.reply().isPermanentNegative()) {
        failed(
            Cause.SERVER,
            "it broke off after %d bytes (%s), and the server cannot go on from there: %s"
                .formatted(written, lastFailure, Words.of(e)));
        return;
      }
      throw noted(e);
    } catch (IOException e) {
      throw noted(e);
    }
  }

  private IOException noted(IOException failure) {
    lastFailure = Words.of(failure);
    return failure;
  }

  private void show(FtpConnection connection) throws IOException {
    RemotePath path = source.in(connection.loginFolder());
    name = path.toString();
    Optional<ListingEntry> found = connection.find(path);
    Optional<String> fault = written == 0 ? unfit(found) : changed(found);
    if (fault.isPresent()) {
      failed(written == 0 ? Cause.SERVER : Cause.VERIFICATION, fault.get());
      return;
    }
    if (written == 0) {
      first = found;
    }
    if (written == 0 || size().isEmpty() || size().getAsLong() != written) {
      retrieve(connection, path);
      if (!isWhole(connection, path)) {
        return;
      }
    } // Else all had come but the server's word that this was all, which its size has told now.
    Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
    end(new FileResult.Done(written, resumed, took));
  }

  private static Optional<String> unfit(Optional<ListingEntry> found) {
    if (found.isEmpty()) {
      return Optional.of("the server knows no such file");
    }
    return found.get().type() == ListingEntry.Type.FOLDER
        ? Optional.of("it is a folder: use ls, or mirror")
        : Optional.empty();
  }

  private Optional<String> changed(Optional<ListingEntry> found) {
    boolean same =
        found.map(ListingEntry::sizeBytes).equals(first.map(ListingEntry::sizeBytes))
            && found.flatMap(ListingEntry::modified).equals(first.flatMap(ListingEntry::modified));
    return same
        ? Optional.empty()
        : Optional.of(
            "it broke off after %d bytes (%s), and the file has changed since"
                .formatted(written, lastFailure));
  }

  private void retrieve(FtpConnection connection, RemotePath path) throws IOException {
    long offset = written;
    Retrieval retrieval = connection.beginRetrieve(path, offset);
    retrieval.run(new Onward());
    resumed = offset;
    endedCleanly = retrieval.endedCleanly();
  }

  /**
   * The size as it was before, or else what the server says now: the file may have grown meanwhile.
   * Too little is continued; what is too much cannot be taken back.
   */
  private boolean isWhole(FtpConnection connection, RemotePath path) throws IOException {
    if (size().isPresent() && size().getAsLong() == written) {
      return true;
    }
    OptionalLong now = connection.isReusable() ? connection.size(path) : OptionalLong.empty();
    OptionalLong expected = now.isPresent() ? now : size();
    if (expected.isEmpty() && !endedCleanly) {
      failed(Cause.VERIFICATION, Download.CUT);
      return false;
    }
    if (expected.isEmpty() || expected.getAsLong() == written) {
      return true;
    }
    String words = written + " bytes came, the server says " + expected.getAsLong();
    if (written < expected.getAsLong()) {
      throw new VerificationException(words);
    }
    failed(Cause.VERIFICATION, words);
    return false;
  }

  @Override
  public void failed(Cause cause, String reason) {
    end(new FileResult.Failed(cause, reason));
  }

  private void end(FileResult.Outcome outcome) {
    ledger.ended(new FileResult(name, TARGET, outcome));
  }

  /**
   * Passes bytes on and counts them. Continued, it takes no more than the file has: a server that
   * says yes to REST and then sends all from the beginning must not be believed.
   */
  private final class Onward implements WritableByteChannel {
    private final boolean isContinued = written > 0;

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      int count = bytes.remaining();
      if (isContinued && size().isPresent() && written + count > size().getAsLong()) {
        throw new VerificationException("asked to go on, the server sent more than the rest");
      }
      while (bytes.hasRemaining()) {
        target.write(bytes);
      }
      written += count;
      ledger.moved(count);
      return count;
    }

    @Override
    public boolean isOpen() {
      return target.isOpen();
    }

    /** The target stays open: it is the caller's. */
    @Override
    public void close() {}
  }
}
