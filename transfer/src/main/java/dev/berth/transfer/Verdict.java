package dev.berth.transfer;

import dev.berth.client.FolderUnreadable;
import dev.berth.client.ListingTooLarge;
import dev.berth.client.LocalException;
import dev.berth.client.ReplyException;
import dev.berth.dialects.Refusal;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.util.Optional;

/** What a failed attempt means for its task: whether another one is worth it. */
enum Verdict {
  /** The same would happen again. */
  GIVE_UP(1),
  /** Something that may pass: a busy file, a broken connection. */
  TRY_AGAIN(5),
  /** It arrived wrong: once may be chance. */
  TRY_ONCE_MORE(2),
  /**
   * This side failed. Perhaps the disk is full of a file that is being given up just now: then the
   * others fit a moment later.
   */
  TRY_SOON(3),
  /** The server has too much to do; what it says now says nothing about the file. */
  TRY_LATER(20);

  private final int attempts;

  Verdict(int attempts) {
    this.attempts = attempts;
  }

  /** How many attempts that moved nothing are made in all. */
  int attempts() {
    return attempts;
  }

  /** Whether the next attempt would meet the same if it came at once. */
  boolean needsPause() {
    return this == TRY_SOON || this == TRY_LATER;
  }

  static Verdict of(IOException failure) {
    return switch (failure) {
      // An interrupt ends the job, not the file; it closes a file as it closes a socket.
      case LocalException local when local.getCause() instanceof ClosedByInterruptException ->
          TRY_AGAIN;
      case LocalException local when local.getCause() instanceof VerificationException ->
          TRY_ONCE_MORE;
      case LocalException local -> TRY_SOON;
      case ListingTooLarge endless -> GIVE_UP;
      case FolderUnreadable closed -> GIVE_UP;
      case FolderMissing nowhere -> GIVE_UP;
      case Room.Lacking full -> TRY_SOON;
      case RemotePart.StillGrowing busy -> TRY_LATER;
      case FileSystemException local -> GIVE_UP;
      case VerificationException wrong -> TRY_ONCE_MORE;
      case ReplyException reply -> of(reply);
      default -> TRY_AGAIN;
    };
  }

  private static Verdict of(ReplyException failure) {
    Optional<Refusal> refusal = failure.refusal();
    if (refusal.isPresent()) {
      return of(refusal.get());
    }
    return failure.reply().isPermanentNegative() && isAboutTheFile(failure) ? GIVE_UP : TRY_AGAIN;
  }

  /**
   * Whether a negative reply speaks of what the command named, so that a look there may tell more;
   * else the server speaks of us, or of itself.
   */
  static boolean isAnswer(ReplyException failure) {
    return failure.reply().isNegative()
        && failure.refusal().map(refusal -> of(refusal) == GIVE_UP).orElse(true);
  }

  /** How data is to flow is agreed on before a file is named: there are other ways to it. */
  private static boolean isAboutTheFile(ReplyException failure) {
    return switch (failure.command().verb()) {
      case "EPSV", "PASV", "EPRT", "PORT", "PRET", "REST" -> false;
      default -> true;
    };
  }

  private static Verdict of(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Limit limit -> TRY_LATER;
      case Refusal.Overload overload -> TRY_LATER;
      case Refusal.ShuttingDown down -> TRY_LATER;
      case Refusal.IdleTimeout idle -> TRY_AGAIN;
      case Refusal.Unavailable unavailable -> TRY_AGAIN;
      case Refusal.Silent silent -> TRY_AGAIN;
      case Refusal.Unclear unclear -> TRY_AGAIN;
      case Refusal.Denied denied -> GIVE_UP;
      case Refusal.LoginFailure login -> GIVE_UP;
      case Refusal.TlsRequired tls -> GIVE_UP;
      case Refusal.Quota quota -> GIVE_UP;
      case Refusal.DataLimit data -> GIVE_UP;
    };
  }

  /** Whose fault a failure is, for the report. */
  static FileResult.Cause cause(IOException failure) {
    return switch (failure) {
      case LocalException local when local.getCause() instanceof VerificationException ->
          FileResult.Cause.VERIFICATION;
      case LocalException local -> FileResult.Cause.LOCAL;
      case FileSystemException local -> FileResult.Cause.LOCAL;
      case VerificationException wrong -> FileResult.Cause.VERIFICATION;
      default -> FileResult.Cause.SERVER;
    };
  }
}
