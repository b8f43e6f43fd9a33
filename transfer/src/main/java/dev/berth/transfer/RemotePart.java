package dev.berth.transfer;

import dev.berth.client.FileHash;
import dev.berth.client.FtpConnection;
import dev.berth.client.LocalException;
import dev.berth.client.ReplyException;
import dev.berth.dialects.ListingEntry;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The temporary file of one upload on the server. Confined to the thread that has the task.
 *
 * <p>Invariant: it is only continued at the size that the server tells, and only if the last 64 KiB
 * there are those of the source. By count of what was sent files come out wrong without a word:
 * servers keep less than was sent, and differ in what they make of an offset behind the end (vsftpd
 * 3.0.3 and Apache FtpServer 1.2.1 fill up with zeros, Pure-FTPd 1.0.50 appends elsewhere).
 */
final class RemotePart {
  /** Whatever a network holds of what a killed program has sent is stored after so many looks. */
  private static final int MOST_GROWTHS = 10;

  /** The server still stores what a killed run has sent. */
  static final class StillGrowing extends IOException {
    private static final long serialVersionUID = 1;

    private StillGrowing(RemotePath part) {
      super(part + " is still growing: the server is storing what was sent before");
    }
  }

  /** How the end of what the server has compares with the source. */
  private enum End {
    SAME,
    OTHER,
    /** The same as far as it was, and there was more of it than the server had told. */
    GROWING
  }

  private final Path source;
  private final RemotePath target;
  private final Means means;
  private final List<RemotePath> leftovers; // to be deleted by who has this
  private @Nullable RemotePath path;
  private String mark = ""; // of the source for which the name was taken, if that is big
  private boolean isBig;
  private boolean isNoted; // the journal knows the name
  private boolean mayExist; // STOR was sent, in this run or an earlier one
  private boolean mayBeRenamed; // RNTO may have been sent
  private boolean isDoubtful; // what stands there was looked at, and differs
  private int growths; // so many looks met that it grew
  private long agreed;

  /**
   * @param leftovers gets what is to be deleted on the server
   */
  RemotePart(Path source, RemotePath target, Means means, List<RemotePath> leftovers) {
    this.source = source;
    this.target = target;
    this.means = means;
    this.leftovers = leftovers;
  }

  /** An attempt begins: finds the name, and whether there is something to go on with. */
  void begin(BasicFileAttributes now) {
    isBig = now.size() > Download.BRIEF_BYTES;
    String found = isBig ? now.size() + "@" + now.lastModifiedTime().toInstant() : "";
    if (path != null && isBig && found.equals(mark)) {
      return;
    }
    giveUp();
    mark = found;
    take(newName());
  }

  private RemotePath newName() {
    return target.parent().resolve(TemporaryName.random(means.journal().token()));
  }

  private void take(RemotePath name) {
    path = name;
    mayExist = false;
    mayBeRenamed = false;
    isDoubtful = false;
    agreed = 0;
    if (!isBig) {
      return;
    }
    Journal.Claim claim = means.journal().claim(way(), new Journal.Mark(name.name(), mark));
    isNoted = !(claim instanceof Journal.Claim.Unnoted);
    if (claim instanceof Journal.Claim.Left left
        && TemporaryName.token(left.temporary()).isPresent()) {
      RemotePath before = target.parent().resolve(left.temporary());
      means.leftovers().used(before);
      if (left.isSameSource()) {
        path = before;
        mayExist = true;
      } else {
        leftovers.add(before);
      }
    }
  }

  private Journal.Way way() {
    return new Journal.Way(
        Journal.Direction.UP, target.value(), source.toAbsolutePath().normalize().toString());
  }

  RemotePath path() {
    if (path == null) {
      throw new IllegalStateException("no attempt has begun");
    }
    return path;
  }

  /** How many bytes need not be sent again. */
  long agreed() {
    return agreed;
  }

  /** A STOR to it is about to be sent. */
  void begun() {
    mayExist = true;
    isDoubtful = false;
    agreed = 0;
  }

  /** It is whole, and about to get its final name. */
  void isBeingRenamed() {
    mayBeRenamed = true;
  }

  /** It has its final name. */
  void done() {
    mayExist = false;
    forget();
  }

  private void forget() {
    if (isNoted) {
      means.journal().done(way());
    }
  }

  /**
   * Whether an earlier attempt gave it its final name, and only the reply to that was lost.
   *
   * @param file the source
   */
  boolean hasArrived(FtpConnection connection, FileChannel file) throws IOException {
    if (!isBig || !mayBeRenamed || connection.size(path()).isPresent()) {
      return false;
    }
    mayBeRenamed = false;
    mayExist = false;
    OptionalLong there = connection.size(target);
    if (!there.equals(OptionalLong.of(file.size()))
        || compare(connection, target, file, file.size()) != End.SAME) {
      return false;
    }
    agreed = file.size();
    return true;
  }

  /**
   * How many bytes of the source stand in it: those that the server tells, if their end is that of
   * the source so far. Where there is any doubt it starts anew: 0.
   */
  long agree(FtpConnection connection, FileChannel file) throws IOException {
    agreed = 0;
    if (!mayExist) {
      return 0;
    }
    OptionalLong told = isBig && !isDoubtful ? size(connection) : OptionalLong.empty();
    boolean isUsable =
        told.isPresent()
            && told.getAsLong() > 0
            && told.getAsLong() <= file.size()
            && (told.getAsLong() == file.size() || connection.canContinueStore());
    End end = isUsable ? compare(connection, path(), file, told.getAsLong()) : End.OTHER;
    if (end == End.GROWING && growths < MOST_GROWTHS) {
      growths++;
      throw new StillGrowing(path());
    }
    if (end == End.SAME) {
      agreed = told.getAsLong();
    } else {
      startAnew(connection);
    }
    return agreed;
  }

  private OptionalLong size(FtpConnection connection) throws IOException {
    OptionalLong told = connection.size(path());
    return told.isPresent() ? told : listedSize(connection, path());
  }

  static OptionalLong listedSize(FtpConnection connection, RemotePath file) throws IOException {
    return connection.list(file.parent()).entries().stream()
        .filter(entry -> entry.name().equals(file.name()))
        .map(ListingEntry::sizeBytes)
        .findFirst()
        .orElse(OptionalLong.empty());
  }

  /** Compares the last bytes of what the server has with those of the source so far. */
  private End compare(FtpConnection connection, RemotePath there, FileChannel file, long length)
      throws IOException {
    long from = Math.max(0, length - Download.OVERLAP_BYTES);
    ComparingChannel end = new ComparingChannel(file, from, means.ledger());
    try {
      connection.beginRetrieve(there, from).run(end);
      if (end.position() > length) {
        return End.GROWING;
      }
      return end.position() == length ? End.SAME : End.OTHER;
    } catch (LocalException e) {
      if (!(e.getCause() instanceof ComparingChannel.Differs)) {
        throw e;
      }
      isDoubtful = true;
      if (!connection.isReusable()) {
        throw new IOException(there + " is not as it was sent; it starts anew", e.getCause());
      }
      return End.OTHER;
    } catch (ReplyException e) {
      if (!Verdict.isAnswer(e) || !connection.isReusable()) {
        throw e;
      }
      return hasSameHash(connection, there, file, length) ? End.SAME : End.OTHER;
    }
  }

  /** For servers that do not let us retrieve what we have stored. */
  private static boolean hasSameHash(
      FtpConnection connection, RemotePath there, FileChannel file, long length)
      throws IOException {
    Optional<FileHash> told = connection.hash(there, length);
    return told.isPresent()
        && told.get().algorithm().of(new FirstBytes(file, length)).equals(told.get().hex());
  }

  /** What stands there is of no use: it is deleted, and the next STOR makes another one. */
  void startAnew(FtpConnection connection) throws IOException {
    agreed = 0;
    try {
      connection.delete(path());
      mayExist = false;
      isDoubtful = false;
      mayBeRenamed = false;
    } catch (ReplyException e) {
      if (!Verdict.isAnswer(e) || !connection.isReusable()) {
        throw e;
      }
      // It is not there, or may not be deleted: then what may stand there must not be written to.
      giveUp();
      take(newName());
    }
  }

  /** Whether a failed attempt leaves something that another one may go on with. */
  boolean isWorthKeeping(IOException failure) {
    return isBig
        && switch (failure) {
          case VerificationException wrong -> false;
          case FileSystemException local -> false;
          case FolderMissing nowhere -> false;
          case LocalException local -> local.getCause() instanceof ClosedByInterruptException;
          case ReplyException reply -> mayHaveRoom(reply);
          default -> true;
        };
  }

  /**
   * Whether it was not for the server's own side that a transfer failed (451, 452: a disk is full,
   * often enough): there the part would take room that the next one may need.
   */
  private static boolean mayHaveRoom(ReplyException failure) {
    boolean isAboutTheWay = failure.reply().code() == 425 || failure.reply().code() == 426;
    return switch (failure.command().verb()) {
      case "STOR", "APPE" -> isAboutTheWay || failure.reply().code() == 421;
      default -> !failure.reply().isPermanentNegative();
    };
  }

  /** Nobody is to go on with it. */
  void giveUp() {
    if (path != null && mayExist && !leftovers.contains(path)) {
      leftovers.add(path);
    }
    forget();
    isNoted = false;
    path = null;
    mayExist = false;
    agreed = 0;
  }

  /** The file is given up: tells whether its part may stay for another run. */
  void failed(Cause cause) {
    boolean stays = isNoted && (cause == Cause.SERVER || cause == Cause.NO_CONNECTION);
    if (!stays) {
      giveUp();
    }
  }
}
