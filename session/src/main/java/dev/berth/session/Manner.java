package dev.berth.session;

import dev.berth.wire.Reply;
import java.time.Duration;

/**
 * How a front speaks: every reply passes through here before it is written. Ours says it as it is;
 * another one may speak as another server does, for tests of clients. Any thread of the front calls
 * it, many at once; it must not throw, and a thread that is interrupted in it returns at once, with
 * its flag set.
 */
public interface Manner {
  /** As this server speaks. */
  Manner OURS = new OwnManner();

  /** What becomes of a command that comes while a transfer runs. */
  enum Early {
    /** It waits for the transfer's last reply, as RFC 959 section 5.4 asks. */
    WAITS,
    /** It is served at once, before the transfer's last reply. */
    SERVED,
    /** It is answered at once as one that is not known. */
    UNKNOWN
  }

  /** What goes out in place of a reply. */
  sealed interface Answer {
    /** The reply itself. */
    record Ours() implements Answer {}

    /**
     * This, as it is, and at once; what the session does next is as with the reply.
     *
     * @param text whole lines with their CR LF; see {@link dev.berth.wire.Octets}
     */
    record Say(String text) implements Answer {}

    /**
     * This, and the end of the session.
     *
     * @param text as in {@link Say}
     */
    record SayAndEnd(String text) implements Answer {}

    /** The end of the session, without a word. */
    record HangUp() implements Answer {}

    /** A TCP reset. */
    record Reset() implements Answer {}
  }

  /**
   * What goes out in place of a reply. It may block, and so hold up this client alone; but of
   * {@link Occasion.TurnedAway} in a storm it holds up the accept.
   *
   * @param scene the session that replies; at an accept there is none yet
   */
  Answer answer(Scene scene, Occasion occasion, Reply ours);

  /**
   * Whether there is a command.
   *
   * @param verb in upper case
   */
  boolean knows(String verb);

  /**
   * What becomes of a command that comes while a transfer runs.
   *
   * @param verb in upper case
   */
  Early early(String verb);

  /** How long the place of a session that has ended stays taken. */
  Duration lingering();
}

/** As this server speaks. */
final class OwnManner implements Manner {
  @Override
  public Answer answer(Scene scene, Occasion occasion, Reply ours) {
    return new Answer.Ours();
  }

  @Override
  public boolean knows(String verb) {
    return true;
  }

  @Override
  public Early early(String verb) {
    return Early.WAITS;
  }

  @Override
  public Duration lingering() {
    return Duration.ZERO;
  }
}
