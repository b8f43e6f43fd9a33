package dev.berth.client;

import dev.berth.transport.DataConnection;
import dev.berth.wire.Command;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the data connection of one command comes about, and what is said for it before that command.
 * Confined to the thread that owns the connection, used once.
 *
 * <p>Where the server is known to take it, that and the command go in one packet. A server that
 * refuses the first of the two answers the other too, negatively; that reply is read, and the
 * command is sent again behind something else.
 */
abstract sealed class DataWay permits PassiveWay, ActiveWay {
  final FtpConnection connection;
  final Dialogue dialogue;
  final ServerTraits traits;
  final Command command;
  private boolean sent;

  DataWay(FtpConnection connection, Command command) {
    this.connection = connection;
    this.dialogue = connection.dialogue();
    this.traits = connection.traits();
    this.command = command;
  }

  /** Sends the command ahead of time, with what goes before it, where the server takes that. */
  abstract void sendAhead() throws IOException;

  /** Whether the server has the command already: only then may another one follow it. */
  final boolean isSent() {
    return sent;
  }

  /**
   * Agrees with the server on the data connection, before the command.
   *
   * @throws ReplyException if the server refuses
   */
  abstract void agree() throws IOException;

  /** The data connection, after the preliminary reply to the command. */
  abstract DataConnection take() throws IOException;

  /** The completion of the command, if it came before the data connection. */
  @Nullable Reply completion() {
    return null;
  }

  /** Data may flow: it works here. */
  abstract void worked();

  /** No data connection came about, once it was agreed on. */
  abstract void failed();

  /** Gives up a command that was sent and will not be run, so that the server does not wait. */
  abstract void abandon() throws IOException;

  /** Ends the data connection, and the wait for it, at once. */
  abstract void abort() throws IOException;

  final void sendPair(Command first) throws IOException {
    dialogue.send(List.of(first, command));
    sent = true;
  }

  /**
   * After the first of a pair was refused: reads the reply to the command too. Returns if all may
   * be said again, one by one.
   *
   * @throws ReplyException if not; the connection is closed
   */
  final void takeBackPair(Command first, Reply reply) throws IOException {
    Reply toCommand = dialogue.isIntact() ? dialogue.receive() : reply;
    // Behind a next pair on its way nothing can be put in: its replies would be taken for ours.
    boolean mayGoOn =
        dialogue.isIntact()
            && reply.isNegative()
            && toCommand.isNegative()
            && !connection.transfers().hasBegun();
    if (!mayGoOn) {
      dialogue.spoil();
      throw dialogue.refused(first, reply);
    }
    sent = false;
  }

  static <T extends IOException> T suppressing(T failure, IOException other) {
    failure.addSuppressed(other);
    return failure;
  }
}
