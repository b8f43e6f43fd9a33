package dev.berth.client;

import dev.berth.wire.Command;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commands that go to the server in one packet, where it is known to take that, and else one by
 * one. They do no harm even if one before them was refused. Used once, by the thread that has the
 * connection.
 */
final class Bundle {
  /** What becomes of the commands behind one that the server does not complete. */
  enum WhenRefused {
    /** They count. */
    GO_ON,
    /** They do not. */
    STOP,
    /** They do not, and {@link Bundle#run} tells of it. */
    FAIL
  }

  /** What a reply means to the one who sends the command. */
  interface Effect {
    void of(Reply reply) throws IOException;
  }

  private record Item(Command command, WhenRefused whenRefused, Effect effect) {}

  private final Dialogue dialogue;
  private final boolean isInOnePacket;
  private final List<Item> items = new ArrayList<>();

  Bundle(Dialogue dialogue, boolean isInOnePacket) {
    this.dialogue = dialogue;
    this.isInOnePacket = isInOnePacket;
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  int size() {
    return items.size();
  }

  /**
   * Adds a command.
   *
   * @param effect of its reply, whatever that says; left out if the command does not count
   */
  void add(Command command, WhenRefused whenRefused, Effect effect) {
    items.add(new Item(command, whenRefused, effect));
  }

  /**
   * Sends the commands and reads all replies that are owed.
   *
   * @return the replies that count, in the order of the commands
   * @throws ReplyException if one was refused that must not be, or the server ended the session; in
   *     the first case the dialogue may go on
   */
  List<Reply> run() throws IOException {
    if (isInOnePacket && !items.isEmpty()) {
      dialogue.send(items.stream().map(Item::command).toList());
    }
    List<Reply> replies = new ArrayList<>();
    boolean counts = true;
    @Nullable ReplyException failure = null;
    for (Item item : items) {
      if (!counts && !isInOnePacket) {
        break;
      }
      Reply reply = isInOnePacket ? dialogue.receive() : dialogue.exchange(item.command);
      requireOrder(item.command, reply);
      if (!counts) {
        continue;
      }
      replies.add(reply);
      item.effect.of(reply);
      counts = reply.isCompletion() || item.whenRefused == WhenRefused.GO_ON;
      if (!counts && item.whenRefused == WhenRefused.FAIL) {
        failure = dialogue.refused(item.command, reply);
        if (!dialogue.isIntact()) {
          break;
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
    return replies;
  }

  private void requireOrder(Command command, Reply reply) throws ReplyException {
    boolean isAnswer = reply.isCompletion() || reply.isIntermediate() || reply.isNegative();
    if (!isAnswer || !dialogue.isIntact()) {
      throw dialogue.refused(command, reply);
    }
  }
}
