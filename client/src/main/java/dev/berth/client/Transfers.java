package dev.berth.client;

import dev.berth.dialects.ServerHabits.Pipelining;
import dev.berth.wire.Command;
import dev.berth.wire.ProtocolException;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The transfers that are begun on one connection and not yet run. They are run in that order.
 * Confined to the thread that owns the connection.
 */
final class Transfers {
  private final FtpConnection connection;
  private final Dialogue dialogue;
  private final ServerTraits traits;
  private final Queue<DataCommand> begun = new ArrayDeque<>();
  private @Nullable ByteBuffer buffer;

  Transfers(FtpConnection connection) {
    this.connection = connection;
    this.dialogue = connection.dialogue();
    this.traits = connection.traits();
  }

  /** Begins one; the server may get its command at once. */
  DataCommand begin(Command command, long offset) throws IOException {
    dialogue.coded(command); // Once a data connection is agreed on, it would be too late to fail.
    DataCommand data = new DataCommand(connection, command, offset);
    if (begun.isEmpty() ? traits.takesCommandsAhead() : mayBeginAhead()) {
      data.sendAhead();
    }
    begun.add(data);
    return data;
  }

  /** As {@link FtpConnection#mayBeginAhead}. */
  boolean mayBeginAhead() {
    return begun.size() < 2
        && !connection.usesActiveMode()
        && traits.data().isPassiveProven()
        && (traits.data().hasExtendedPassive() || connection.isOverIpv6())
        && traits.pipelining() == Pipelining.AHEAD
        && begun.stream().allMatch(DataCommand::isSent);
  }

  /** Whether there is any. */
  boolean hasBegun() {
    return !begun.isEmpty();
  }

  /** One is about to be run: it must be the one that was begun first. */
  void next(DataCommand command) {
    if (begun.poll() != command) {
      dialogue.spoil();
      throw new IllegalStateException("transfers run in the order in which they were begun");
    }
  }

  /** Runs a command whose data is taken whole by a channel. */
  Reply take(Command command, WritableByteChannel target) throws IOException {
    Retrieval listing = new Retrieval(begin(command, 0), buffer());
    listing.run(target);
    if (!listing.endedCleanly()) {
      throw new ProtocolException(
          "the listing may have been cut: TLS ended without a close_notify");
    }
    return listing.completion();
  }

  /** What the bytes of every transfer go through, one after the other. */
  ByteBuffer buffer() {
    if (buffer == null) {
      buffer = ByteBuffer.allocateDirect(connection.settings().data().pieceBytes());
    }
    return buffer;
  }
}
