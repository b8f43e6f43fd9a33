package dev.berth.client;

import dev.berth.wire.Command;
import dev.berth.wire.Reply;
import java.io.IOException;

/**
 * A server that may not read a folder sent an empty listing of it, and said so in the completion
 * alone. Taken for what the folder holds, that would be nothing. The connection stays usable; to
 * ask again would bring the same.
 */
public final class FolderUnreadable extends IOException {
  private static final long serialVersionUID = 1;

  private FolderUnreadable(Command command, Reply reply) {
    super(command.verb() + " was answered: " + reply);
  }

  /** vsftpd 3.0.3: {@code 226 Transfer done (but failed to open directory).} */
  static void throwIfTold(Command command, Reply completion) throws FolderUnreadable {
    if (completion.text().contains("failed to open directory")) {
      throw new FolderUnreadable(command, completion);
    }
  }
}
