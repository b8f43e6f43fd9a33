package dev.berth.session;

import dev.berth.lifetime.Deadline;
import dev.berth.session.SessionState.Protection;
import dev.berth.transport.ConnectionLost;
import dev.berth.transport.DataConnection;
import dev.berth.transport.TlsFailed;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One transfer, from the command that asks for it to its last reply: data connection, 150, TLS, the
 * bytes, 226. Made for one command, on the session's thread.
 *
 * <p>Before the preliminary reply its first lines may go out alone. From then on no other reply
 * goes out before its last line.
 */
final class DataTransfer {
  /** For a data connection that we make only to end it: the client listens, or does not. */
  private static final Duration TO_END = Duration.ofSeconds(5);

  private final Session session;
  private final String verb;
  private final String path;
  private final Abort abort = new Abort();
  private final long beganNanos = System.nanoTime();
  private final DataEnding ending;
  private final LongSupplier moved;
  private boolean isHeld; // the first lines of 150 were said
  private boolean announced; // 150 was said
  private boolean keepsPort; // the next file may come through it
  private volatile String whyItGivesWay = ""; // written by who asks for that

  /** What a transfer does that is not the same for all. */
  interface Course {
    /**
     * Begins, before the data connection is awaited.
     *
     * @param attention gets what ends a wait in it
     * @return the preliminary reply
     */
    Reply begin(CommandReader.Attention attention) throws IOException, InterruptedException;

    /**
     * Moves all bytes, and ends the data connection in order.
     *
     * @return the last reply
     */
    Reply move(DataConnection data) throws IOException, InterruptedException;

    /** Any thread: ends all that {@link #move} waits in. */
    default void abort(DataConnection data) throws IOException {
      data.abort();
    }
  }

  /**
   * A transfer that has not begun.
   *
   * @param path what the client has asked for, for the log
   * @param moved how many bytes so far; asked on any thread
   */
  DataTransfer(Session session, String verb, String path, LongSupplier moved) {
    this.session = session;
    this.verb = verb;
    this.path = path;
    this.ending = new DataEnding(session);
    this.moved = moved;
  }

  /** Whether there is a way for a data connection; if not, the client has been told. */
  boolean isReady() throws IOException {
    if (session.requiresTls() && session.state().protection == Protection.CLEAR) {
      session.reply(521, "Data goes in TLS only here: PBSZ 0 and PROT P have to come first.");
      return false;
    }
    if (session.door().isShut()) {
      session.reply(425, "No data connection: EPSV, PASV, EPRT or PORT has to come first.");
      return false;
    }
    return true;
  }

  /** Runs it, up to its last reply. */
  void run(Course course) throws IOException, InterruptedException {
    try (CommandReader.Attention attention = session.reader().attend(abort)) {
      session.beginTransfer(attention);
      Reply last = move(course, attention);
      session.speech().serveEarly(true);
      end("done");
      session.reply(last);
    } catch (ConnectionLost e) {
      failed(e);
    } catch (DataRefused e) {
      end(e.event());
      conclude(Reply.of(e.code(), e.text()));
    } catch (RelayFailed e) {
      keepsPort = e.reply().isPermanentNegative();
      if (!wasAborted()) {
        end(announced ? "failed-behind" : "denied");
        conclude(e.reply());
      }
    } catch (Denial e) {
      if (!wasAborted()) {
        end("denied");
        endHolding();
        throw e;
      }
    } catch (TlsFailed e) {
      end("tls-broke");
      conclude(Reply.of(426, "TLS broke on the data connection: " + e.getMessage() + "."));
    } catch (IOException e) {
      if (!wasAborted()) {
        end("fault");
        endHolding();
        throw e;
      }
    } catch (RuntimeException e) {
      end("fault");
      throw e;
    } finally {
      session.endTransfer();
      shutPort();
    }
  }

  /**
   * One that was opened for this transfer, and was not used. Only of a file that is not there some
   * clients go on to the next with what they have; who is told to come again begins anew.
   */
  private void shutPort() {
    try {
      if (!keepsPort) {
        session.door().shutPort();
      }
    } catch (IOException e) {
      session.debug("close-failed", e);
    }
  }

  private Reply move(Course course, CommandReader.Attention attention)
      throws IOException, InterruptedException {
    Reply preliminary = course.begin(attention);
    DataConnection data = connect(attention);
    attention.register(() -> course.abort(data));
    try {
      announce(preliminary);
      if (session.speech().isOurs()) {
        attention.answerStatus(() -> session.tellStatus(status()));
      }
      protect(data);
      return course.move(data);
    } catch (IOException | RuntimeException | InterruptedException e) {
      data.abort();
      throw e;
    }
  }

  /** Says a line of the 150 that is to come. */
  void hold(String text) throws IOException {
    isHeld = true;
    session.replyInPart(150, text);
  }

  /** Whether it is to end: the client has asked for that or is gone, or it gives way. */
  boolean isEnded() {
    return abort.cause() != null;
  }

  /**
   * Any thread: ends it in favour of others.
   *
   * @param text for the client
   */
  void giveWay(String text) {
    whyItGivesWay = text;
    abort.ask(Abort.Cause.GIVES_WAY);
  }

  boolean givesWay() {
    return abort.cause() == Abort.Cause.GIVES_WAY;
  }

  private DataConnection connect(CommandReader.Attention attention) throws IOException {
    Timers timers = session.timers();
    Optional<DataConnection> there = session.door().openNow(timers.stalled());
    if (there.isPresent()) {
      return there.get();
    }
    session.flush();
    return session
        .door()
        .open(
            session.service().settings().data().activePort(),
            attention::register,
            timers.stalled(),
            Deadline.after(timers.dataConnection()));
  }

  private void announce(Reply preliminary) throws IOException {
    session.reply(isHeld ? new Reply(150, preliminary.lines()) : preliminary);
    announced = true;
  }

  /** The last reply, where the transfer came to nothing. */
  private void conclude(Reply last) throws IOException {
    endHolding();
    session.reply(last);
  }

  /**
   * Whoever was told the first lines of a reply waits for its last one; and behind a 150 most
   * clients read the data connection up to its end, before the reply that says why it is empty.
   */
  private void endHolding() throws IOException {
    if (isHeld && !announced) {
      announce(Reply.of(150, "The wait is over."));
      session.flush();
      endData();
    }
  }

  /** That of a file ends in a reset: it is not whole. */
  private void endData() throws IOException {
    try {
      Optional<DataConnection> data =
          session
              .door()
              .openToEnd(
                  session.service().settings().data().activePort(),
                  session.timers().stalled(),
                  Deadline.after(TO_END));
      if (data.isPresent() && verb.equals("RETR")) {
        data.get().abort();
      } else if (data.isPresent()) {
        data.get().close();
      }
    } catch (IOException e) {
      session.debug("data-goodbye-failed", e);
    }
  }

  /** RFC 4217 section 9; whose data connection it is, the TLS session tells. */
  private void protect(DataConnection data) throws IOException {
    if (session.state().protection == Protection.CLEAR) {
      return;
    }
    session.flush();
    try {
      data.startTls(Deadline.after(session.timers().dataConnection()));
    } catch (TlsFailed e) {
      throw new DataRefused(
          522, "tls-failed", "TLS failed on the data connection: " + e.getMessage());
    }
    boolean isOwn = data.tls().isPresent() && data.tls().get().resumed();
    if (session.service().settings().data().sessionReuse() && !isOwn) {
      ending.hangUp(data);
      throw new DataRefused(
          522,
          "tls-not-resumed",
          "The data connection began a TLS session of its own. It has to resume the one of the"
              + " control connection, which proves that both are yours: your client can be told so,"
              + " or this server not to ask for it (session-reuse).");
    }
  }

  /** Whether it was ended from outside, and the client was told. */
  private boolean wasAborted() throws IOException {
    Abort.Cause cause = abort.cause();
    if (cause == null) {
      return false;
    }
    switch (cause) {
      case CONTROL_ENDED -> end("client-gone"); // Nobody is left to be told.
      case ASKED -> {
        end("aborted");
        conclude(Reply.of(426, "Ended, as you asked, after " + moved.getAsLong() + " bytes."));
      }
      case GIVES_WAY -> {
        end("gave-way");
        conclude(Reply.of(announced || isHeld ? 426 : 425, whyItGivesWay));
      }
      case STOPPED -> {
        end("stopped");
        conclude(Reply.of(426, "Ended with this session, after " + moved.getAsLong() + " bytes."));
      }
    }
    return true;
  }

  private void failed(ConnectionLost e) throws IOException {
    if (wasAborted()) {
      return;
    }
    if (!announced) {
      end("no-data-connection");
      conclude(Reply.of(425, "No data connection: " + e.getMessage() + "."));
    } else if (e.manner() == ConnectionLost.Manner.TIMED_OUT) {
      end("stalled");
      session.reply(
          426, "Stalled: no data for " + session.timers().stalled().toSeconds() + " s; ended.");
    } else {
      end("lost");
      session.reply(426, "The data connection was lost after " + moved.getAsLong() + " bytes.");
    }
  }

  private void end(String outcome) {
    long millis = (System.nanoTime() - beganNanos) / 1_000_000;
    session.log(
        "transfer",
        "account",
        session.login().account(),
        "verb",
        verb,
        "path",
        path,
        "bytes",
        Long.toString(moved.getAsLong()),
        "millis",
        Long.toString(millis),
        "outcome",
        outcome);
  }

  /** For STAT while it runs; on any thread. */
  private String status() {
    long seconds = (System.nanoTime() - beganNanos) / 1_000_000_000;
    return verb + " of " + path + ": " + moved.getAsLong() + " bytes in " + seconds + " s";
  }
}
