package dev.berth.client;

import dev.berth.wire.Command;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which permissions a server leaves out of new files on one connection (SITE UMASK). Confined to
 * the connection's thread.
 */
final class Umask {
  private static final Command ASK = Command.of("SITE", "UMASK");

  /** vsftpd 3.0.3: {@code 200 Your current UMASK is 077}. */
  private static final Pattern MASK = Pattern.compile("(?<![0-9])0?[0-7]{3}(?![0-9])");

  private final Asking asking;
  private @Nullable String own; // of the server, if it has told
  private @Nullable String other; // null: its own is in force

  /** Sends a command and reads the reply. */
  interface Asking {
    Reply exchange(Command command) throws IOException;
  }

  Umask(Asking asking) {
    this.asking = asking;
  }

  /** Sets one; empty, and nothing done, if it could not be taken back. */
  Optional<Reply> set(String mask) throws IOException {
    if (own == null) {
      own = told(asking.exchange(ASK));
    }
    if (own == null) {
      return Optional.empty();
    }
    Reply reply = asking.exchange(Command.of("SITE", "UMASK " + mask));
    if (reply.isCompletion()) {
      other = mask;
    }
    return Optional.of(reply);
  }

  private static @Nullable String told(Reply reply) {
    Matcher mask = MASK.matcher(reply.text());
    boolean isTold = reply.isCompletion() && mask.find();
    String first = isTold ? mask.group() : null;
    return isTold && !mask.find() ? first : null;
  }

  boolean is(String mask) {
    return mask.equals(other);
  }

  /** Sets the server's own again; empty if it is in force. */
  Optional<Reply> reset() throws IOException {
    if (other == null || own == null) {
      return Optional.empty();
    }
    Reply reply = asking.exchange(Command.of("SITE", "UMASK " + own));
    if (reply.isCompletion()) {
      other = null;
    }
    return Optional.of(reply);
  }
}
