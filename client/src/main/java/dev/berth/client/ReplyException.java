package dev.berth.client;

import dev.berth.dialects.Refusal;
import dev.berth.wire.Command;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.util.Optional;

/**
 * The server answered a command with a negative reply. The connection stays usable unless the reply
 * was a 421: then the server has closed it, or is about to.
 */
public final class ReplyException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Command command;
  private final transient Reply reply;
  private final transient Optional<Refusal> refusal;

  ReplyException(Command command, Reply reply, Optional<Refusal> refusal) {
    super(command + " was answered " + reply);
    this.command = command;
    this.reply = reply;
    this.refusal = refusal;
  }

  /** What was sent. */
  public Command command() {
    return command;
  }

  /** What came back. */
  public Reply reply() {
    return reply;
  }

  /** What the reply refuses, if it is a refusal of service rather than of this one command. */
  public Optional<Refusal> refusal() {
    return refusal;
  }
}
