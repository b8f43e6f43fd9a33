package dev.berth.session;

import dev.berth.wire.Command;
import dev.berth.wire.Octets;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.util.Optional;

/**
 * What a session says, in the manner of its front: every reply passes through here. Confined to the
 * session's thread.
 */
final class Speech {
  private final Session session;
  private final Replies replies;
  private Occasion occasion = new Occasion.Greeting();
  private boolean isSilent; // nothing is said any more

  Speech(Session session, Replies replies) {
    this.session = session;
    this.replies = replies;
  }

  /** What is replied from now on is replied on this. */
  void on(Occasion next) {
    occasion = next;
  }

  /** Whether replies are said as they are. */
  boolean isOurs() {
    return manner().equals(Manner.OURS);
  }

  /** Says a reply, or what the manner has in its place. */
  void say(Reply reply) throws IOException {
    if (isSilent) {
      return;
    }
    switch (manner().answer(session.scene(), occasion, reply)) {
      case Manner.Answer.Ours ours -> replies.add(reply);
      case Manner.Answer.Say(String text) -> {
        replies.add(Octets.toBytes(text), reply.isNegative());
        session.flush();
      }
      case Manner.Answer.SayAndEnd(String text) -> {
        replies.add(Octets.toBytes(text), reply.isNegative());
        endInSilence();
      }
      case Manner.Answer.HangUp hangUp -> endInSilence();
      case Manner.Answer.Reset reset -> {
        endInSilence();
        session.kill();
      }
    }
  }

  private void endInSilence() {
    isSilent = true;
    session.end("manner");
  }

  /**
   * A transfer runs, or its last reply is due: what the manner does not let wait is answered.
   *
   * @param isDue whether nobody will listen for this transfer any more
   */
  void serveEarly(boolean isDue) throws IOException, InterruptedException {
    if (isOurs()) {
      return;
    }
    Occasion transferring = occasion;
    Optional<Command> command = session.reader().pollEarly(isDue, this::isEarly);
    while (command.isPresent()) {
      serve(command.get());
      command = session.reader().pollEarly(isDue, this::isEarly);
    }
    occasion = transferring;
  }

  private boolean isEarly(String verb) {
    return manner().early(verb) != Manner.Early.WAITS;
  }

  private void serve(Command command) throws IOException, InterruptedException {
    String verb = command.verb();
    String argument = command.argument().orElse("");
    if (manner().early(verb) == Manner.Early.SERVED) {
      Dispatch.serve(session, verb, argument);
    } else {
      occasion = new Occasion.Served(verb, argument);
      say(Reply.of(500, "That command is not known during a transfer."));
    }
    session.flush();
  }

  private Manner manner() {
    return session.service().settings().manner();
  }
}
