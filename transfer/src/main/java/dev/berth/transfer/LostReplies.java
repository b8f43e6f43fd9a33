package dev.berth.transfer;

import dev.berth.client.ReplyException;
import java.io.IOException;
import java.util.Optional;

/**
 * Sends the commands of one task that change something on the server, and remembers whether the
 * reply to one of them was lost with its connection. Then it may have been done all the same, and
 * the next attempt has to look. Confined to the thread that has the task.
 */
final class LostReplies {
  /** One such command. */
  @FunctionalInterface
  interface Change {
    /** Sends it and waits for its reply. */
    void make() throws IOException;
  }

  private boolean isAnyLost;

  /**
   * Sends a command.
   *
   * @return how the server refused it, if it did for what the pathname names
   * @throws IOException if the server does not serve us just now, or the connection failed
   */
  Optional<ReplyException> refusal(Change change) throws IOException {
    try {
      change.make();
      return Optional.empty();
    } catch (ReplyException e) {
      if (!Verdict.isAnswer(e)) {
        throw e;
      }
      return Optional.of(e);
    } catch (IOException e) {
      isAnyLost = true;
      throw e;
    }
  }

  /** Whether something may have been done of which we were not told. */
  boolean isAny() {
    return isAnyLost;
  }
}
