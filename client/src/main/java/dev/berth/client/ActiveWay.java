package dev.berth.client;

import dev.berth.lifetime.Deadline;
import dev.berth.transport.ConnectionLost;
import dev.berth.transport.DataConnection;
import dev.berth.transport.DataListener;
import dev.berth.wire.ActiveCommand;
import dev.berth.wire.Command;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Active mode: we listen, the server connects (EPRT, RFC 2428 section 2; PORT, RFC 959). */
final class ActiveWay extends DataWay {
  private @Nullable DataListener listener;
  private @Nullable DataConnection data;
  private @Nullable Reply completion; // that came before the data connection

  ActiveWay(FtpConnection connection, Command command) {
    super(connection, command);
  }

  @Override
  void sendAhead() throws IOException {
    if (traits.data().isActiveProven() && traits.takesActivePairs()) {
      sendPair(place());
    }
  }

  @Override
  void agree() throws IOException {
    if (isSent() && isPairTaken()) {
      return;
    }
    Command place = place();
    Reply reply = dialogue.exchange(place);
    boolean mayTryPort =
        traits.data().hasExtendedActive()
            && reply.isPermanentNegative()
            && !connection.isOverIpv6();
    if (mayTryPort && dialogue.isIntact()) {
      traits.data().withoutExtendedActive();
      place = place();
      reply = dialogue.exchange(place);
    }
    dialogue.completed(place, reply);
  }

  private boolean isPairTaken() throws IOException {
    Reply reply = dialogue.receive();
    if (!reply.isCompletion()) {
      takeBackPair(place(), reply);
    }
    return reply.isCompletion();
  }

  /** Where we listen, in the form that the server takes. */
  private Command place() throws IOException {
    if (listener == null) {
      listener = listen();
    }
    return traits.data().hasExtendedActive() || connection.isOverIpv6()
        ? ActiveCommand.extended(listener.address())
        : ActiveCommand.port(listener.address());
  }

  private DataListener listen() throws LocalException {
    try {
      return dialogue.control().listenData(connection.settings().data().activePorts());
    } catch (IOException e) {
      throw new LocalException(e);
    }
  }

  @Override
  DataConnection take() throws IOException {
    if (listener == null) {
      throw new IllegalStateException("nothing agreed on for " + command);
    }
    Deadline deadline = Deadline.after(dialogue.timeout());
    try {
      Optional<DataConnection> come =
          listener.acceptUnlessTold(dialogue.control(), dialogue.timeout(), deadline);
      if (come.isEmpty()) {
        hear(dialogue.receive());
        come = Optional.of(listener.accept(dialogue.timeout(), deadline));
      }
      data = come.get();
      return data;
    } catch (ConnectionLost e) {
      throw whyNobodyCame(e);
    }
  }

  /**
   * The server said something before its data connection came: that it will not come, or, on a way
   * on which the one overtakes the other, that all is sent.
   */
  private void hear(Reply reply) throws ReplyException {
    if (!reply.isCompletion()) {
      throw dialogue.refused(command, reply);
    }
    completion = reply;
  }

  @Override
  @Nullable Reply completion() {
    return completion;
  }

  /**
   * A server that cannot connect often says so, perhaps behind its preliminary reply (Apache
   * FtpServer 1.2.1 does, the others measured in place of it).
   */
  private IOException whyNobodyCame(ConnectionLost failure) throws IOException {
    if (failure.manner().isOurs() || dialogue.control().isQuiet()) {
      return failure;
    }
    return suppressing(dialogue.refused(command, dialogue.receive()), failure);
  }

  @Override
  void worked() {
    traits.data().activeWorked();
  }

  @Override
  void failed() {
    traits.data().activeFailed();
  }

  /** The server cannot connect any more, and ends the command by itself. */
  @Override
  void abandon() throws IOException {
    abort();
  }

  @Override
  void abort() throws IOException {
    if (listener != null) {
      listener.close();
    }
    if (data != null) {
      data.abort();
    }
  }
}
