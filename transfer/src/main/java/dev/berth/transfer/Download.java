package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.client.LocalException;
import dev.berth.client.ReplyException;
import dev.berth.client.Retrieval;
import dev.berth.dialects.ListingEntry;
import dev.berth.dialects.Modified;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.transfer.TransferSettings.Permissions;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One file from the server: into a temporary name, checked, renamed. An attempt that broke off is
 * continued where it stopped; one of an earlier run too, if the journal says that it is of this
 * source, and what comes again agrees with it.
 */
final class Download implements FileTask {
  /**
   * Files up to this size are worth another command sent ahead, and not worth a note in the
   * journal.
   */
  static final long BRIEF_BYTES = 256 * 1024;

  /**
   * A file may have grown since it was listed, to twice its size and more if it is small. What
   * comes beyond that does not end, and would fill the disk.
   */
  private static final long GROWTH_BYTES = 64 * 1024 * 1024;

  static final String CUT =
      "it may have been cut: the server tells no size, and TLS ended without a close_notify";

  /** So much of a part comes again and is compared before what lies behind it is believed. */
  static final long OVERLAP_BYTES = 64 * 1024;

  private final RemotePath source;
  private final ListingEntry listed;
  private final Path target;
  private final LocalPart part;
  private final Means means;
  private final Ledger ledger;
  private final long startNanos = System.nanoTime();
  private boolean isClaimed; // the journal was asked
  private boolean isNoted; // and knows of it
  private boolean isProven; // the bytes kept came in this run, or have been compared
  private long kept; // bytes of earlier attempts that stand in the temporary file
  private long came; // bytes of the last attempt that brought any, compared ones too
  private long most; // bytes that any attempt has come to
  private long resumed;
  private boolean isWorthKeeping = true; // another run may go on where this one stopped
  private boolean sizeDiffers; // from the listing's, so that SIZE is to be asked

  Download(RemotePath source, ListingEntry listed, Path target, Means means) {
    this.source = source;
    this.listed = listed;
    this.target = target;
    this.part = new LocalPart(target);
    this.means = means;
    this.ledger = means.ledger();
  }

  @Override
  public Step begin(FtpConnection connection) throws IOException {
    recall();
    means.room().require(target, plannedBytes() - kept);
    if (isSettledBySize()) {
      return () -> settle(connection);
    }
    part.make();
    long offset = kept - overlap();
    Retrieval retrieval = connection.beginRetrieve(source, offset);
    return () -> run(connection, retrieval, offset);
  }

  /**
   * Asks the journal, once, for what an earlier run has left; so much is noted before bytes move.
   */
  private void recall() {
    if (isClaimed || !isResumable()) {
      return;
    }
    isClaimed = true;
    Journal.Claim claim =
        means.journal().claim(way(), new Journal.Mark(part.name(), sourceMark().orElse("")));
    isNoted = !(claim instanceof Journal.Claim.Unnoted);
    boolean isSame =
        claim instanceof Journal.Claim.Left left && left.isSameSource() && sourceMark().isPresent();
    long length = isSame ? part.length() : 0;
    kept = length <= plannedBytes() ? length : 0;
    most = kept;
  }

  private boolean isResumable() {
    return plannedBytes() > BRIEF_BYTES;
  }

  private Journal.Way way() {
    return new Journal.Way(
        Journal.Direction.DOWN, source.value(), target.toAbsolutePath().normalize().toString());
  }

  /** The size and the time that the listing tells; without both nobody could see a change. */
  private Optional<String> sourceMark() {
    return listed.modified().map(time -> plannedBytes() + "@" + time.iso8601());
  }

  /**
   * Of an earlier run's part 64 KiB are compared. Of our own no more than half of what the last
   * attempt brought: else a server that cuts each attempt after some bytes would never be done.
   */
  private long overlap() {
    if (!isResumable()) {
      return 0;
    }
    long wanted = isProven ? Math.min(OVERLAP_BYTES, came / 2) : OVERLAP_BYTES;
    return Math.min(wanted, kept);
  }

  /** All bytes have come, and only the word of the server was lost, that these were all. */
  private boolean isSettledBySize() {
    return isProven && kept > 0 && listed.sizeBytes().equals(OptionalLong.of(kept));
  }

  private void settle(FtpConnection connection) throws IOException {
    sizeDiffers = !connection.size(source).equals(OptionalLong.of(kept));
    if (sizeDiffers) {
      kept = 0;
      throw new IOException(source + " is complete here, and its size has changed at the server");
    }
    try (FileChannel file = part.open(kept)) {
      resumed = kept;
      finish(connection, file);
    }
  }

  /** SIZE cannot be asked while another file is begun behind this one. */
  @Override
  public boolean isBrief() {
    OptionalLong size = listed.sizeBytes();
    return !sizeDiffers
        && means.verification().isBySize()
        && size.isPresent()
        && size.getAsLong() <= BRIEF_BYTES
        && !isSettledBySize();
  }

  /** No more than the file is said to have: a server could send a little more for ever. */
  @Override
  public long progress() {
    return Math.min(most, plannedBytes());
  }

  private void run(FtpConnection connection, Retrieval retrieval, long offset) throws IOException {
    try (FileChannel file = openOrAbandon(retrieval)) {
      Seam seam = new Seam(file, offset, kept, longest(), ledger);
      retrieve(retrieval, seam);
      resumed = offset;
      check(connection, retrieval);
      finish(connection, file);
    } catch (LocalException e) {
      throw judged(e);
    } catch (ReplyException e) {
      isWorthKeeping &= !e.reply().isPermanentNegative();
      throw e;
    }
  }

  private long longest() {
    OptionalLong size = listed.sizeBytes();
    return size.isEmpty() || size.getAsLong() > Long.MAX_VALUE / 4
        ? Long.MAX_VALUE
        : 2 * size.getAsLong() + GROWTH_BYTES;
  }

  private FileChannel openOrAbandon(Retrieval retrieval) throws IOException {
    try {
      return part.open(kept);
    } catch (IOException e) {
      retrieval.abandon();
      throw e;
    }
  }

  private void retrieve(Retrieval retrieval, Seam seam) throws IOException {
    boolean isFirst = kept == 0;
    boolean mayResume = true;
    try {
      retrieval.run(seam);
      if (!seam.isPassed()) {
        mayResume = false;
        throw new IOException(source + " is shorter now than what was kept of it; it starts anew");
      }
    } catch (ReplyException e) {
      mayResume = !e.command().verb().equals("REST");
      throw e;
    } finally {
      came = seam.came() > 0 ? seam.came() : came;
      isProven |= isFirst || seam.isPassed();
      kept = mayResume ? seam.reached() : 0;
      most = Math.max(most, kept);
    }
  }

  /** What our own side's failure means for the bytes that stand here. */
  private IOException judged(LocalException failure) {
    if (failure.getCause() instanceof ComparingChannel.Differs) {
      kept = 0;
      return new IOException(
          source + " is not what was kept of it any more; it starts anew", failure.getCause());
    }
    if (failure.getCause() instanceof VerificationException) {
      leaveRoom(failure);
    } else if (!(failure.getCause() instanceof ClosedByInterruptException)) {
      means.room().failed();
      leaveRoom(failure);
    }
    return failure;
  }

  /** What does not fit must not keep others from fitting until it is tried again. */
  private void leaveRoom(LocalException cause) {
    try {
      part.discard();
      kept = 0;
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
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
      throw startingAnew(new VerificationException(CUT));
    }
    if (!whole) {
      long length = kept;
      sizeDiffers = true;
      throw startingAnew(
          new VerificationException(
              length
                  + " bytes came, the listing says "
                  + (size.isPresent() ? size.getAsLong() : "nothing")
                  + ", SIZE says "
                  + (now.isPresent() ? now.getAsLong() : "nothing")));
    }
  }

  private VerificationException startingAnew(VerificationException wrong) {
    kept = 0;
    isWorthKeeping = false;
    return wrong;
  }

  /** Compares more than the size if that is asked for, and gives the file its time and name. */
  private void finish(FtpConnection connection, FileChannel file) throws IOException {
    try {
      means.verification().require(connection, source, file);
    } catch (VerificationException e) {
      throw startingAnew(e);
    }
    Optional<Modified> modified = listed.modified();
    if (modified.isPresent()) {
      Files.setLastModifiedTime(part.path(), FileTime.from(modified.get().earliest()));
    }
    if (means.settings().permissions() == Permissions.KEPT) {
      FilePermissions.set(part.path(), listed);
    }
    part.rename();
    forget();
    Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
    end(new FileResult.Done(kept, Math.min(resumed, kept), took));
  }

  private void forget() {
    if (isNoted) {
      means.journal().done(way());
    }
  }

  /** A part of a big file stays where only the connection failed: the next run goes on with it. */
  @Override
  public void failed(Cause cause, String reason) {
    boolean stays =
        isNoted
            && kept > BRIEF_BYTES
            && isWorthKeeping
            && (cause == Cause.SERVER || cause == Cause.NO_CONNECTION);
    try {
      if (!stays) {
        part.discard();
        forget();
      }
    } catch (IOException e) {
      ledger.note("left behind: " + part.path() + " (" + e + ")");
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
