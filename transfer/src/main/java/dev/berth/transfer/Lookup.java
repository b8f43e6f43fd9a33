package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.transfer.FileResult.Cause;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the server one thing, in a crew of its own. */
final class Lookup<T> implements Task {
  /** The question. */
  @FunctionalInterface
  interface Question<T> {
    /** Asks it. */
    T ask(FtpConnection connection) throws IOException;
  }

  private final Question<T> question;
  private final String about;
  private final Ledger ledger;
  private volatile @Nullable T answer;

  /**
   * A question not asked yet.
   *
   * @param about what it is about, for the report if there is no answer
   */
  Lookup(Question<T> question, String about, Ledger ledger) {
    this.question = question;
    this.about = about;
    this.ledger = ledger;
  }

  /** The answer; nothing if there was none, which the ledger knows then. */
  Optional<T> answer() {
    return Optional.ofNullable(answer);
  }

  @Override
  public Step begin(FtpConnection connection) {
    return () -> answer = question.ask(connection);
  }

  @Override
  public void failed(Cause cause, String reason) {
    if (cause != Cause.NO_CONNECTION) {
      ledger.failed(about, "", cause, reason);
    }
  }
}
